import { expect, test } from 'vitest';
import { createTimeline } from '../../main/services/timeline.ts';
import type { TimelineEntry } from '../../preload/contract/snapshot.ts';
import { createFakeClock } from '../fakes/clock.ts';

test('a problem that is why an account changed its state is not said twice', () => {
  let kept: readonly TimelineEntry[] = [];
  const notes = {
    read: () => kept,
    write(entries: readonly TimelineEntry[]) {
      kept = entries;
    },
  };
  const timeline = createTimeline(notes, createFakeClock());
  const problem = (message: string) =>
    ({ type: 'problem', problem: { code: 'callback-held', message, account: 'A', service: null } }) as const;
  timeline.note({ type: 'account', account: 'A', state: 'needs-you', reason: 'Another server holds it.' });
  timeline.note(problem('Another server holds it.'));
  timeline.note(problem('Something else.'));
  timeline.note(problem('Another server holds it.'));
  expect(timeline.newest(10).map(({ text }) => text)).toEqual([
    'Another server holds it.',
    'Something else.',
    'needs-you: Another server holds it.',
  ]);
});
