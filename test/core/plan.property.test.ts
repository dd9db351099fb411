import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../main/core/event.ts';
import { defaultIntervals, isWanted, nextSteps, usesCallbacks } from '../../main/core/plan.ts';
import { reduce } from '../../main/core/reduce.ts';
import { standing } from '../../main/core/standing.ts';
import { initialState, laneOf, type State, type Step } from '../../main/core/state.ts';
import { type FaultKind, faultKinds, holderOf, perform, type World } from './model-world.ts';

const accounts = ['0000123456-00001', 'FIELD_DEMO-A'] as const;
const start = Date.UTC(2026, 10, 23, 3);
const minute = 60_000;

/** The plan carried out against the model, with every rule checked at every step. */
function createRun(origin: string | null) {
  const world: World = { now: start, origin, holders: new Map(), queued: new Map() };
  const underWay = new Map<string, Step>();
  const breaches: string[] = [];
  let state: State = initialState;
  let done = 0;

  function tell(event: Event): void {
    state = reduce(state, event);
  }

  function plan() {
    const made = nextSteps(state, world.now, defaultIntervals);
    const lanes = made.steps.map(laneOf);
    if (new Set(lanes).size < lanes.length) breaches.push('two steps in one lane');
    if (lanes.some((lane) => underWay.has(lane))) breaches.push('a step in a lane that is busy');
    for (const step of made.steps) if (step.lane === 'account') checkStep(step);
    return made;
  }

  function checkStep({ account, step }: Extract<Step, { lane: 'account' }>): void {
    const wish = state.wishes[account];
    const held = state.accounts[account]?.registration.kind === 'other';
    if (step === 'register' && held && !wish?.takeOver) breaches.push('a callback was to be taken without a yes');
    if (step === 'release' && isWanted(state, account) && usesCallbacks(wish))
      breaches.push('a wanted callback was to be given back');
    if (step !== 'release' && !isWanted(state, account)) breaches.push(`${step} for an account that is not wanted`);
    if (step === 'drain' && wish?.mode !== 'auto' && wish?.mode !== 'poll')
      breaches.push('drained in a mode that looks');
  }

  function begin(step: Step): void {
    underWay.set(laneOf(step), step);
    tell({ type: 'step-started', step });
  }

  function finish(step: Step, fault: FaultKind | null): void {
    done += 1;
    for (const event of perform(state, world, step, fault, (what) => breaches.push(what))) tell(event);
    underWay.delete(laneOf(step));
    tell({ type: 'step-ended', step });
  }

  return {
    world,
    breaches,
    tell,
    state: () => state,
    begin: () => plan().steps.forEach(begin),
    finishOne(fault: FaultKind | null): void {
      const [step] = underWay.values();
      if (step) finish(step, fault);
    },
    /** Without faults, until nothing is to be done before `until` (or `isThere`): how many steps that took. */
    calm(until: number, isThere: () => boolean = () => false): number {
      const before = done;
      while (done - before < 1000) {
        for (const step of Array.from(underWay.values())) finish(step, null);
        if (isThere()) break;
        const { steps, wakeAt } = plan();
        steps.forEach(begin);
        if (steps.length > 0) continue;
        if (wakeAt === null || wakeAt > until) break;
        world.now = Math.max(world.now, wakeAt);
      }
      return done - before;
    },
  };
}

type Run = ReturnType<typeof createRun>;

const account = fc.constantFrom(...accounts);
const fault = fc.constantFrom(null, null, ...faultKinds);
const does = (arbitrary: fc.Arbitrary<(run: Run) => void>) => arbitrary;

/** All that can happen to the app from outside, and its own steps going well or badly. */
const happening = fc.oneof(
  { weight: 8, arbitrary: does(fc.constant((run) => run.begin())) },
  { weight: 10, arbitrary: does(fault.map((kind) => (run) => run.finishOne(kind))) },
  {
    weight: 3,
    arbitrary: does(
      fc.constantFrom(1000, 10_000, minute, 20 * minute, 8 * 60 * minute).map((ms) => (run) => {
        run.world.now += ms;
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: does(
      fc
        .record({
          account,
          mode: fc.constantFrom('auto', 'callback', 'poll', 'peek'),
          takeOver: fc.boolean(),
          stopped: fc.boolean(),
          pollIntervalMs: fc.constantFrom(minute, 5 * minute),
        })
        .map(
          ({ account: name, ...wish }) =>
            (run) =>
              run.tell({ type: 'wished', account: name, wish }),
        ),
    ),
  },
  {
    weight: 1,
    arbitrary: does(account.map((name) => (run) => run.tell({ type: 'wished', account: name, wish: null }))),
  },
  { weight: 1, arbitrary: does(account.map((name) => (run) => run.tell({ type: 'claim-found', account: name }))) },
  { weight: 1, arbitrary: does(account.map((name) => (run) => run.tell({ type: 'take-over-agreed', account: name }))) },
  { weight: 1, arbitrary: does(fc.boolean().map((paused) => (run) => run.tell({ type: 'paused', paused }))) },
  { weight: 1, arbitrary: does(fc.constant((run) => run.tell({ type: 'retry-asked' }))) },
  { weight: 2, arbitrary: does(fc.constant((run) => run.tell({ type: 'woke', since: run.world.now - 20 * minute }))) },
  {
    weight: 1,
    arbitrary: does(
      fc.constant((run) =>
        run.tell({
          type: 'storage-failed',
          failure: { kind: 'disk-full', message: 'The disk is full.' },
          at: run.world.now,
        }),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: does(
      account.map(
        (name) => (run) => run.tell({ type: 'queue-doubted', account: name, at: run.world.now, since: run.world.now }),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: does(account.map((name) => (run) => run.world.queued.set(name, (run.world.queued.get(name) ?? 0) + 3))),
  },
  {
    weight: 2,
    arbitrary: does(account.map((name) => (run) => run.world.holders.set(name, { kind: 'other' }))),
  },
  { weight: 1, arbitrary: does(account.map((name) => (run) => run.world.holders.set(name, { kind: 'nobody' }))) },
  {
    weight: 2,
    arbitrary: does(
      fc.constantFrom('https://a.example', 'https://b.example').map((origin) => (run) => {
        if (run.world.origin === null) return;
        run.world.origin = origin;
        if (run.state().address.kind === 'up') run.tell({ type: 'address-up', origin, at: run.world.now });
      }),
    ),
  },
);

const course = fc.record({
  origin: fc.constantFrom('https://a.example', 'https://a.example', null),
  happenings: fc.array(happening, { maxLength: 60 }),
});

/** Where the account should stand when nothing is in the way. */
function isWhereWanted(run: Run, name: string): boolean {
  const state = run.state();
  const real = state.accounts[name];
  const wish = state.wishes[name];
  if (!real) return true;
  const holder = holderOf(run.world, name);
  if (!wish || !isWanted(state, name)) return holder.kind !== 'ours' && real.registration.kind !== 'ours';
  const { state: word, problem } = standing(state, name);
  if (usesCallbacks(wish) && holder.kind === 'other') return problem?.code.startsWith('callback-') ?? false;
  if (usesCallbacks(wish) && run.world.origin === null)
    return wish.mode === 'auto' ? word === 'polling' : problem?.code === 'public-url-refused';
  if (!usesCallbacks(wish) && holder.kind === 'ours') return false;
  if (wish.mode === 'peek') return word === 'polling';
  const caughtUp = (run.world.queued.get(name) ?? 0) === 0;
  if (wish.mode === 'poll') return word === 'polling' && caughtUp;
  const isOurs = holder.kind === 'ours' && holder.origin === run.world.origin;
  return word === 'live' && isOurs && caughtUp;
}

function arrive(run: Run): number {
  // What only a person can clear, a person clears; all else is found by the plan itself, at its intervals.
  const { signIn } = run.state();
  if (signIn.kind === 'failed' && signIn.retryAt === null) run.tell({ type: 'retry-asked' });
  return run.calm(run.world.now + 40 * minute, () => accounts.every((name) => isWhereWanted(run, name)));
}

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1500);

describe('from any state, once faults stop', () => {
  it('the plan leads to what is wanted, in few steps, and stays there', () => {
    fc.assert(
      fc.property(course, ({ origin, happenings }) => {
        const run = createRun(origin);
        for (const happen of happenings) happen(run);
        const taken = arrive(run);
        expect(accounts.map((name) => [name, isWhereWanted(run, name)])).toEqual(accounts.map((name) => [name, true]));
        // At worst a step waits a quarter of an hour for its next try, while the others go on at their intervals.
        expect(taken).toBeLessThanOrEqual(120);
        // An hour: the proof and two looks a minute, and two queues at most once a minute.
        expect(run.calm(run.world.now + 60 * minute)).toBeLessThanOrEqual(5 * 60 + 20);
        expect(accounts.every((name) => isWhereWanted(run, name))).toBe(true);
        expect(run.breaches).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('stopping gives back whatever is ours, and touches nothing else', () => {
    fc.assert(
      fc.property(course, ({ origin, happenings }) => {
        const run = createRun(origin);
        for (const happen of happenings) happen(run);
        const others = accounts.filter((name) => holderOf(run.world, name).kind === 'other');
        const known = accounts.filter((name) => run.state().accounts[name]?.registration.kind === 'ours');
        run.tell({ type: 'retry-asked' });
        run.tell({ type: 'stop-asked' });
        expect(run.calm(run.world.now + 20 * minute)).toBeLessThanOrEqual(10);
        for (const name of known) expect(holderOf(run.world, name).kind).not.toBe('ours');
        for (const name of others) expect(holderOf(run.world, name).kind).toBe('other');
        expect(nextSteps(run.state(), run.world.now, defaultIntervals)).toEqual({ steps: [], wakeAt: null });
        expect(run.breaches).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('while faults go on', () => {
  it('steps are retried ever more rarely: a whole day costs little', () => {
    fc.assert(
      fc.property(fc.constantFrom(...faultKinds), fc.constantFrom('auto', 'callback', 'poll', 'peek'), (kind, mode) => {
        const run = createRun('https://a.example');
        const wish = { mode, takeOver: false, stopped: false, pollIntervalMs: minute } as const;
        run.tell({ type: 'wished', account: accounts[0], wish });
        run.begin();
        run.finishOne(null);
        run.finishOne(null);
        const end = run.world.now + 24 * 60 * minute;
        let steps = 0;
        while (run.world.now < end && steps < 10_000) {
          const { steps: due, wakeAt } = nextSteps(run.state(), run.world.now, defaultIntervals);
          if (due.length === 0 && wakeAt === null) break;
          if (due.length === 0 && wakeAt !== null) run.world.now = wakeAt;
          run.begin();
          for (const _step of due) {
            const isProof = Object.values(run.state().busy).some((step) => step.lane === 'way-in');
            run.finishOne(kind);
            if (!isProof) steps += 1;
          }
        }
        // Backing off to a quarter of an hour: 96 a day and the first dozen.
        expect(steps).toBeLessThan(150);
        expect(run.breaches).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
