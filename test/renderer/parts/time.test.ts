import { describe, expect, test } from 'vitest';
import { age, fullTime, minuteTimes, preciseAge, rowTime, stampOf } from '../../../renderer/parts/time.ts';
import { wordsFor } from '../../../renderer/words/words.ts';

const english = wordsFor('en-US');
const { formats } = english;

const now = new Date(2026, 10, 23, 14, 3, 22).getTime();
const at = (...parts: [number, number, number, number, number, number]): string => new Date(...parts).toISOString();

describe('a row’s time', () => {
  test('is bare today', () => {
    expect(rowTime(at(2026, 10, 23, 9, 5, 7), now, formats)).toEqual({ date: null, clock: '09:05:07' });
  });

  test('carries the date on older days, even of minutes ago', () => {
    const midnight = new Date(2026, 10, 23, 0, 1, 0).getTime();
    expect(rowTime(at(2026, 10, 22, 23, 59, 58), midnight, formats)).toEqual({ date: 'Nov 22', clock: '23:59:58' });
  });

  test('carries the year of another year', () => {
    expect(rowTime(at(2025, 0, 3, 23, 59, 58), now, formats)).toEqual({ date: 'Jan 03, 2025', clock: '23:59' });
  });

  test('that is none is shown as it was given', () => {
    expect(rowTime('yesterday', now, formats)).toEqual({ date: null, clock: 'yesterday' });
    expect(fullTime('yesterday', formats)).toBe('yesterday');
  });
});

test('a full time names milliseconds and zone', () => {
  const moment = at(2026, 10, 23, 14, 3, 22);
  expect(fullTime(moment, formats)).toMatch(/^Nov 23, 2026, 14:03:22\.000 [A-Z]{2,}([+−]\d+(:\d\d)?)?$/);
  expect(fullTime(moment, wordsFor('es-ES').formats)).toMatch(/^23 nov 2026, 14:03:22,000 [A-Z]{2,}/);
});

test('a full time for other programs is in no one’s language', () => {
  expect(stampOf(at(2026, 10, 23, 14, 3, 22))).toMatch(/^2026-11-23 14:03:22\.000 UTC([+−]\d+(:\d\d)?)?$/);
  expect(stampOf('yesterday')).toBe('yesterday');
});

test('an age is said in the largest unit that fits', () => {
  expect(age(new Date(now - 20_000).toISOString(), now, english)).toBe('just now');
  expect(age(new Date(now - 4 * 60_000).toISOString(), now, english)).toBe('4 min ago');
  expect(age(new Date(now - 3 * 3_600_000).toISOString(), now, english)).toBe('3 h ago');
  expect(age(new Date(now - 50 * 3_600_000).toISOString(), now, english)).toBe('Nov 21');
});

test('a precise age counts seconds, and is never less than none', () => {
  expect(preciseAge(new Date(now - 12_400).toISOString(), now, english)).toBe('12 s ago');
  expect(preciseAge(new Date(now + 5000).toISOString(), now, english)).toBe('0 s ago');
  expect(preciseAge(new Date(now - 61_000).toISOString(), now, english)).toBe('1 min ago');
});

test('two moments carry their days as soon as one is not today’s', () => {
  expect(minuteTimes([at(2026, 10, 23, 3, 12, 5), at(2026, 10, 23, 7, 40, 0)], now, formats)).toEqual([
    '03:12',
    '07:40',
  ]);
  expect(minuteTimes([at(2026, 10, 22, 23, 12, 5), at(2026, 10, 23, 7, 40, 0)], now, formats)).toEqual([
    'Nov 22 23:12',
    'Nov 23 07:40',
  ]);
});

test('days and ages are written in the language that is spoken', () => {
  const spanish = wordsFor('es-ES');
  expect(rowTime(at(2026, 10, 22, 23, 59, 58), now, spanish.formats).date).toBe('22 nov');
  expect(age(new Date(now - 4 * 60_000).toISOString(), now, spanish)).toBe('hace 4 min');
});
