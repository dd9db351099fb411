import type { QueryClock } from '../core/query-time.ts';

/** Times in a search are the user's local ones. */
export function localClock(now: number): QueryClock {
  return {
    now,
    timeZoneOffsetMinutes(localAt) {
      const guess = new Date(localAt);
      return -new Date(localAt + guess.getTimezoneOffset() * 60_000).getTimezoneOffset();
    },
  };
}
