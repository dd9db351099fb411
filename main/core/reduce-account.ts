import { retryDelayMs } from './backoff.ts';
import type { Event } from './event.ts';
import { gapClosed } from './gap.ts';
import { type AccountReal, type AccountStep, freshAccount, type State, type Trouble } from './state.ts';

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
  const after = changed(real, event);
  return { ...state, wishes: wishesAfter(state, event), accounts: { ...state.accounts, [event.account]: after } };
}

/** A yes to taking over is remembered until it was used once. */
function wishesAfter(state: State, event: AccountEvent): State['wishes'] {
  const wish = state.wishes[event.account];
  if (!wish || (event.type !== 'take-over-agreed' && event.type !== 'registered')) return state.wishes;
  return { ...state.wishes, [event.account]: { ...wish, takeOver: event.type === 'take-over-agreed' } };
}

function changed(real: AccountReal, event: AccountEvent): AccountReal {
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
      return { ...freshAccount, lastCallbackAt: real.lastCallbackAt, lastGap: real.lastGap };
    case 'callbacks-started':
      return { ...eased(real, 'start-callbacks'), startedAt: event.at };
    case 'queue-fetched':
      return { ...real, queue: fetched(real, event.count) };
    case 'queue-emptied':
      return {
        ...eased(real, 'drain'),
        queue: emptied(real, event.at),
        lastFetchAt: event.at,
        lastGap: gapClosed(real.queue, event) ?? real.lastGap,
      };
    case 'queue-doubted':
      return {
        ...real,
        doubtedAt: event.at,
        queue: real.queue.kind === 'empty' ? { kind: 'unproven', since: event.since } : real.queue,
      };
    case 'queue-looked-at':
      return { ...eased(real, 'peek'), peeked: event.waiting, lastFetchAt: event.at };
  }
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
