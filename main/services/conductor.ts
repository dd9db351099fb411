import { type Intervals, nextSteps } from '../core/plan.ts';
import type { Clock, Log } from '../core/ports.ts';
import { laneOf, type Step } from '../core/state.ts';
import type { Store } from '../core/store.ts';

export interface ConductorDeps {
  readonly state: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervals: () => Intervals;
  /** Carries out one step and reports its outcome as events. An expected failure is an event too: a rejection is a bug. */
  readonly perform: (step: Step) => Promise<void>;
}

export interface Conductor {
  start(): void;
  /** Starts nothing more. */
  stop(): void;
  /** Runs `work` when the step's lane is free, and keeps the lane until it is done. */
  inLane<T>(step: Step, work: () => Promise<T>): Promise<T>;
}

/** Carries out what the plan says, one step at a time in each lane; wakes on every change and when time is due. */
export function createConductor(deps: ConductorDeps): Conductor {
  const { state, clock } = deps;
  let running = false;
  let planned = false;
  let cancelWake = (): void => {};
  let endSubscription = (): void => {};

  function schedule(): void {
    if (planned || !running) return;
    planned = true;
    void Promise.resolve().then(plan);
  }

  function plan(): void {
    planned = false;
    if (!running) return;
    cancelWake();
    const now = clock.now();
    const { steps, wakeAt } = nextSteps(state.get(), now, deps.intervals());
    for (const step of steps) void run(step);
    cancelWake = wakeAt === null ? () => {} : clock.after(Math.max(0, wakeAt - now), schedule);
  }

  async function run(step: Step): Promise<void> {
    state.dispatch({ type: 'step-started', step });
    try {
      await deps.perform(step);
    } catch (bug) {
      deps.log.write('error', 'step-broke', {
        step,
        bug: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug),
      });
      await pause(clock);
    } finally {
      state.dispatch({ type: 'step-ended', step });
    }
  }

  async function laneIsFree(lane: string): Promise<void> {
    while (state.get().busy[lane]) {
      await new Promise<void>((resolve) => {
        const end = state.subscribe((event) => {
          if (event.type !== 'step-ended') return;
          end();
          resolve();
        });
      });
    }
  }

  return {
    start() {
      running = true;
      endSubscription = state.subscribe(schedule);
      schedule();
    },
    stop() {
      running = false;
      cancelWake();
      endSubscription();
    },
    async inLane(step, work) {
      await laneIsFree(laneOf(step));
      state.dispatch({ type: 'step-started', step });
      try {
        return await work();
      } finally {
        state.dispatch({ type: 'step-ended', step });
      }
    },
  };
}

/** A bug must not become a busy loop. */
function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.after(5000, resolve));
}
