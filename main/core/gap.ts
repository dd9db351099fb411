import type { Gap } from '../../preload/contract/snapshot.ts';
import type { QueueState } from './state.ts';

/** A shorter time without callbacks that brought no text is not worth a word (milliseconds). */
const shortestMs = 60_000;

/** The gap that ends when the queue is seen empty; null when there was none to speak of. */
export function gapClosed(
  before: QueueState,
  emptied: { readonly account: string; readonly at: number; readonly fetched: number },
): Gap | null {
  if (before.kind === 'empty') return null;
  const fetched = before.kind === 'draining' ? before.fetched : 0;
  const long = before.since !== null && emptied.at - before.since >= shortestMs;
  if (fetched === 0 && !long) return null;
  const from = before.since === null ? null : new Date(before.since).toISOString();
  return { account: emptied.account, from, to: new Date(emptied.at).toISOString(), fetched, pending: 0 };
}

/**
 * The gap in words, in local time: `Unreachable 03:12–07:40; 214 fetched from the queue, 0 pending.` `now`
 * (milliseconds since 1970): times of any other day then carry their date.
 */
export function gapSentence(gap: Gap, now = Date.parse(gap.to)): string {
  const fetched = `${gap.fetched} fetched from the queue, ${gap.pending} pending.`;
  const to = new Date(gap.to);
  const from = gap.from === null ? null : new Date(gap.from);
  const isToday = [from ?? to, to].every((at) => at.toDateString() === new Date(now).toDateString());
  const words = (at: Date): string => (isToday ? time(at) : `${day(at)} ${time(at)}`);
  if (from === null) return isToday ? `Caught up: ${fetched}` : `Caught up ${words(to)}: ${fetched}`;
  return `Unreachable ${words(from)}–${words(to)}; ${fetched}`;
}

/** The newest gap of each account. */
export type Gaps = Readonly<Record<string, Gap>>;

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function time(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function day(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
