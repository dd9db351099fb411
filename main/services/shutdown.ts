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

  function isDone(): boolean {
    const { accounts, busy } = state.get();
    const ours = Object.values(accounts).some(
      ({ registration, trouble }) => registration.kind === 'ours' && !trouble.release,
    );
    return !ours && Object.keys(busy).length === 0;
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
      const cancel = clock.after(releaseMs, finish);
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
