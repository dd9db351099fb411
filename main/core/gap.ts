import type { Gap } from '../../preload/contract/snapshot.ts';

/** A shorter time without callbacks that brought no text is not worth a word (milliseconds). */
const shortestMs = 60_000;
/** Where the queue is fetched every so often anyway, so many such times in a row without it are a gap. */
const missedFetches = 2.5;

/** A time in which texts cannot be pushed, or the queue not be fetched, until it is over. */
export interface OpenGap {
  /** Milliseconds since 1970; null: since before this run. */
  readonly since: number | null;
  readonly fetched: number;
  /** What the person chose that began it. */
  readonly chosen: Gap['chosen'];
}

/** The gap from `since` on, or the one that is open already: of two beginnings the earlier stands. */
export function gapOpened(open: OpenGap | null, since: number | null, chosen: Gap['chosen'] = null): OpenGap {
  if (open === null) return { since, fetched: 0, chosen };
  return open.since === null || since === null ? open : { ...open, since: Math.min(open.since, since) };
}

/**
 * The gap that ends when the queue is seen empty and texts come as they should; null when there was none to speak of.
 * `everyMs`: how often the queue is fetched where that is the way in which texts come; null: they are pushed.
 */
export function gapClosed(
  { since, fetched, chosen }: OpenGap,
  emptied: { readonly account: string; readonly at: number },
  everyMs: number | null,
): Gap | null {
  const lasted = since === null ? 0 : emptied.at - since;
  const isLong = lasted >= Math.max(shortestMs, (everyMs ?? 0) * missedFetches);
  const broughtMissed = fetched > 0 && (everyMs === null || since === null);
  if (!isLong && !broughtMissed) return null;
  const from = since === null ? null : new Date(since).toISOString();
  return { account: emptied.account, from, to: new Date(emptied.at).toISOString(), fetched, pending: 0, chosen };
}

const beginnings = {
  unreachable: 'Unreachable',
  paused: 'Paused',
  stopped: 'Stopped',
  'looked-at': 'Only looked at',
} as const;

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
  return `${beginnings[gap.chosen ?? 'unreachable']} ${words(from)}–${words(to)}; ${fetched}`;
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
