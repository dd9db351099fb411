import type { Clock } from '../core/ports.ts';

/** Calls `show` with the newest value, at once or as soon as `everyMs` have passed since it was last called. */
export function atMostEvery<T>(clock: Clock, everyMs: number, show: (value: T) => void): (value: T) => void {
  let waiting: readonly [T] | null = null;
  let shownAt = Number.NEGATIVE_INFINITY;
  let scheduled = false;
  const showLatest = () => {
    scheduled = false;
    shownAt = clock.now();
    const latest = waiting;
    waiting = null;
    if (latest) show(latest[0]);
  };
  return (value) => {
    waiting = [value];
    if (scheduled) return;
    // A clock that was set back must not make it wait for hours.
    const due = Math.min(everyMs, shownAt + everyMs - clock.now());
    if (due <= 0) return showLatest();
    scheduled = true;
    clock.after(due, showLatest);
  };
}
