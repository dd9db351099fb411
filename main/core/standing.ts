import type { ProblemCode } from '../../preload/contract/errors.ts';
import type { AccountState, Light, Problem } from '../../preload/contract/snapshot.ts';
import { retriedSentence, type ServiceFailure } from './failure.ts';
import { defaultIntervals, isWanted, usesCallbacks } from './plan.ts';
import type { AccountReal, AccountStep, State, Wish } from './state.ts';

/** Where an account stands: one named state, why, and what would help, in words. */
export interface Standing {
  readonly state: AccountState;
  readonly sentence: string;
  readonly problem: Problem | null;
}

/** The public code of a failure of the service. */
export function problemCodeOf(failure: ServiceFailure): ProblemCode {
  switch (failure.kind) {
    case 'no-credentials':
      return 'credentials-missing';
    case 'keychain':
      return 'keychain-locked';
    case 'sign-in-refused':
      return 'sign-in-refused';
    case 'sign-in-stopped':
      return 'sign-in-stopped';
    case 'refused':
      return 'service-refused';
    case 'not-found':
      return 'not-found';
    case 'rate-limited':
      return 'rate-limited';
    case 'network':
    case 'timeout':
      return 'network';
    case 'unavailable':
    case 'unreadable':
    case 'cancelled':
      return 'service-failed';
  }
}

export function problemOf(failure: ServiceFailure, account: string | null): Problem {
  const { errorCode, errorMessage, status } = failure;
  return {
    code: problemCodeOf(failure),
    message: failure.message,
    account,
    service:
      errorCode === null && errorMessage === null && status === null ? null : { errorCode, errorMessage, status },
  };
}

/** The same where the plan tries it again. */
function retriedProblem(failure: ServiceFailure, account: string | null): Problem {
  return { ...problemOf(failure, account), message: retriedSentence(failure) };
}

/** The account's state in the words of the command line's contract. */
export function standing(state: State, name: string): Standing {
  const real = state.accounts[name];
  const wish = state.wishes[name];
  if (!real || !wish || !isWanted(state, name)) return { state: 'off', sentence: offSentence(state), problem: null };
  if (state.storage.kind === 'failed')
    return needsYou({ code: 'storage-failed', message: state.storage.failure.message, account: name, service: null });
  if (state.signIn.kind === 'none') return starting('Signing in to ThingSpace.');
  if (state.signIn.kind === 'failed') {
    const problem = retriedProblem(state.signIn.failure, null);
    return state.signIn.retryAt === null || state.signIn.failure.kind === 'keychain'
      ? needsYou(problem)
      : { ...starting(problem.message), problem };
  }
  const refused = Object.values(real.trouble).find(({ failure }) => isSignInTrouble(failure));
  if (refused) return needsYou(problemOf(refused.failure, null));
  return usesCallbacks(wish) ? callbackStanding(state, name, real, wish) : fetchStanding(name, real, wish);
}

/** A sign-in that ended is renewed within any step, so that each can meet its refusal. */
function isSignInTrouble({ kind }: ServiceFailure): boolean {
  return kind === 'no-credentials' || kind === 'sign-in-refused' || kind === 'sign-in-stopped';
}

function offSentence(state: State): string {
  if (state.stopping) return 'Stopping.';
  return state.paused
    ? 'Paused. Texts wait in the queue at ThingSpace.'
    : 'Off. Texts wait in the queue at ThingSpace.';
}

/** The callback stands where we put it, though we no longer want it. */
export function notGivenBack(account: string, failure: ServiceFailure): Problem {
  const problem = problemOf(failure, account);
  const message = `The callback of ${account} could not be given back and is still ours: ${problem.message} The next start gives it back, and so does callbacks --restore.`;
  return { ...problem, message };
}

function starting(sentence: string): Standing {
  return { state: 'starting', sentence, problem: null };
}

function needsYou(problem: Problem): Standing {
  return { state: 'needs-you', sentence: problem.message, problem };
}

/** The failure of a step, as long as it stands. One that a person must clear needs the person; others are tried again. */
function troubleStanding(name: string, real: AccountReal, step: AccountStep, workaround: boolean): Standing | null {
  const trouble = real.trouble[step];
  if (!trouble) return null;
  const problem = retriedProblem(trouble.failure, name);
  if (workaround) return { state: 'degraded', sentence: problem.message, problem };
  const { kind } = trouble.failure;
  return kind === 'refused' || kind === 'not-found'
    ? needsYou(problem)
    : { state: 'starting', sentence: problem.message, problem };
}

function fetchStanding(name: string, real: AccountReal, wish: Wish): Standing {
  const failed = troubleStanding(name, real, wish.mode === 'peek' ? 'peek' : 'drain', false);
  if (failed) return failed;
  const every = `every ${Math.round(wish.pollIntervalMs / 1000)} s`;
  if (wish.mode === 'peek') {
    const seen = real.peeked === null ? '' : ` ${waiting(real.peeked)}`;
    return {
      state: 'polling',
      sentence: `Only looking at the queue ${every}; nothing is taken out of it.${seen}`,
      problem: null,
    };
  }
  if (real.queue.kind === 'draining' && real.queue.fetched > 0) return catchingUp(real);
  if (real.lastFetchAt === null) return starting('Fetching the queue for the first time.');
  return { state: 'polling', sentence: `Fetching the queue ${every}.`, problem: null };
}

/** The history answers at most one block of 100 at a look. */
/** What was found in a queue from which nothing is taken. */
export function lookedAt(count: number): string {
  return `The queue was looked at, and nothing was taken out of it. ${waiting(count)}`;
}

function waiting(count: number): string {
  if (count === 0) return 'It is empty.';
  return count >= 100
    ? 'At least 100 texts wait in it.'
    : `${count} ${count === 1 ? 'text waits' : 'texts wait'} in it.`;
}

function catchingUp(real: AccountReal): Standing {
  const fetched = real.queue.kind === 'draining' ? real.queue.fetched : 0;
  return { state: 'catching-up', sentence: `Catching up: ${fetched} fetched from the queue.`, problem: null };
}

function callbackStanding(state: State, name: string, real: AccountReal, wish: Wish): Standing {
  const { registration } = real;
  if (registration.kind === 'unknown')
    return troubleStanding(name, real, 'look', false) ?? starting('Reading who holds the callback.');
  if (registration.kind === 'other' && !(wish.takeOver && state.address.kind === 'up'))
    return heldStanding(name, registration);
  if (state.listener.kind === 'failed') return wayInFailed(real, wish, { ...state.listener.problem, account: name });
  if (state.address.kind === 'failed')
    return wayInFailed(real, wish, { ...state.address.problem, account: name }, state.address.passing);
  if (state.address.kind === 'not-configured') return notConfigured(name, real, wish);
  if (state.address.kind === 'none' || state.proof.kind === 'none') return starting('Checking the public URL.');
  if (registration.kind !== 'ours' || !registration.current) {
    return (
      troubleStanding(name, real, 'register', wish.mode === 'auto' && real.queue.kind === 'empty') ??
      starting('Registering the callback.')
    );
  }
  return oursStanding(state, name, real, wish);
}

function oursStanding(state: State, name: string, real: AccountReal, wish: Wish): Standing {
  if (real.startedAt === null) {
    if (wish.mode === 'auto' && real.queue.kind !== 'empty' && !real.trouble.drain) return catchingUp(real);
    return (
      troubleStanding(name, real, 'start-callbacks', wish.mode === 'auto' && real.queue.kind === 'empty') ??
      starting('Asking ThingSpace to start callbacks.')
    );
  }
  if (state.proof.kind === 'failed') return unproved(name, real, wish, state.proof);
  if (wish.mode === 'auto') {
    const failed = troubleStanding(name, real, 'drain', true);
    if (failed) return failed;
    if (real.queue.kind === 'unproven' || (real.queue.kind === 'draining' && real.queue.fetched > 0))
      return catchingUp(real);
  }
  const looking = real.trouble.look ? ` ${retriedSentence(real.trouble.look.failure)}` : '';
  return { state: 'live', sentence: `Live: ThingSpace pushes each text here.${looking}`, problem: null };
}

/** Live means that the nonce came back. That ThingSpace reaches us all the same, as behind some routers, is said only. */
function unproved(
  name: string,
  real: AccountReal,
  wish: Wish,
  proof: Extract<State['proof'], { kind: 'failed' }>,
): Standing {
  const problem = { ...proof.problem, account: name };
  const arrives = real.lastCallbackAt !== null && real.lastCallbackAt > proof.at - defaultIntervals.probe;
  const fetched = wish.mode === 'auto' ? ' Until then the queue is fetched.' : '';
  const meanwhile = arrives ? ' Texts still arrive by callback.' : fetched;
  return { state: 'degraded', sentence: `${problem.message}${meanwhile}`, problem };
}

const heldAdvice =
  'Take it over to get them here (listen --take-over); it is given back when you stop. Or only look at the queue (--mode peek).';

function heldStanding(name: string, registration: Extract<AccountReal['registration'], { kind: 'other' }>): Standing {
  const start = registration.taken
    ? `Another server took the callback for ${name} (${registration.holder}). Texts go there now.`
    : `Another server holds the callback for ${name} (${registration.holder}). Texts go there.`;
  return needsYou({
    code: registration.taken ? 'callback-taken' : 'callback-held',
    message: `${start} ${heldAdvice}`,
    account: name,
    service: null,
  });
}

/** `passing`: it is tried again by itself, and may work then. */
function wayInFailed(real: AccountReal, wish: Wish, problem: Problem, passing = false): Standing {
  if (wish.mode === 'auto' && real.queue.kind === 'empty') {
    return { state: 'degraded', sentence: `${problem.message} Until then the queue is fetched.`, problem };
  }
  return wish.mode === 'callback' && !passing
    ? needsYou(problem)
    : { state: 'starting', sentence: problem.message, problem };
}

function notConfigured(name: string, real: AccountReal, wish: Wish): Standing {
  if (wish.mode === 'auto') return troubleStanding(name, real, 'drain', false) ?? fetchStanding(name, real, wish);
  return needsYou({
    code: 'public-url-refused',
    message:
      'There is no public URL, so ThingSpace cannot call. Give one (--public-url, or in the settings), or fetch the queue instead.',
    account: name,
    service: null,
  });
}

/** The light of an account: its state, but for pausing. */
export function lightOf(state: AccountState): Light {
  return state === 'polling' ? 'live' : state;
}
