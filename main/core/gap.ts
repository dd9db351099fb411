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

/** The gap in words, in local time: `Unreachable 03:12–07:40; 214 fetched from the queue, 0 pending.` */
export function gapSentence(gap: Gap): string {
  const fetched = `${gap.fetched} fetched from the queue, ${gap.pending} pending.`;
  if (gap.from === null) return `Caught up: ${fetched}`;
  const from = new Date(gap.from);
  const to = new Date(gap.to);
  const sameDay = from.toDateString() === to.toDateString();
  return `Unreachable ${sameDay ? time(from) : `${day(from)} ${time(from)}`}–${sameDay ? time(to) : `${day(to)} ${time(to)}`}; ${fetched}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function time(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function day(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
