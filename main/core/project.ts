import type { AccountView, Action, Light, Problem, Snapshot } from '../../preload/contract/snapshot.ts';
import { lightOf, type Standing, standing } from './standing.ts';
import type { State } from './state.ts';
import { wayInStanding } from './way-in-standing.ts';

export interface SnapshotFacts {
  readonly appVersion: string;
  readonly simulated: boolean;
}

/** What faces show of a state. `number` orders the snapshots. */
export function project(state: State, number: number, facts: SnapshotFacts): Snapshot {
  const standings = Object.keys(state.wishes).map((name) => ({ name, standing: standing(state, name) }));
  const accounts = standings.map(({ name, standing }) => accountView(state, name, standing));
  const light = overallLight(state, accounts);
  return {
    number,
    appVersion: facts.appVersion,
    light,
    sentence: sentence(state, accounts, light),
    action: action(state, accounts),
    paused: state.paused,
    simulated: facts.simulated,
    demo: 'absent',
    publicOrigin: state.address.kind === 'up' ? state.address.origin : null,
    provedAt: state.proof.kind === 'proved' ? iso(state.proof.at) : null,
    wayIn: wayInStanding(state),
    accounts,
    problems: problems(state, accounts),
    inbox: state.inbox,
    sends: state.sends,
  };
}

function accountView(state: State, name: string, standing: Standing): AccountView {
  const real = state.accounts[name];
  const counts = state.counts[name];
  const registration = real?.registration;
  return {
    name,
    mode: state.wishes[name]?.mode ?? 'auto',
    state: standing.state,
    light: standing.state === 'off' && state.paused ? 'paused' : lightOf(standing.state),
    sentence: standing.sentence,
    problem: standing.problem,
    holder: registration?.kind === 'ours' || registration?.kind === 'other' ? registration.holder : null,
    caughtUp: real?.queue.kind === 'draining' ? real.queue.fetched : null,
    lastTextAt: counts?.lastTextAt ? iso(counts.lastTextAt) : null,
    texts: counts?.texts ?? 0,
    unread: counts?.unread ?? 0,
    lastGap: real?.lastGap ?? null,
    canStartCallbacks: registration?.kind === 'ours' && state.signIn.kind === 'signed-in',
  };
}

/** From what needs the person most to what needs nobody. */
const order: readonly Light[] = ['needs-you', 'degraded', 'starting', 'catching-up', 'live', 'off'];

function overallLight(state: State, accounts: readonly AccountView[]): Light {
  if (state.paused) return 'paused';
  return order.find((light) => accounts.some((account) => account.light === light)) ?? 'off';
}

/** Is it really listening, and is anything missing? */
function sentence(state: State, accounts: readonly AccountView[], light: Light): string {
  if (state.stopping) return 'Stopping: callbacks are given back.';
  if (accounts.length === 0) return 'No account yet. Add one to see its texts.';
  if (state.paused) return 'Paused. Texts wait in the queue at ThingSpace.';
  const worst = accounts.find((account) => account.light === light);
  if (light === 'live') return liveSentence(state, accounts);
  if (!worst) return 'Off. Texts wait in the queue at ThingSpace.';
  const others = accounts.filter((account) => account.light === 'live').length;
  const rest =
    others > 0 && light !== 'off'
      ? ` ${others} of ${accounts.length} accounts ${others === 1 ? 'is' : 'are'} fine.`
      : '';
  const named =
    worst.sentence.includes(worst.name) || accounts.length === 1 ? worst.sentence : `${worst.name}: ${worst.sentence}`;
  return `${named}${rest}`;
}

function liveSentence(state: State, accounts: readonly AccountView[]): string {
  const pushed = accounts.filter((account) => account.state === 'live').length;
  const on = accounts.length === 1 ? '' : ` on ${accounts.length} accounts`;
  if (pushed === 0) return accounts.length === 1 ? (accounts[0]?.sentence ?? '') : `Fetching the queues${on}.`;
  const through = state.address.kind === 'up' ? ` through ${state.address.origin}` : '';
  const nothing = accounts.every((account) => account.state !== 'live' || account.mode === 'auto')
    ? ' Nothing is waiting.'
    : '';
  return `Listening${on}${through}.${nothing}`;
}

function action(state: State, accounts: readonly AccountView[]): Action | null {
  if (state.stopping) return null;
  if (accounts.length === 0) return { kind: 'add-account', label: 'Add an account' };
  if (state.paused) return { kind: 'resume', label: 'Resume' };
  const needy = accounts.find((account) => account.problem !== null && account.state === 'needs-you');
  const problem = needy?.problem ?? accounts.find((account) => account.problem !== null)?.problem;
  if (!problem) return resumption(accounts);
  return (needy ? decision(needy.name, problem) : null) ?? repair(state, problem);
}

/** What only the person can decide, or knows. */
function decision(account: string, { code }: Problem): Action | null {
  switch (code) {
    case 'callback-held':
    case 'callback-taken':
      return { kind: 'take-over', label: 'Take it over…', account };
    case 'credentials-missing':
    case 'sign-in-refused':
    case 'sign-in-stopped':
      return { kind: 'sign-in', label: 'Enter credentials…' };
    default:
      return null;
  }
}

/** What only another choice can mend leads to the settings; all else is tried again by itself, and sooner when asked. */
function repair({ address, provedOrigin }: State, { code }: Problem): Action {
  const mustChoose =
    code === 'public-url-refused' ||
    // What never led here is more likely mistyped than broken.
    (code === 'public-url-unreachable' && address.kind === 'up' && address.origin !== provedOrigin) ||
    code === 'listener-failed' ||
    (code === 'tunnel-failed' && address.kind === 'failed' && !address.passing);
  return mustChoose ? { kind: 'settings', label: 'Open the settings…' } : { kind: 'retry', label: 'Try now' };
}

/** What is off can be resumed, once nothing else is on. */
function resumption(accounts: readonly AccountView[]): Action | null {
  const off = accounts.find((account) => account.state === 'off');
  return off && accounts.every((account) => account.state === 'off')
    ? { kind: 'resume-account', label: 'Resume', account: off.name }
    : null;
}

/** Each problem once, though several accounts share it. */
function problems(state: State, accounts: readonly AccountView[]): readonly Problem[] {
  const all = [...state.told, ...accounts.flatMap((account) => (account.problem ? [account.problem] : []))];
  return all.filter(
    (problem, index) =>
      all.findIndex((other) => other.code === problem.code && other.message === problem.message) === index,
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
