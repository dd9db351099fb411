/**
 * Whole seconds until an answer that is due is late. Never more than it was given: the time that it counts from may be
 * later than `now`, which is told once a second.
 */
export function secondsLeft(dueAt: string, given: number, now: number): number {
  const left = Math.ceil((Date.parse(dueAt) - now) / 1000);
  return Math.max(0, Math.min(left, given));
}
