import type { Gap } from '../../preload/contract/snapshot.ts';
import { backoffMs, longestMs, retryDelayMs } from './backoff.ts';
import type { Event } from './event.ts';
import type { ServiceFailure } from './failure.ts';
import { isPassing } from './failure.ts';
import { gapOpened } from './gap.ts';
import { knownUntil, reduceAccount, wishedAccount } from './reduce-account.ts';
import { countsRead, messageStored } from './reduce-inbox.ts';
import { type AccountReal, freshAccount, laneOf, type QueueState, type State } from './state.ts';

type Of<T extends Event['type']> = Extract<Event, { readonly type: T }>;

/** The state after an event. Pure; every event is handled. */
// oxlint-disable-next-line max-lines-per-function -- one line a case
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'wished':
      return wished(state, event);
    case 'claim-found':
      return claimFound(state, event.account);
    case 'paused':
      return { ...state, paused: event.paused, accounts: event.paused ? gapsSinceKnown(state) : doubtAll(state, null) };
    case 'stop-asked':
      return { ...state, stopping: true };
    case 'retry-asked':
      // Whoever asks has the tokens forgotten first.
      return { ...retryAsked(state), signIn: { kind: 'none' } };
    case 'woke':
      return { ...retryAsked(state), accounts: doubtAll(state, event.since), proof: { kind: 'none' } };
    case 'was-listening':
      return { ...state, accounts: mapAccounts(state.accounts, (real) => sinceThen(real, event.until)) };
    case 'gaps-remembered':
      return { ...state, accounts: mapAccounts(state.accounts, (real, name) => remembering(real, event.gaps[name])) };
    case 'step-started':
      return { ...state, busy: { ...state.busy, [laneOf(event.step)]: event.step } };
    case 'step-ended':
      return { ...state, busy: without(state.busy, laneOf(event.step)) };
    case 'signed-in':
      return { ...state, signIn: { kind: 'signed-in' } };
    case 'sign-in-failed':
      return { ...state, signIn: signInFailed(state, event) };
    case 'message-stored':
      return messageStored(state, event);
    case 'unverified-stored':
      return { ...state, inbox: { ...state.inbox, unverified: state.inbox.unverified + 1 } };
    case 'counts-read':
      return { ...state, ...countsRead(state, event) };
    case 'sends-changed':
      return { ...state, sends: state.sends + 1 };
    case 'storage-failed':
      return { ...state, storage: { kind: 'failed', failure: event.failure, at: event.at } };
    case 'storage-recovered':
      return {
        ...state,
        storage: { kind: 'fine' },
        accounts: doubtAll(state, state.storage.kind === 'failed' ? state.storage.at : null),
      };
    case 'told':
      return { ...state, told: [...state.told.filter((p) => !sameProblem(p, event.problem)), event.problem] };
    case 'noted':
      return state;
    case 'told-off':
      return { ...state, told: state.told.filter((p) => !sameProblem(p, event)) };
    case 'listener-opened':
    case 'listener-failed':
    case 'way-in-closed':
    case 'way-in-tried':
    case 'way-in-chosen':
    case 'address-up':
    case 'address-missing':
    case 'address-failed':
    case 'proved':
    case 'proof-failed':
      return reduceWayIn(state, event);
    case 'take-over-agreed':
    case 'step-failed':
    case 'registration-seen':
    case 'registered':
    case 'released':
    case 'callbacks-started':
    case 'queue-fetched':
    case 'queue-emptied':
    case 'queue-doubted':
    case 'queue-looked-at':
      return reduceAccount(state, event);
  }
}

type WayInEvent = Of<
  | 'listener-opened'
  | 'listener-failed'
  | 'way-in-closed'
  | 'way-in-tried'
  | 'way-in-chosen'
  | 'address-up'
  | 'address-missing'
  | 'address-failed'
  | 'proved'
  | 'proof-failed'
>;

function reduceWayIn(state: State, event: WayInEvent): State {
  switch (event.type) {
    case 'listener-opened':
      return { ...state, listener: { kind: 'open', port: event.port, outdated: false } };
    case 'listener-failed': {
      const attempt = state.listener.kind === 'failed' ? state.listener.attempt + 1 : 1;
      const retryAt = event.at + backoffMs(attempt, 0);
      return { ...state, listener: { kind: 'failed', problem: event.problem, attempt, retryAt } };
    }
    case 'way-in-closed':
      return { ...state, listener: { kind: 'closed' }, address: { kind: 'none' }, proof: { kind: 'none' } };
    case 'way-in-tried':
      return { ...(event.tried ? triedAgain(state) : state), wayInTried: event.tried };
    case 'way-in-chosen':
      return wayInChosen(state);
    case 'address-up':
      return addressUp(state, event);
    case 'address-missing':
      return { ...state, address: { kind: 'not-configured' }, proof: { kind: 'none' } };
    case 'address-failed':
      return {
        ...state,
        accounts: state.address.kind === 'up' ? openGaps(state, event.at) : state.accounts,
        address: addressFailed(state.address, event),
        proof: { kind: 'none' },
      };
    case 'proved':
      return {
        ...state,
        accounts: state.proof.kind === 'failed' ? doubtAll(state, state.proof.at) : state.accounts,
        proof: { kind: 'proved', at: event.at },
        provedOrigin: state.lastOrigin,
      };
    case 'proof-failed': {
      const accounts = state.proof.kind === 'proved' ? doubtAll(state, state.proof.at) : state.accounts;
      return { ...state, accounts, proof: { kind: 'failed', problem: event.problem, at: event.at } };
    }
  }
}

/** How long an address must have been up for its next failure to count as the first (milliseconds). */
const lastingMs = 60_000;

/** A tunnel that never lasts is opened ever more seldom, as one that cannot be opened. */
function addressFailed(before: State['address'], { problem, passing, at }: Of<'address-failed'>): State['address'] {
  const inRow = before.kind === 'failed' || (before.kind === 'up' && at - before.at < lastingMs) ? before.attempt : 0;
  const attempt = inRow + 1;
  return { kind: 'failed', problem, passing, attempt, retryAt: at + (passing ? backoffMs(attempt, 0) : longestMs) };
}

/** Callbacks may have been missed since it was last up; another address makes every registration of ours an old one. */
function addressUp(state: State, event: Of<'address-up'>): State {
  const { origin, at } = event;
  const { address } = state;
  const moved = state.lastOrigin !== origin;
  const stayed = address.kind === 'up' && !moved;
  const accounts = stayed
    ? state.accounts
    : mapAccounts(doubtAll(state, at), (real) =>
        moved && real.registration.kind === 'ours'
          ? { ...real, registration: { ...real.registration, current: false } }
          : real,
      );
  const attempt = address.kind === 'failed' || address.kind === 'up' ? address.attempt : 0;
  return {
    ...state,
    accounts,
    address: { kind: 'up', origin, at: stayed ? address.at : at, attempt },
    lastOrigin: origin,
    proof: { kind: 'none' },
  };
}

/** What waits for its next try, or for a choice, is tried at once. */
function triedAgain(state: State): State {
  const { listener, address } = state;
  const waits = address.kind === 'failed' || address.kind === 'not-configured';
  return {
    ...state,
    listener: listener.kind === 'failed' ? { kind: 'closed' } : listener,
    address: waits ? { kind: 'none' } : address,
  };
}

/** What is open is opened anew; what waits for its next try is tried at once. */
function wayInChosen(state: State): State {
  const { listener } = state;
  return {
    ...triedAgain(state),
    listener: listener.kind === 'open' ? { ...listener, outdated: true } : { kind: 'closed' },
  };
}

function wished(state: State, event: Of<'wished'>): State {
  if (event.wish === null) return { ...state, wishes: without(state.wishes, event.account) };
  return {
    ...state,
    wishes: { ...state.wishes, [event.account]: event.wish },
    accounts: { ...state.accounts, [event.account]: wishedAccount(state, event.account, event.wish) },
  };
}

/** What an earlier run left registered is ours, though not at our present address: continued if wanted, else given back. */
function claimFound(state: State, account: string): State {
  const registration = { kind: 'ours', at: 0, holder: '', current: false } as const;
  return { ...state, accounts: { ...state.accounts, [account]: { ...freshAccount, registration } } };
}

function signInFailed(state: State, event: Of<'sign-in-failed'>): State['signIn'] {
  const attempt = state.signIn.kind === 'failed' ? state.signIn.attempt + 1 : 1;
  const retryAt = needsPerson(event.failure) ? null : event.at + retryDelayMs(event.failure, attempt, event.chance);
  return { kind: 'failed', failure: event.failure, attempt, retryAt };
}

/** The keychain is tried again by itself: it is unlocked outside of this app. */
function needsPerson(failure: ServiceFailure): boolean {
  return !isPassing(failure) && failure.kind !== 'keychain';
}

/** Asking again clears what waits for a person, but never the sign-in guard: that is kept outside the state. */
function retryAsked(state: State): State {
  const accounts = mapAccounts(state.accounts, (real) => ({ ...real, trouble: {} }));
  return {
    ...state,
    accounts,
    signIn: state.signIn.kind === 'failed' ? { kind: 'none' } : state.signIn,
    listener: state.listener.kind === 'failed' ? { kind: 'closed' } : state.listener,
    address: state.address.kind === 'failed' ? { kind: 'none' } : state.address,
  };
}

/** Every account's queue may hold texts since `since`; callbacks are to be looked at anew. */
function doubtAll(state: State, since: number | null): State['accounts'] {
  return mapAccounts(state.accounts, (real) => ({
    ...real,
    trouble: {},
    queue: doubted(real.queue, since),
    openGap: gapOpened(real.openGap, since),
    startedAt: null,
    registration: real.registration.kind === 'ours' ? { ...real.registration, at: 0 } : real.registration,
  }));
}

function gapsSinceKnown(state: State): State['accounts'] {
  return mapAccounts(state.accounts, (real) => ({
    ...real,
    openGap: gapOpened(real.openGap, knownUntil(state, real), 'paused'),
  }));
}

function openGaps(state: State, since: number): State['accounts'] {
  return mapAccounts(state.accounts, (real) => ({ ...real, openGap: gapOpened(real.openGap, since) }));
}

/** The earlier of two beginnings stands: sleep may be told of twice. */
function doubted(queue: QueueState, since: number | null): QueueState {
  if (queue.kind === 'empty') return { kind: 'unproven', since };
  return queue.since === null || since === null ? queue : { ...queue, since: Math.min(queue.since, since) };
}

/** Where nothing is known of the time before this run, the queue may hold texts since the last one. */
function sinceThen(real: AccountReal, until: number): AccountReal {
  const unknown = real.queue.kind === 'unproven' && real.queue.since === null;
  return unknown ? { ...real, queue: { kind: 'unproven', since: until }, openGap: gapOpened(null, until) } : real;
}

function sameProblem(a: { readonly code: string; readonly account: string | null }, b: typeof a): boolean {
  return a.code === b.code && a.account === b.account;
}

function remembering(real: AccountReal, gap: Gap | undefined): AccountReal {
  return real.lastGap === null && gap ? { ...real, lastGap: gap } : real;
}

function mapAccounts(
  accounts: State['accounts'],
  change: (real: AccountReal, name: string) => AccountReal,
): State['accounts'] {
  return Object.fromEntries(Object.entries(accounts).map(([name, real]) => [name, change(real, name)]));
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
