/** Calls to the thread that writes, two for each text, after which new rows are told though there was no pause. */
const followedCalls = 10_000;
/** Milliseconds: where as many came in less, they go first, and the index waits for a pause. */
const calmMs = 5000;

/**
 * Whether it is time to tell of new rows where texts never pause, so that the index of a long flood is not left to the
 * first search. To be called with how many calls there were since the last time. `now`: milliseconds.
 */
export function createFollowing(now: () => number): (calls: number) => boolean {
  let count = 0;
  let since = now();
  return (calls) => {
    count += calls;
    if (count < followedCalls) return false;
    const took = now() - since;
    [count, since] = [0, now()];
    return took > calmMs;
  };
}
