import type { ServiceFailure } from './failure.ts';
import { isPassing } from './failure.ts';

const firstMs = 1000;
/** The longest wait between two tries (milliseconds). */
export const longestMs = 15 * 60_000;

/**
 * Milliseconds until the next try after `attempt` failures in a row (from 1): doubling, at most 15 minutes, up to a
 * third of it taken off by `chance` (0 to 1) so that many laptops do not come back at the same moment.
 */
export function backoffMs(attempt: number, chance: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(whole * (1 - chance / 3));
}

/** As `backoffMs`, but never before the service allows it, and slowly where only a person can change the outcome. */
export function retryDelayMs(failure: ServiceFailure, attempt: number, chance: number): number {
  const wait = isPassing(failure) ? backoffMs(attempt, chance) : longestMs;
  return Math.max(wait, failure.retryAfterMs ?? 0);
}
