import type { Check, Hop } from '../../preload/contract/examination.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import {
  addressFinding,
  clockFinding,
  type Finding,
  failed,
  listenerFinding,
  notTried,
  pass,
  portFinding,
  proofFinding,
  queueFinding,
  type Runtime,
  rest,
  runtimeFinding,
  serviceFinding,
  waiting,
  withoutHosts,
} from '../core/examination.ts';
import type { ServiceReach, SettingsStore } from '../core/ports.ts';
import { hostOf } from '../core/public-url.ts';
import type { Context } from './context.ts';
import type { CredentialsKeeper } from './credentials.ts';
import type { Lease } from './lease.ts';

export interface ExaminationDeps extends Pick<Context, 'state' | 'thingSpace' | 'messages'> {
  readonly credentials: CredentialsKeeper;
  readonly settings: SettingsStore;
  readonly lease: Lease;
  readonly reach: ServiceReach;
  readonly loopbackAllowed: boolean;
  readonly runtime: Runtime;
}

/** Looks at each hop in order: signs in at most once, registers nothing and acknowledges nothing. */
export type Examine = (accounts: readonly string[]) => Promise<readonly Check[]>;

const callbackService = 'EnhancedConnectivityService';

/** The public URL that the settings name, on its own or with a tunnel; null where none is known beforehand. */
function configuredUrl({ publicUrl, tunnel }: Settings): string | null {
  return 'publicUrl' in tunnel ? tunnel.publicUrl : publicUrl;
}

export function createExamination(deps: ExaminationDeps): Examine {
  return (accounts) => examineWith({ ...deps, thingSpace: deps.thingSpace.withOneLogin() })(accounts);
}

function examineWith(deps: ExaminationDeps): Examine {
  const { state, thingSpace, settings } = deps;

  async function dataDirectory(): Promise<Finding> {
    const written = await deps.messages.checkWritable();
    return written.ok
      ? pass('Texts can be stored.')
      : failed(written.error.message, 'Make room on the disk, or give another --data-dir.');
  }

  async function keychain(): Promise<Finding> {
    const { state: kept, sentence } = await deps.credentials.state();
    if (kept === 'present' || kept === 'given') return pass(sentence);
    const fix =
      kept === 'unavailable'
        ? 'Start a keychain, or give all four THINGSPACE_ variables for one run.'
        : 'Run "thingspace-sms login", or give all four THINGSPACE_ variables for one run.';
    return failed(sentence, fix, kept === 'locked' ? 'keychain-locked' : 'credentials-missing');
  }

  async function service(add: (hop: Hop, finding: Finding) => void): Promise<boolean> {
    const reached = await deps.reach.try();
    if (reached.ok) {
      add('clock', clockFinding(reached.value.serviceAt, reached.value.at));
      add('dns', pass('The name of the service is found.'));
      add('tls', pass('The service answers.'));
      return true;
    }
    const { hop, message, fix } = reached.error;
    add('clock', notTried('The service was not reached, whose time would be compared.'));
    if (hop === 'tls') add('dns', pass('The name of the service is found.'));
    add(hop, failed(message, fix));
    return false;
  }

  async function signIn(add: (hop: Hop, finding: Finding) => void): Promise<boolean> {
    const signedIn = await thingSpace.signIn();
    if (signedIn.ok) {
      add('oauth', pass('The application key and secret are accepted.'));
      add('session', pass('The API user is signed in.'));
      return true;
    }
    const finding = serviceFinding(signedIn.error);
    if (thingSpace.hasBearer()) {
      add('oauth', pass('The application key and secret are accepted.'));
      add('session', finding);
    } else add('oauth', finding);
    return false;
  }

  async function registration(account: string): Promise<Finding> {
    const listed = await thingSpace.listCallbacks(account);
    if (!listed.ok) return serviceFinding(listed.error);
    const held = listed.value.find(({ serviceName }) => serviceName === callbackService);
    if (!held) return pass('Nobody is registered; listening registers this computer.');
    return deps.lease.isOurs(account, held.url)
      ? pass('This computer is registered.')
      : failed(
          'Another server holds the callback: texts go there.',
          'Use --take-over, which gives it back at the end, or --mode poll on an account that nobody listens to.',
        );
  }

  async function queue(account: string): Promise<Finding> {
    const known = queueFinding(state.get().accounts[account]);
    if (known) return known;
    // Without a token nothing is acknowledged.
    const looked = await thingSpace.history(account, null);
    return looked.ok ? waiting(looked.value.items.length) : serviceFinding(looked.error);
  }

  async function ofAccount(account: string): Promise<readonly Check[]> {
    const found = await thingSpace.account(account);
    const first: Check = {
      hop: 'account',
      account,
      ...(found.ok ? pass('The API user sees it.') : serviceFinding(found.error)),
    };
    if (!found.ok) return [first];
    const held = await registration(account);
    return [first, { hop: 'registration', account, ...held }, { hop: 'queue', account, ...(await queue(account)) }];
  }

  async function accountsOf(names: readonly string[]): Promise<readonly Check[]> {
    if (names.length === 0) return [];
    const checks: Check[] = [];
    for (const name of names) checks.push(...(await ofAccount(name)));
    return checks;
  }

  function privateHosts(): ReadonlyMap<string, string> {
    const { address, lastOrigin } = state.get();
    const urls = [address.kind === 'up' ? address.origin : null, lastOrigin, configuredUrl(settings.read())];
    const hosts = urls.flatMap((url) => (url === null ? [] : [hostOf(url), hostOf(url).replace(/:\d+$/, '')]));
    const holders = Object.values(state.get().accounts).flatMap(({ registration }) =>
      'holder' in registration ? [registration.holder] : [],
    );
    return new Map([
      ...holders.map((host) => [host, '«a host»'] as const),
      ...hosts.map((host) => [host, '«the public host»'] as const),
    ]);
  }

  return async (given) => {
    const wanted = Object.keys(state.get().wishes);
    const configured = settings.read().accounts.map(({ name }) => name);
    const names = given.length > 0 ? given : wanted.length > 0 ? wanted : configured;
    const checks: Check[] = [];
    const add = (hop: Hop, finding: Finding): void => void checks.push({ hop, account: null, ...finding });
    add('node', runtimeFinding(deps.runtime));
    add('data-dir', await dataDirectory());
    add('keychain', await keychain());
    const now = state.get();
    add('listener', listenerFinding(now));
    add('tunnel', addressFinding(now));
    add('public-probe', proofFinding(now));
    add('port-rule', portFinding(now, configuredUrl(settings.read()), deps.loopbackAllowed));
    const through = (await service(add)) && (await signIn(add));
    if (through) checks.push(...(await accountsOf(names)));
    const why = !through
      ? 'A hop before it failed.'
      : names.length === 0
        ? 'No account is known: give --account NAME.'
        : 'The account is not to be seen.';
    return withoutHosts([...checks, ...rest(checks, why)], privateHosts());
  };
}
