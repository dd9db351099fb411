import type { Clock } from '../core/ports.ts';

const tickMs = 5000;
/** A timer that is this much late was not late: the machine slept. */
const lateMs = 30_000;

/** Tells of sleep without the desktop's power events: by a clock that has jumped. Returns what ends it. */
export function watchForSleep(clock: Clock, woke: (since: number) => void): () => void {
  let last = clock.now();
  let cancel = clock.after(tickMs, tick);

  function tick(): void {
    const now = clock.now();
    if (now - last > tickMs + lateMs || now < last - lateMs) woke(last);
    last = now;
    cancel = clock.after(tickMs, tick);
  }

  return () => cancel();
}
