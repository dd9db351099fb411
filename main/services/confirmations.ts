import { ok, type Result } from '../../preload/contract/result.ts';
import type { ServiceFailure } from '../core/failure.ts';
import type { ListenerRoute, Registration } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';
import type { Context } from './context.ts';
import type { Lease } from './lease.ts';
import type { RouteTable } from './route-table.ts';

/** The service that tells whether a device received a text, or its time ran out (API notes, section 2.6). */
const confirmationService = 'SMSDeliveryConfirmation';

export interface ConfirmationDeps extends Pick<Context, 'state' | 'thingSpace' | 'log'> {
  readonly lease: Lease;
  readonly routes: RouteTable;
}

/** Who is told of receipts: us, where nobody else is. What another holds is never taken. */
export interface Confirmations {
  /** Sees to it that receipts come here, if callbacks do and nobody holds them. A text can be sent without. */
  ask(account: string): Promise<void>;
  /** Returns what ends it: receipts follow when callbacks move to another address. */
  begin(): () => void;
}

/** Reports of both services come to one URL: the user name tells which one (at most 40 characters: API notes, 2.1). */
export function confirmationUser({ username }: Pick<ListenerRoute, 'username'>): Secret {
  return createSecret(`${username.reveal()}/d`);
}

/** Takes our URL away from the service, if it is there. */
export async function releaseConfirmations(
  { thingSpace, lease }: Pick<ConfirmationDeps, 'thingSpace' | 'lease'>,
  account: string,
  registrations: readonly Registration[],
): Promise<Result<void, ServiceFailure>> {
  const found = registrations.find(({ serviceName }) => serviceName === confirmationService);
  if (!found || !lease.isOurs(account, found.url)) return ok(undefined);
  return thingSpace.deregisterCallback(account, confirmationService);
}

export function createConfirmations(deps: ConfirmationDeps): Confirmations {
  const { state, thingSpace, lease, routes, log } = deps;
  /** Accounts of which receipts are wanted. */
  const wanted = new Set<string>();
  /** By account: the URL for which this was seen to. */
  const seenTo = new Map<string, string>();
  const underWay = new Map<string, Promise<void>>();

  async function register(account: string, url: string, route: ListenerRoute): Promise<Result<void, ServiceFailure>> {
    const listed = await thingSpace.listCallbacks(account);
    if (!listed.ok) return listed;
    const found = listed.value.find(({ serviceName }) => serviceName === confirmationService);
    if (found && (!lease.isOurs(account, found.url) || found.url === url)) return ok(undefined);
    if (found) {
      const removed = await thingSpace.deregisterCallback(account, confirmationService);
      if (!removed.ok) return removed;
    }
    const registration = { url, username: confirmationUser(route).reveal(), password: route.password };
    return thingSpace.registerCallback(account, registration, confirmationService);
  }

  async function askOnce(account: string): Promise<void> {
    const { stopping, accounts } = state.get();
    const registration = accounts[account]?.registration;
    const url = routes.urlOf(account);
    const route = routes.routeOf(account);
    if (stopping || registration?.kind !== 'ours' || !registration.current || url === null || !route) return;
    if (seenTo.get(account) === url) return;
    const registered = await register(account, url, route);
    if (registered.ok) seenTo.set(account, url);
    else log.write('warn', 'confirmations-not-registered', { message: registered.error.message });
  }

  function ask(account: string): Promise<void> {
    wanted.add(account);
    const asking = underWay.get(account) ?? askOnce(account).finally(() => underWay.delete(account));
    underWay.set(account, asking);
    return asking;
  }

  return {
    ask,
    begin: () =>
      state.subscribe((event) => {
        if (event.type === 'released') seenTo.delete(event.account);
        const isOurs =
          event.type === 'registered' || (event.type === 'registration-seen' && event.seen.kind === 'ours');
        if (isOurs && wanted.has(event.account)) void ask(event.account);
      }),
  };
}
