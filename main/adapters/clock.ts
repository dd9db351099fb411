import type { Clock } from '../core/ports.ts';

/** `setTimeout` calls at once when asked to wait longer. */
const longestWaitMs = 2_147_483_647;

/** The computer's clock. What waits here does not keep the process alive. */
export function createClock(): Clock {
  function after(ms: number, call: () => void): () => void {
    const step = Math.min(ms, longestWaitMs);
    let cancelRest: (() => void) | null = null;
    const timer = setTimeout(() => {
      if (ms > step) cancelRest = after(ms - step, call);
      else call();
    }, step).unref();
    return () => {
      clearTimeout(timer);
      cancelRest?.();
    };
  }
  return { now: () => Date.now(), after };
}
