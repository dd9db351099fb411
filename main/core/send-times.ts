import type { Send } from '../../preload/contract/sends.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';

/* When something is to be done about a text that was sent. Times are milliseconds since 1970. */

const minute = 60_000;
const hour = 60 * minute;

export function isAtMost(at: number, iso: string): boolean {
  return at <= Date.parse(iso);
}

/** After these times without a report ThingSpace is asked how the request stands; from then on every twelve hours. */
const looksAfter = [minute / 2, 2 * minute, 10 * minute, hour, 6 * hour];
const laterLooksEvery = 12 * hour;
/** What ThingSpace has to say at the end may take a little. */
const graceMs = 10 * minute;

/** Until when ThingSpace tries to deliver it. */
export function endOfLife(send: Send): number {
  return Date.parse(send.askedAt) + (send.timeToLiveSeconds ?? longestTimeToLive) * 1000;
}

/** Whether ThingSpace has had its time with it: what it then still calls pending will not be delivered any more. */
export function isPastLife(send: Send, now: number): boolean {
  return now >= endOfLife(send) + graceMs;
}

/** When ThingSpace is to be asked next, if nothing is reported before; null when it has nothing to say. */
export function nextLookAt(send: Send, lastLookAt: number | null): number | null {
  if (send.state !== 'queued' || send.requestId === null) return null;
  const askedAt = Date.parse(send.askedAt);
  const last = lastLookAt ?? askedAt;
  const early = looksAfter.find((after) => askedAt + after > last);
  const next = early === undefined ? last + laterLooksEvery : askedAt + early;
  const end = endOfLife(send) + graceMs;
  return last < end ? Math.min(next, end) : last + hour;
}

/** A late answer is still noted for so long after the command. */
const lateAnswersMs = 24 * hour;

/** Whether a text from the device can still change what is known of the answer. */
export function mayBeAnswered(send: Send, now: number): boolean {
  const { awaited } = send;
  if (awaited === null) return false;
  if (awaited.result === 'waiting') return true;
  return awaited.result === 'failed' && now - Date.parse(send.askedAt) < lateAnswersMs;
}
