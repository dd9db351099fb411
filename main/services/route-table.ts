import type { EarlierCredentials, Entropy, Keychain, ListenerRoute, Registration } from '../core/ports.ts';
import { createSecret, type Secret, sameSecret } from '../core/secret.ts';
import type { Store } from '../core/store.ts';

export interface RouteTableDeps {
  readonly keychain: Keychain;
  readonly entropy: Entropy;
  readonly state: Store;
  /** Of this computer, so that another laptop of the team can say whose callback it sees. */
  readonly hostName: string;
  /** This run has its credentials from the environment and leaves the keychain alone. */
  readonly keepNothing: boolean;
}

/** The secret path, user name and password of each account's callback. */
export interface RouteTable {
  all(): readonly ListenerRoute[];
  routeOf(account: string): ListenerRoute | null;
  /** Makes the route if there is none: from the keychain, else anew for this run. */
  ensure(account: string): Promise<ListenerRoute>;
  /** What stands there until ours is registered `now` (milliseconds since 1970) is accepted too, for a while. */
  acceptEarlier(account: string, registration: Pick<Registration, 'username' | 'password'>, now: number): void;
  /** The URL to register at the present address; null without one. */
  urlOf(account: string): string | null;
}

/** ThingSpace was seen to send the credentials of before for up to 14 minutes (API notes, section 2.3). */
const earlierHoldsMs = 20 * 60_000;
const keptEarlier = 4;

type Named = Pick<EarlierCredentials, 'username' | 'password'>;

function isSame(one: Named, other: Named): boolean {
  return sameSecret(one.username.reveal(), other.username) && sameSecret(one.password.reveal(), other.password);
}

export function createRouteTable(deps: RouteTableDeps): RouteTable {
  const { entropy, keychain } = deps;
  const routes = new Map<string, Promise<ListenerRoute>>();
  const ready = new Map<string, ListenerRoute>();

  function fresh(account: string): ListenerRoute {
    // At most 40 characters each, and nothing that ThingSpace refuses (API notes, sections 2.1 and 5).
    const host = deps.hostName.replace(/[^A-Za-z0-9.-]/g, '').slice(0, 16) || 'computer';
    const username = createSecret(`sms-tray/${host}/${entropy.token().slice(0, 10)}`);
    return { account, secretPath: createSecret(entropy.token()), username, password: createSecret(entropy.token()) };
  }

  async function make(account: string): Promise<ListenerRoute> {
    const name = `listener ${account}`;
    const kept = deps.keepNothing ? null : await keychain.read(name);
    const known = kept?.ok && kept.value ? fromText(account, kept.value) : null;
    const route = known ?? fresh(account);
    if (!known && kept?.ok) await keychain.write(name, toText(route));
    ready.set(account, route);
    return route;
  }

  return {
    all: () => [...ready.values()],
    routeOf: (account) => ready.get(account) ?? null,
    ensure(account) {
      const route = routes.get(account) ?? make(account);
      routes.set(account, route);
      return route;
    },
    acceptEarlier(account, { username, password }, now) {
      const credentials = { username: createSecret(username), password, until: now + earlierHoldsMs };
      const route = ready.get(account);
      if (!route || isSame(route, credentials)) return;
      const others = (route.earlier ?? []).filter((each) => !isSame(each, credentials));
      ready.set(account, { ...route, earlier: [credentials, ...others].slice(0, keptEarlier) });
    },
    urlOf(account) {
      const { address } = deps.state.get();
      const route = ready.get(account);
      return address.kind === 'up' && route ? `${address.origin}/callback/${route.secretPath.reveal()}` : null;
    },
  };
}

function toText(route: ListenerRoute): Secret {
  return createSecret([route.secretPath, route.username, route.password].map((part) => part.reveal()).join(' '));
}

function fromText(account: string, text: Secret): ListenerRoute | null {
  const [path, username, password, ...rest] = text.reveal().split(' ');
  if (!path || !username || !password || rest.length > 0) return null;
  return {
    account,
    secretPath: createSecret(path),
    username: createSecret(username),
    password: createSecret(password),
  };
}
