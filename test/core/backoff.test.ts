import { describe, expect, it } from 'vitest';
import { backoffMs, retryDelayMs } from '../../main/core/backoff.ts';
import { serviceFailure } from '../../main/core/failure.ts';

const quarterHour = 15 * 60_000;

describe('the wait after failures in a row', () => {
  it('doubles from a second to a quarter of an hour', () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 0))).toEqual([1000, 2000, 4000, 8000]);
    expect(backoffMs(11, 0)).toBe(quarterHour);
    expect(backoffMs(1_000_000, 0)).toBe(quarterHour);
  });
  it('is shortened by chance, by at most a third', () => {
    expect(backoffMs(3, 1)).toBe(2667);
    expect(backoffMs(3, 0.5)).toBe(3333);
  });
  it('is never shorter than the service asks for', () => {
    const limited = serviceFailure('rate-limited', 'Too many.', { retryAfterMs: 90_000 });
    expect(retryDelayMs(limited, 1, 0)).toBe(90_000);
    expect(retryDelayMs({ ...limited, retryAfterMs: 10 }, 1, 0)).toBe(1000);
  });
  it('is long at once where only a person can change the outcome', () => {
    expect(retryDelayMs(serviceFailure('refused', 'No.'), 1, 1)).toBe(quarterHour);
  });
});
