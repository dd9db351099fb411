import { retryDelayMs } from './backoff.ts';
import type { Event } from './event.ts';
import { gapClosed, gapOpened, type OpenGap } from './gap.ts';
import { type AccountReal, type AccountStep, freshAccount, type State, type Trouble, type Wish } from './state.ts';

type AccountEvent = Extract<
  Event,
  {
    readonly type:
      | 'take-over-agreed'
      | 'step-failed'
      | 'registration-seen'
      | 'registered'
      | 'released'
      | 'callbacks-started'
      | 'queue-fetched'
      | 'queue-emptied'
      | 'queue-doubted'
      | 'queue-looked-at';
  }
>;

/** The state after an event that concerns one account. */
export function reduceAccount(state: State, event: AccountEvent): State {
  const real = state.accounts[event.account];
  if (!real) return state;
  const after = changed(state, real, event);
  return { ...state, wishes: wishesAfter(state, event), accounts: { ...state.accounts, [event.account]: after } };
}

/** A yes to taking over is remembered until it was used once. */
function wishesAfter(state: State, event: AccountEvent): State['wishes'] {
  const wish = state.wishes[event.account];
  if (!wish || (event.type !== 'take-over-agreed' && event.type !== 'registered')) return state.wishes;
  return { ...state.wishes, [event.account]: { ...wish, takeOver: event.type === 'take-over-agreed' } };
}

function changed(state: State, real: AccountReal, event: AccountEvent): AccountReal {
  switch (event.type) {
    case 'take-over-agreed':
      return { ...real, trouble: {} };
    case 'step-failed':
      return { ...real, trouble: { ...real.trouble, [event.step]: troubled(real, event) } };
    case 'registration-seen':
      return {
        ...eased(real, 'look'),
        registration: event.seen,
        startedAt: event.seen.kind === 'ours' ? real.startedAt : null,
      };
    case 'registered': {
      const registration = { kind: 'ours', at: event.at, holder: event.holder, current: true } as const;
      return { ...eased(real, 'register'), registration, startedAt: null };
    }
    case 'released':
      return releasedAccount(state, real);
    case 'callbacks-started':
      return { ...eased(real, 'start-callbacks'), startedAt: event.at };
    case 'queue-fetched':
      return { ...real, queue: fetched(real, event.count), openGap: counted(real, event.count) };
    case 'queue-emptied':
      return {
        ...eased(real, 'drain'),
        queue: emptied(real, event.at),
        lastFetchAt: event.at,
        ...gapAfter(state, real, event),
      };
    case 'queue-doubted':
      return {
        ...real,
        doubtedAt: event.at,
        queue: real.queue.kind === 'empty' ? { kind: 'unproven', since: event.since } : real.queue,
        openGap: gapOpened(real.openGap, event.since),
      };
    case 'queue-looked-at':
      return { ...eased(real, 'peek'), peeked: event.waiting, lastFetchAt: event.at };
  }
}

/** Until when texts are known to have come as they should (milliseconds since 1970); null: not in this run. */
export function knownUntil({ proof }: State, { queue, lastCallbackAt }: AccountReal): number | null {
  const times = [proof.kind === 'proved' ? proof.at : 0, queue.kind === 'empty' ? queue.at : 0, lastCallbackAt ?? 0];
  return Math.max(...times) || null;
}

/** Who stops an account, or only looks at it, begins a gap. */
export function wishedAccount(state: State, name: string, { stopped, mode }: Wish): AccountReal {
  const real = state.accounts[name] ?? freshAccount;
  if (!stopped && mode !== 'peek') return real;
  return { ...real, openGap: gapOpened(real.openGap, knownUntil(state, real), stopped ? 'stopped' : 'looked-at') };
}

/** From now on nothing is pushed here. */
function releasedAccount(state: State, real: AccountReal): AccountReal {
  const { lastCallbackAt, lastGap } = real;
  const since = knownUntil(state, real);
  const openGap = gapOpened(real.openGap, since);
  return { ...freshAccount, lastCallbackAt, lastGap, queue: { kind: 'unproven', since }, openGap };
}

/** Texts from the queue were missed since it was last seen empty, if no gap is known. */
function counted({ openGap, queue }: AccountReal, count: number): OpenGap {
  const open = openGap ?? gapOpened(null, queue.kind === 'empty' ? queue.at : queue.since);
  return { ...open, fetched: open.fetched + count };
}

/** The queue was seen empty: the gap is over if texts come as they should again. */
function gapAfter(
  state: State,
  real: AccountReal,
  event: Extract<AccountEvent, { type: 'queue-emptied' }>,
): Pick<AccountReal, 'openGap' | 'lastGap'> {
  const wish = state.wishes[event.account];
  const isFetched = wish?.mode === 'poll' || state.address.kind === 'not-configured';
  const isPushed = state.address.kind === 'up' && state.proof.kind === 'proved';
  if (wish && !isFetched && !isPushed) return { openGap: real.openGap, lastGap: real.lastGap };
  const silent = real.queue.kind === 'empty' && isFetched ? gapOpened(null, real.queue.at) : null;
  const open = real.openGap ?? silent;
  const everyMs = isFetched && wish ? wish.pollIntervalMs : null;
  const closed = open === null ? null : gapClosed(open, event, everyMs);
  return { openGap: null, lastGap: closed ?? real.lastGap };
}

/** A doubt that came after the service was asked is not settled by its answer. */
function emptied(real: AccountReal, at: number): AccountReal['queue'] {
  const { doubtedAt } = real;
  return doubtedAt !== null && doubtedAt > at ? { kind: 'unproven', since: doubtedAt } : { kind: 'empty', at };
}

function fetched(real: AccountReal, count: number): AccountReal['queue'] {
  if (real.queue.kind === 'draining') return { ...real.queue, fetched: real.queue.fetched + count };
  return { kind: 'draining', since: real.queue.kind === 'unproven' ? real.queue.since : real.queue.at, fetched: count };
}

function troubled(real: AccountReal, event: Extract<AccountEvent, { type: 'step-failed' }>): Trouble {
  const attempt = (real.trouble[event.step]?.attempt ?? 0) + 1;
  return { failure: event.failure, attempt, retryAt: event.at + retryDelayMs(event.failure, attempt, event.chance) };
}

function eased(real: AccountReal, step: AccountStep): AccountReal {
  const { [step]: _over, ...trouble } = real.trouble;
  return { ...real, trouble };
}
