import { serviceFailure } from '../core/failure.ts';
import type { Clock } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

export interface ShutdownParts {
  readonly state: Store;
  readonly clock: Clock;
  /** Ends in this order what is left once the callbacks were given back. */
  readonly close: () => Promise<void>;
  /** Ends what still hangs at the service. */
  readonly abandon: () => void;
}

/** What the callbacks' giving back may take; the rest of the five seconds is for closing. */
const releaseMs = 3000;

/** Gives the callbacks back by way of the plan, then closes; within 5 s even if the service hangs. Runs once. */
export function createShutdown({ state, clock, close, abandon }: ShutdownParts): () => Promise<void> {
  let stopping: Promise<void> | null = null;

  /** The accounts whose callback is ours and was not refused to be given back. */
  function owed(): readonly string[] {
    return Object.entries(state.get().accounts).flatMap(([account, { registration, trouble }]) =>
      registration.kind === 'ours' && !trouble.release ? [account] : [],
    );
  }

  function isDone(): boolean {
    return owed().length === 0 && Object.keys(state.get().busy).length === 0;
  }

  /** Time is over: what hangs now, or waits behind what hangs, is not given back. */
  function giveUp(): void {
    const failure = serviceFailure('timeout', 'ThingSpace did not answer in time.');
    const failed = { type: 'step-failed', step: 'release', failure, at: clock.now(), chance: 0 } as const;
    for (const account of owed()) state.dispatch({ ...failed, account });
  }

  function released(): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        end();
        cancel();
        resolve();
      };
      const end = state.subscribe(() => {
        if (isDone()) finish();
      });
      const cancel = clock.after(releaseMs, () => {
        giveUp();
        finish();
      });
      state.dispatch({ type: 'stop-asked' });
    });
  }

  async function stop(): Promise<void> {
    await released();
    abandon();
    await close();
  }

  return () => {
    stopping ??= stop();
    return stopping;
  };
}
