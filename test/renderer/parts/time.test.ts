import { describe, expect, test } from 'vitest';
import { age, fullTime, minuteTimes, preciseAge, rowTime } from '../../../renderer/parts/time.ts';

const now = new Date(2026, 10, 23, 14, 3, 22).getTime();
const at = (...parts: [number, number, number, number, number, number]): string => new Date(...parts).toISOString();

describe('a row’s time', () => {
  test('is bare today', () => {
    expect(rowTime(at(2026, 10, 23, 9, 5, 7), now)).toEqual({ date: null, clock: '09:05:07' });
  });

  test('carries the date on older days, even of minutes ago', () => {
    const midnight = new Date(2026, 10, 23, 0, 1, 0).getTime();
    expect(rowTime(at(2026, 10, 22, 23, 59, 58), midnight)).toEqual({ date: 'Nov 22', clock: '23:59:58' });
  });

  test('carries the year of another year', () => {
    expect(rowTime(at(2025, 0, 3, 23, 59, 58), now)).toEqual({ date: 'Jan 03 2025', clock: '23:59' });
  });

  test('that is none is shown as it was given', () => {
    expect(rowTime('yesterday', now)).toEqual({ date: null, clock: 'yesterday' });
    expect(fullTime('yesterday')).toBe('yesterday');
  });
});

test('a full time names milliseconds and zone', () => {
  expect(fullTime(at(2026, 10, 23, 14, 3, 22))).toMatch(/^2026-11-23 14:03:22\.000 UTC([+−]\d+(:\d\d)?)?$/);
});

test('an age is said in the largest unit that fits', () => {
  expect(age(new Date(now - 20_000).toISOString(), now)).toBe('just now');
  expect(age(new Date(now - 4 * 60_000).toISOString(), now)).toBe('4 min ago');
  expect(age(new Date(now - 3 * 3_600_000).toISOString(), now)).toBe('3 h ago');
  expect(age(new Date(now - 50 * 3_600_000).toISOString(), now)).toBe('Nov 21');
});

test('a precise age counts seconds, and is never less than none', () => {
  expect(preciseAge(new Date(now - 12_400).toISOString(), now)).toBe('12 s ago');
  expect(preciseAge(new Date(now + 5000).toISOString(), now)).toBe('0 s ago');
  expect(preciseAge(new Date(now - 61_000).toISOString(), now)).toBe('1 min ago');
});

test('two moments carry their days as soon as one is not today’s', () => {
  expect(minuteTimes([at(2026, 10, 23, 3, 12, 5), at(2026, 10, 23, 7, 40, 0)], now)).toEqual(['03:12', '07:40']);
  expect(minuteTimes([at(2026, 10, 22, 23, 12, 5), at(2026, 10, 23, 7, 40, 0)], now)).toEqual([
    'Nov 22 23:12',
    'Nov 23 07:40',
  ]);
});
