import type { Clock } from '../../main/core/ports.ts';

export interface FakeClock extends Clock {
  /** Lets `ms` pass: calls what becomes due, in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back, as a person or NTP would; waits are not affected. */
  jump(ms: number): void;
  /** How many calls are waited for. */
  waiting(): number;
}

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A clock that stands still until told otherwise. */
export function createFakeClock(start = Date.UTC(2026, 10, 23, 15)): FakeClock {
  let passed = 0;
  let offset = start;
  const timers = new Set<Timer>();

  function nextDue(until: number): Timer | undefined {
    return [...timers].filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0];
  }

  return {
    now: () => offset + passed,
    after(ms, call) {
      const timer = { due: passed + Math.max(0, ms), call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = passed + ms;
      await settle();
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer);
        passed = Math.max(passed, timer.due);
        timer.call();
        await settle();
      }
      passed = until;
    },
    jump(ms) {
      offset += ms;
    },
    waiting: () => timers.size,
  };
}
