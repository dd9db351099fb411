import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { type ServiceFailure, serviceFailure } from '../core/failure.ts';
import type { Registration } from '../core/ports.ts';
import { hostOf } from '../core/public-url.ts';
import { releaseConfirmations } from './confirmations.ts';
import type { Context } from './context.ts';
import type { Lease } from './lease.ts';
import type { RouteTable } from './route-table.ts';

/** The service that carries device texts (API notes, section 2.6). */
export const smsService = 'EnhancedConnectivityService';

export interface RegistrationDeps extends Context {
  readonly lease: Lease;
  readonly routes: RouteTable;
}

/** What giving the callback back came to: `nothing` was ours to take away, and nothing stood there before. */
export type Released = 'restored' | 'taken-away' | 'nothing';

export interface RegistrationKeeper {
  /** Reads who holds the callback. */
  look(account: string): Promise<void>;
  /** Puts our URL there, if nobody holds it, if it is ours already, or if taking over was agreed to. */
  register(account: string): Promise<void>;
  /** Takes our URL away again and puts back what stood there before. Never touches a holder that came after us. */
  release(account: string): Promise<Result<Released, ServiceFailure>>;
}

/** Who holds EnhancedConnectivityService: read, taken with a yes, given back. */
export function createRegistrationKeeper(deps: RegistrationDeps): RegistrationKeeper {
  const { thingSpace, state, clock, lease, routes } = deps;

  async function holder(account: string): Promise<Result<Registration | null, ServiceFailure>> {
    const listed = await thingSpace.listCallbacks(account);
    return listed.ok ? ok(smsHolder(listed.value)) : listed;
  }

  function failed(account: string, step: 'look' | 'register', failure: ServiceFailure): void {
    state.dispatch({ type: 'step-failed', account, step, failure, at: clock.now(), chance: deps.entropy.chance() });
  }

  function seen(account: string, found: Registration | null): void {
    const at = clock.now();
    if (!found) {
      state.dispatch({ type: 'registration-seen', account, seen: { kind: 'nobody', at } });
    } else if (lease.isOurs(account, found.url)) {
      const current =
        found.url === routes.urlOf(account) && found.username === routes.routeOf(account)?.username.reveal();
      state.dispatch({
        type: 'registration-seen',
        account,
        seen: { kind: 'ours', at, holder: hostOf(found.url), current },
      });
    } else {
      const before = state.get().accounts[account]?.registration;
      const taken = before?.kind === 'ours' || (before?.kind === 'other' && before.taken);
      state.dispatch({
        type: 'registration-seen',
        account,
        seen: { kind: 'other', at, holder: describeHolder(found), taken },
      });
    }
  }

  /** Takes `ours` away, if it is there, and puts back what it displaced; changes nothing while that cannot be told. */
  async function restore(account: string, ours: Registration | null): Promise<Result<Released, ServiceFailure>> {
    const displaced = await lease.displaced(account);
    if (!displaced.ok) return fail(serviceFailure('keychain', displaced.error.message));
    const removed = ours ? await thingSpace.deregisterCallback(account) : ok(undefined);
    if (!removed.ok) return removed;
    if (displaced.value) {
      const restored = await thingSpace.registerCallback(account, displaced.value);
      if (!restored.ok) return restored;
    }
    await lease.forget(account);
    if (displaced.value) return ok('restored');
    return ok(ours ? 'taken-away' : 'nothing');
  }

  /** DELETE, POST, GET: what a second POST would do while one is registered is not known (API notes, unknown 5). */
  async function replace(
    account: string,
    url: string,
    found: Registration | null,
  ): Promise<Result<void, ServiceFailure>> {
    const route = await routes.ensure(account);
    if (found) {
      routes.acceptEarlier(account, found, clock.now());
      const removed = await thingSpace.deregisterCallback(account);
      if (!removed.ok) return removed;
    }
    const made = await thingSpace.registerCallback(account, {
      url,
      username: route.username.reveal(),
      password: route.password,
    });
    if (!made.ok) return made;
    const read = await holder(account);
    if (!read.ok) return read;
    if (read.value?.url === url) return ok(undefined);
    const words = read.value ? `it shows ${hostOf(read.value.url)} instead` : 'it shows none';
    return fail(
      serviceFailure('unavailable', `ThingSpace accepted the callback registration for ${account}, but ${words}.`),
    );
  }

  async function take(account: string, url: string, found: Registration | null): Promise<void> {
    const stranger = found && !lease.isOurs(account, found.url) ? found : null;
    if (!(await lease.claim(account, url, stranger))) {
      const words =
        'What holds the callback could not be remembered on disk, so it was left untouched. Check that the data folder can be written.';
      return failed(account, 'register', serviceFailure('cancelled', words));
    }
    const replaced = await replace(account, url, found);
    if (replaced.ok) {
      const holder = hostOf(url);
      const at = clock.now();
      state.dispatch({ type: 'registered', account, holder, at });
      // The address changed meanwhile: what was registered leads nowhere any more.
      if (url !== routes.urlOf(account))
        state.dispatch({ type: 'registration-seen', account, seen: { kind: 'ours', at, holder, current: false } });
      return;
    }
    if (stranger) await putBack(account);
    failed(account, 'register', replaced.error);
  }

  /** After a failed registration: what stood there before stands there again, if nobody else came. */
  async function putBack(account: string): Promise<void> {
    const now = await holder(account);
    if (now.ok && now.value === null) await restore(account, null);
    else if (now.ok && now.value && lease.isOurs(account, now.value.url)) await release(account);
  }

  async function release(account: string): Promise<Result<Released, ServiceFailure>> {
    const listed = await thingSpace.listCallbacks(account);
    if (!listed.ok) return listed;
    const receipts = await releaseConfirmations(deps, account, listed.value);
    if (!receipts.ok) return receipts;
    const found = smsHolder(listed.value);
    if (found && !lease.isOurs(account, found.url)) {
      await lease.forget(account);
      return ok('nothing');
    }
    return restore(account, found);
  }

  return {
    release,
    async look(account) {
      const found = await holder(account);
      if (found.ok) seen(account, found.value);
      else failed(account, 'look', found.error);
    },
    async register(account) {
      await routes.ensure(account);
      const url = routes.urlOf(account);
      if (!url) return;
      const found = await holder(account);
      if (!found.ok) return failed(account, 'register', found.error);
      const stranger = found.value !== null && !lease.isOurs(account, found.value.url);
      if (stranger && !state.get().wishes[account]?.takeOver) return seen(account, found.value);
      await take(account, url, found.value);
    },
  };
}

/** Another laptop with this app shows itself by its callback's user name. */
function describeHolder(found: Registration): string {
  const other = /^sms-tray\/([^/]+)\//.exec(found.username)?.[1];
  return other ? `ThingSpace SMS Tray on ${other}, ${hostOf(found.url)}` : hostOf(found.url);
}

function smsHolder(registrations: readonly Registration[]): Registration | null {
  return registrations.find(({ serviceName }) => serviceName === smsService) ?? null;
}
