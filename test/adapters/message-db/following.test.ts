import { expect, test } from 'vitest';
import { createFollowing } from '../../../main/adapters/message-db/write-following.ts';

/** When it is told of new rows (seconds), in a minute of so many texts a second that never pause. */
function toldIn(textsPerSecond: number): readonly number[] {
  let second = 0;
  const isTime = createFollowing(() => second * 1000);
  const told: number[] = [];
  for (second = 1; second <= 60; second += 1) if (isTime(2 * textsPerSecond)) told.push(second);
  return told;
}

test('a flood without a pause is told of after each five thousand texts', () => {
  expect(toldIn(200)).toEqual([25, 50]);
  expect(toldIn(10)).toEqual([]);
});

test('texts that come as fast as they can be stored go first', () => {
  expect(toldIn(5000)).toEqual([]);
});
