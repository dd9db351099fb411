import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { Keychain, SettingsStore, Tunnels } from '../core/ports.ts';
import { hostOf } from '../core/public-url.ts';
import { createSecret } from '../core/secret.ts';
import type { AccountStep, Step } from '../core/state.ts';
import { answered, map, shown } from './answers.ts';
import type { CatchUp } from './catch-up.ts';
import type { Conductor } from './conductor.ts';
import type { Context } from './context.ts';
import type { CredentialsKeeper } from './credentials.ts';
import { deviceHandlers } from './device-handlers.ts';
import type { Examine } from './examination.ts';
import type { Forwarding } from './forwarding.ts';
import type { Lease } from './lease.ts';
import { type RegistrationKeeper, type Released, smsService } from './registration.ts';
import type { Retention } from './retention.ts';
import { type Handlers, refusal } from './router.ts';
import { type SendHandlerDeps, sendHandlers } from './send-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { storeHandlers } from './store-handlers.ts';
import type { Timeline } from './timeline.ts';
import { wayInHandlers } from './way-in-handlers.ts';
import type { Wishes } from './wishes.ts';

export interface HandlerDeps extends Context, SendHandlerDeps {
  readonly snapshot: () => Snapshot;
  readonly renewSnapshot: () => void;
  readonly conductor: Conductor;
  readonly catchUp: CatchUp;
  readonly registration: RegistrationKeeper;
  readonly lease: Lease;
  readonly credentials: CredentialsKeeper;
  readonly settings: SettingsStore;
  readonly wishes: Wishes;
  readonly retention: Retention;
  readonly timeline: Timeline;
  readonly examine: Examine;
  readonly forwarding: Forwarding;
  readonly tunnels: Tunnels;
  readonly keychain: Keychain;
  readonly loopbackAllowed: boolean;
}

type Part<Prefix extends string> = Pick<Handlers, Extract<keyof Handlers, `${Prefix}.${string}`>>;

const nothing = ok({});

/** A face that can put files somewhere answers these itself (services/window-exports.ts). */
const noExports = refusal('not-allowed', 'Texts are exported from a window, or by the terminal.');

/** A face that can do more than the core answers these itself (services/face-actions.ts). */
const noFaceActions = refusal('not-allowed', 'A window can do this, and only where it is offered.');

/** Windows that can show the simulator ask what shows it (services/demo-switch.ts), not this core. */
const noDemo = refusal(
  'not-allowed',
  'This run cannot show the simulator, or is nothing else. Start the app without it.',
);

/** What faces can ask for, one handler a method. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return {
    'snapshot.get': async () => ok(deps.snapshot()),
    ...inboxHandlers(deps),
    ...deviceHandlers(deps),
    'timeline.page': async ({ limit }) => ok({ entries: deps.timeline.newest(limit) }),
    async 'forward.replay'(request) {
      const sent = await deps.forwarding.replay(request);
      return sent.ok ? sent : fail(refusal(sent.error.code, sent.error.message));
    },
    async 'forward.secret'({ renew }) {
      const { secret } = deps.forwarding;
      const told = renew ? await secret.renew() : await secret.tell();
      return told.ok ? ok({ secret: told.value.reveal() }) : told;
    },
    ...accountHandlers(deps),
    ...appHandlers(deps),
    ...sendHandlers(deps),
    ...credentialHandlers(deps),
    ...settingsHandlers(deps),
    ...wayInHandlers(deps),
    ...storeHandlers(deps),
    'export.start': async () => fail(noExports),
    'export.progress': async () => fail(noExports),
    'export.cancel': async () => fail(noExports),
    'face.actions': async () => ok({ actions: [] }),
    'face.do': async () => fail(noFaceActions),
    'demo.enter': async () => fail(noDemo),
    'demo.leave': async () => fail(noDemo),
  };
}

function inboxHandlers({ messages, state, forwarding }: HandlerDeps): Part<'inbox'> & Part<'unverified'> {
  /** What was changed of stored rows: windows fetch those that they show again. */
  async function tellChanged(changed: Result<number, StorageFailure>): Promise<void> {
    const counts = changed.ok && changed.value > 0 ? await messages.counts() : null;
    if (counts?.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
  }
  return {
    'inbox.page': async (request) => shown(await messages.page(request)),
    'inbox.first': async (request) => shown(await messages.first(request)),
    async 'inbox.message'({ id }) {
      const found = shown(await messages.detail(id));
      if (!found.ok) return found;
      const forwards = await forwarding.of(id);
      return found.value
        ? ok({ ...found.value, forwards: forwards.ok ? forwards.value : [] })
        : fail(refusal('not-found', `There is no text with the id ${id}. It may have been deleted.`));
    },
    async 'inbox.star'({ ids, starred }) {
      const changed = await messages.star(ids, starred);
      await tellChanged(changed);
      return map(changed, (count) => ({ changed: count }));
    },
    async 'inbox.markRead'({ ids }) {
      const changed = await messages.markRead(ids);
      await tellChanged(changed);
      return map(changed, (count) => ({ changed: count }));
    },
    'unverified.page': async ({ limit }) => map(await messages.unverified(limit), (items) => ({ items })),
  };
}

function accountHandlers(deps: HandlerDeps): Part<'account'> {
  const { state, thingSpace, conductor, registration, lease, wishes } = deps;
  const inLane = <T>(account: string, step: AccountStep, work: () => Promise<T>): Promise<T> => {
    const lane: Step = { lane: 'account', account, step };
    return conductor.inLane(lane, work);
  };
  return {
    'account.startCallbacks': ({ account }) =>
      inLane(account, 'start-callbacks', async () => {
        const started = await thingSpace.startCallbacks(account);
        if (started.ok && started.value.success)
          state.dispatch({ type: 'callbacks-started', account, at: deps.clock.now() });
        return answered(started);
      }),
    'account.drain': ({ account }) =>
      inLane(account, 'drain', async () => answered(await deps.catchUp.drain(account, () => !state.get().stopping))),
    async 'account.callbacks'({ account }) {
      const listed = answered(await thingSpace.listCallbacks(account));
      return map(listed, (registrations) => ({
        registrations: registrations.map(({ serviceName, url, username, password }) => ({
          serviceName,
          url: lease.isOurs(account, url)
            ? url.replace(/\/callback\/.*$/, '/callback/…')
            : url.replace(/^(\w+:\/\/)[^/?#]*@/, '$1…@'),
          username,
          hasPassword: password.reveal() !== '',
          ours: lease.isOurs(account, url),
        })),
      }));
    },
    async 'account.restore'({ account }) {
      if (!lease.accounts().includes(account))
        return ok({ restored: false, sentence: `This app displaced nothing on ${account}.` });
      const released = answered(await inLane(account, 'release', () => registration.release(account)));
      if (!released.ok) return released;
      state.dispatch({ type: 'released', account });
      return ok({ restored: released.value === 'restored', sentence: releasedSentence(account, released.value) });
    },
    async 'account.takeOver'({ account }) {
      if (!state.get().wishes[account]) return fail(unknownAccount(account));
      state.dispatch({ type: 'take-over-agreed', account });
      return nothing;
    },
    async 'account.stop'({ account }) {
      return wishes.stop(account) ? nothing : fail(unknownAccount(account));
    },
    async 'account.resume'({ account }) {
      return wishes.resume(account) ? nothing : fail(unknownAccount(account));
    },
    async 'account.check'({ account }) {
      const seen = answered(await thingSpace.account(account));
      if (!seen.ok) return seen;
      const listed = answered(await thingSpace.listCallbacks(account));
      return map(listed, (registrations) => {
        const held = registrations.find(({ serviceName }) => serviceName === smsService);
        const isOurs = held !== undefined && lease.isOurs(account, held.url);
        return {
          organization: seen.value.organizationName,
          holder: held === undefined ? 'nobody' : isOurs ? 'ours' : 'other',
          host: held === undefined ? null : hostOf(held.url),
        };
      });
    },
    'account.add': async ({ account, mode }) => shown(wishes.add(account, mode)),
    async 'account.remove'({ account }) {
      const removed = shown(wishes.remove(account));
      if (!removed.ok) return removed;
      return removed.value ? nothing : fail(refusal('account-unknown', notAmong(account)));
    },
  };
}

function releasedSentence(account: string, released: Released): string {
  switch (released) {
    case 'restored':
      return `The callback of ${account} is what it was before.`;
    case 'taken-away':
      return `Our callback of ${account} was taken away; nothing stood there before.`;
    case 'nothing':
      return `Nothing was to be restored on ${account}; our own callback is not registered there.`;
  }
}

function unknownAccount(account: string): PublicError {
  return refusal('account-unknown', `${notAmong(account)} Add it first.`);
}

function notAmong(account: string): string {
  return `${account} is not among the accounts of this app.`;
}

function appHandlers({ state, thingSpace, examine }: HandlerDeps): Part<'app'> {
  return {
    'app.examine': async ({ accounts }) => ok({ checks: await examine(accounts) }),
    async 'app.pause'() {
      state.dispatch({ type: 'paused', paused: true });
      return nothing;
    },
    async 'app.resume'() {
      state.dispatch({ type: 'paused', paused: false });
      return nothing;
    },
    async 'app.retry'() {
      // A person's click: what was refused may be asked once more. The sign-in guard keeps counting all the same.
      thingSpace.forget();
      state.dispatch({ type: 'retry-asked' });
      return nothing;
    },
  };
}

function credentialHandlers({ credentials, thingSpace, state }: HandlerDeps): Part<'credentials'> {
  const renewed = (): void => {
    thingSpace.forget();
    state.dispatch({ type: 'retry-asked' });
  };
  return {
    'credentials.state': async () => ok(await credentials.state()),
    async 'credentials.save'({ appKey, appSecret, username, password, confirmed }) {
      const given = {
        appKey: createSecret(appKey),
        appSecret: createSecret(appSecret),
        username: createSecret(username),
        password: createSecret(password),
      };
      const saved = await credentials.save(given, confirmed);
      if (!saved.ok) return fail(saved.error);
      renewed();
      return nothing;
    },
    async 'credentials.clear'() {
      const cleared = await credentials.clear();
      if (!cleared.ok) return fail(cleared.error);
      renewed();
      return ok({ sentence: clearedWords(cleared.value) });
    },
  };
}

function clearedWords(owed: readonly string[]): string {
  const gone = 'Nothing of this app is left in the keychain';
  return owed.length === 0
    ? `${gone}.`
    : `${gone} but the password of the callback that ${owed.join(', ')} had before: it goes when that is put back (callbacks --restore).`;
}
