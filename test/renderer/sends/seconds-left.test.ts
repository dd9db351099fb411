import { expect, test } from 'vitest';
import { secondsLeft } from '../../../renderer/sends/seconds-left.ts';

const asked = Date.UTC(2026, 10, 23);
const dueAt = new Date(asked + 20_000).toISOString();

test('an answer is waited for from as long as was given down to nothing', () => {
  expect(secondsLeft(dueAt, 20, asked - 400)).toBe(20);
  expect(secondsLeft(dueAt, 20, asked)).toBe(20);
  expect(secondsLeft(dueAt, 20, asked + 1500)).toBe(19);
  expect(secondsLeft(dueAt, 20, asked + 60_000)).toBe(0);
});
