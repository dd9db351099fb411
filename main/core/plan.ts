import type { AccountReal, AccountStep, State, Step, Wish } from './state.ts';
import { laneOf } from './state.ts';

/** How often a standing fact is checked again (milliseconds). */
export interface Intervals {
  /** Who holds the callback, while we do. */
  readonly lookOurs: number;
  /** Who holds the callback, while another does. */
  readonly lookOther: number;
  /** The proof through the public URL. */
  readonly probe: number;
  /** The proof, after one that failed. */
  readonly probeAgain: number;
  /** The queue of an account whose callbacks arrive. */
  readonly sweep: number;
  /** The queue after startCallbacks, so that what is being pushed is not fetched at the same time. */
  readonly settle: number;
  /** Whether storing works again. */
  readonly storage: number;
}

export const defaultIntervals: Intervals = {
  lookOurs: 60_000,
  lookOther: 60_000,
  probe: 60_000,
  probeAgain: 10_000,
  sweep: 15 * 60_000,
  settle: 10_000,
  storage: 2000,
};

export interface Plan {
  readonly steps: readonly Step[];
  /** When to plan again if nothing happens before; null: only when something happens. */
  readonly wakeAt: number | null;
}

/** What is to be done now, or from when on. */
type Due = { readonly step: Step; readonly from: number };

/**
 * What should be done now to get from where we are to where the user wants to be: at most one step for each lane that
 * is idle. Restart, sleep, a new address and a lost network are nothing but other states to start from.
 */
export function nextSteps(state: State, now: number, intervals: Intervals): Plan {
  const due = [
    wayIn(state, now, intervals),
    signIn(state, now),
    storage(state, intervals),
    ...Object.keys(state.accounts).map((name) => accountStep(state, name, now, intervals)),
  ];
  const idle = due.filter((entry) => entry !== null).filter((entry) => !state.busy[laneOf(entry.step)]);
  const steps = idle.filter((entry) => entry.from <= now).map((entry) => entry.step);
  const later = idle.filter((entry) => entry.from > now).map((entry) => entry.from);
  return { steps, wakeAt: later.length === 0 ? null : Math.min(...later) };
}

export function isWanted(state: State, name: string): boolean {
  const wish = state.wishes[name];
  return wish !== undefined && !wish.stopped && !state.paused && !state.stopping;
}

/** Whether texts may be taken out of the account's queue by fetching. */
export function mayFetch(state: State, name: string): boolean {
  const mode = state.wishes[name]?.mode;
  return isWanted(state, name) && (mode === 'auto' || mode === 'poll');
}

export function usesCallbacks(wish: Wish | undefined): boolean {
  return wish !== undefined && (wish.mode === 'auto' || wish.mode === 'callback');
}

function callbacksWanted(state: State): boolean {
  return Object.keys(state.wishes).some((name) => isWanted(state, name) && usesCallbacks(state.wishes[name]));
}

function stillOurs(state: State): boolean {
  return Object.values(state.accounts).some((real) => real.registration.kind === 'ours');
}

function wayIn(state: State, now: number, intervals: Intervals): Due | null {
  const step = (step: 'open-listener' | 'open-address' | 'probe' | 'close-way-in', from = now): Due => ({
    step: { lane: 'way-in', step },
    from,
  });
  if (!callbacksWanted(state) && !(state.wayInTried && !state.stopping)) {
    return state.listener.kind === 'open' && !stillOurs(state) ? step('close-way-in') : null;
  }
  if (state.listener.kind === 'open' && state.listener.outdated) return step('close-way-in');
  if (state.listener.kind === 'closed') return step('open-listener');
  if (state.listener.kind === 'failed') return step('open-listener', state.listener.retryAt);
  switch (state.address.kind) {
    case 'none':
      return step('open-address');
    case 'failed':
      return step('open-address', state.address.retryAt);
    case 'not-configured':
      return null;
    case 'up':
      break;
  }
  switch (state.proof.kind) {
    case 'none':
      return step('probe');
    case 'proved':
      return step('probe', state.proof.at + intervals.probe);
    case 'failed':
      return step('probe', state.proof.at + intervals.probeAgain);
  }
}

function signIn(state: State, now: number): Due | null {
  if (!Object.keys(state.wishes).some((name) => isWanted(state, name))) return null;
  const step: Step = { lane: 'sign-in', step: 'sign-in' };
  if (state.signIn.kind === 'none') return { step, from: now };
  if (state.signIn.kind === 'failed' && state.signIn.retryAt !== null) return { step, from: state.signIn.retryAt };
  return null;
}

function storage(state: State, intervals: Intervals): Due | null {
  if (state.storage.kind === 'fine' || state.stopping) return null;
  return { step: { lane: 'storage', step: 'check-storage' }, from: state.storage.at + intervals.storage };
}

function accountStep(state: State, name: string, now: number, intervals: Intervals): Due | null {
  const real = state.accounts[name];
  const wish = state.wishes[name];
  if (!real) return null;
  const due = (step: AccountStep, from = now): Due => ({
    step: { lane: 'account', account: name, step },
    from: Math.max(from, real.trouble[step]?.retryAt ?? 0),
  });
  if (!wish || !isWanted(state, name)) return real.registration.kind === 'ours' ? due('release') : null;
  if (state.signIn.kind !== 'signed-in' || state.storage.kind === 'failed') return null;
  // Chosen anew, or left by a run that was killed: what is pushed here would be taken all the same.
  if (!usesCallbacks(wish) && real.registration.kind === 'ours') return due('release');
  switch (wish.mode) {
    case 'peek':
      return due('peek', real.lastFetchAt === null ? now : real.lastFetchAt + wish.pollIntervalMs);
    case 'poll':
      return due('drain', nextFetch(real, wish));
    case 'callback':
    case 'auto':
      return callbackStep(state, real, wish, now, intervals, due);
  }
}

function nextFetch(real: AccountReal, wish: Wish): number {
  return real.queue.kind === 'empty' ? real.queue.at + wish.pollIntervalMs : 0;
}

type DueMaker = (step: AccountStep, from?: number) => Due;

function callbackStep(
  state: State,
  real: AccountReal,
  wish: Wish,
  now: number,
  intervals: Intervals,
  due: DueMaker,
): Due | null {
  const { registration } = real;
  if (registration.kind === 'unknown') return due('look');
  if (registration.kind === 'other') {
    const agreed = wish.takeOver && state.address.kind === 'up';
    return agreed ? due('register') : due('look', registration.at + intervals.lookOther);
  }
  const checked = due('look', registration.at + intervals.lookOurs);
  if (checked.from <= now) return checked;
  if (state.address.kind !== 'up') return earliest(fallback(state, real, wish, due), checked);
  if (state.proof.kind === 'none') return null;
  const current = registration.kind === 'ours' && registration.current;
  if (!current)
    return (
      firstReady(now, due('register'), wish.mode === 'auto' ? due('drain', nextFetch(real, wish)) : null) ?? checked
    );
  return earliest(oursStep(state, real, wish, now, intervals, due), checked);
}

/** The callback is ours: empty the queue, have it pushed, then keep checking. */
function oursStep(
  state: State,
  real: AccountReal,
  wish: Wish,
  now: number,
  intervals: Intervals,
  due: DueMaker,
): Due | null {
  const start = real.startedAt === null ? due('start-callbacks') : null;
  if (wish.mode === 'callback') return start;
  if (real.queue.kind !== 'empty') {
    const drain = due('drain', Math.max(settled(real, intervals), afterFetch(real, intervals)));
    return start ? (firstReady(now, drain, start) ?? earliest(drain, start)) : drain;
  }
  if (start) return start;
  const every = state.proof.kind === 'proved' ? intervals.sweep : wish.pollIntervalMs;
  const afterStart = (real.startedAt ?? 0) > real.queue.at ? settled(real, intervals) : Number.POSITIVE_INFINITY;
  return due('drain', Math.min(real.queue.at + every, afterStart, afterDoubt(real, real.queue.at, intervals)));
}

/** ThingSpace tries again before it queues a text whose callback failed, so the queue is looked at once more after that. */
function afterDoubt({ doubtedAt }: AccountReal, emptyAt: number, intervals: Intervals): number {
  const settledAt = (doubtedAt ?? Number.NEGATIVE_INFINITY) + intervals.settle;
  return settledAt > emptyAt ? settledAt : Number.POSITIVE_INFINITY;
}

/**
 * However often a doubt comes, the queue is not asked without a pause: what is refused may be sent by anybody. Before
 * callbacks are started it is asked at once: pushed again, a text whose answer was lost could not be told from another.
 */
function afterFetch({ doubtedAt, lastFetchAt, startedAt }: AccountReal, intervals: Intervals): number {
  if (startedAt === null) return 0;
  return doubtedAt !== null && lastFetchAt !== null && doubtedAt >= lastFetchAt ? lastFetchAt + intervals.settle : 0;
}

/** Texts that are being pushed out of the queue are left alone for a while, for at most ten times as long. */
function settled(real: AccountReal, intervals: Intervals): number {
  if (real.startedAt === null) return 0;
  const calm = Math.max(real.startedAt, real.lastCallbackAt ?? 0) + intervals.settle;
  return Math.min(calm, real.startedAt + 10 * intervals.settle);
}

/** Without a way in, `auto` fetches the queue as `poll` does. */
function fallback(state: State, real: AccountReal, wish: Wish, due: DueMaker): Due | null {
  const settledWayIn = state.address.kind !== 'none' || state.listener.kind === 'failed';
  return wish.mode === 'auto' && settledWayIn ? due('drain', nextFetch(real, wish)) : null;
}

function firstReady(now: number, ...choices: readonly (Due | null)[]): Due | null {
  return choices.find((choice) => choice !== null && choice.from <= now) ?? null;
}

function earliest(...choices: readonly (Due | null)[]): Due | null {
  return choices.reduce((best, choice) => (choice && (!best || choice.from < best.from) ? choice : best), null);
}
