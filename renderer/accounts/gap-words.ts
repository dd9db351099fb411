import type { Gap } from '../../preload/contract/snapshot.ts';
import { minuteTimes } from '../parts/time.ts';
import type { Words } from '../words/words.ts';

/** A gap for a glance, in local time: `Unreachable 03:12–07:40: 214 fetched from the queue, 0 pending.` */
export function gapWords(gap: Gap, now: number, words: Words): string {
  const fetched = words.gap.fetched(gap.fetched, gap.pending);
  const [first = '', last = ''] = minuteTimes(gap.from === null ? [gap.to] : [gap.from, gap.to], now, words.formats);
  if (gap.from === null) return `${words.gap.begin(first)} ${fetched}`;
  return `${words.gap.began[gap.chosen ?? 'unreachable']} ${first}–${last}: ${fetched}`;
}
