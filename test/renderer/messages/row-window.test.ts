import { describe, expect, test } from 'vitest';
import {
  mostRows,
  offsetOf,
  rowAt,
  windowEnd,
  withChanged,
  withNewer,
  withOlder,
} from '../../../renderer/messages/row-window.ts';
import { row, rows } from './rows.ts';

const window = { offset: 100, rows: rows(900, 801) };

describe('the rows that are held', () => {
  test('are found by their place and by their sequence', () => {
    expect(rowAt(window, 100)?.sequence).toBe(900);
    expect(rowAt(window, 199)?.sequence).toBe(801);
    expect(rowAt(window, 99)).toBeUndefined();
    expect(rowAt(window, 200)).toBeUndefined();
    expect(offsetOf(window, 850)).toBe(150);
    expect(offsetOf(window, 901)).toBeNull();
    expect(offsetOf(window, 1)).toBeNull();
  });

  test('grow downward without doubling a row', () => {
    const grown = withOlder(window, rows(803, 790));
    expect(grown.rows.map(({ sequence }) => sequence)).toEqual(rows(900, 790).map(({ sequence }) => sequence));
    expect(grown.offset).toBe(100);
  });

  test('drop the farthest ones when they are too many, and keep their places', () => {
    const grown = withOlder(window, rows(800, 801 - mostRows));
    expect(grown.rows).toHaveLength(mostRows);
    expect(grown.offset).toBe(200);
    expect(offsetOf(grown, 700)).toBe(300);
    expect(windowEnd(grown)).toBe(1200);
  });

  test('grow upward where the page reaches them', () => {
    const grown = withNewer(window, rows(950, 880), false);
    expect(grown?.offset).toBe(50);
    expect(grown && offsetOf(grown, 850)).toBe(150);
  });

  test('do not grow by a page that leaves a gap, or adds nothing', () => {
    expect(withNewer(window, rows(990, 950), false)).toBeNull();
    expect(withNewer(window, rows(900, 850), false)).toBeNull();
  });

  test('know that they begin at the top when the page did', () => {
    expect(withNewer(window, rows(950, 880), true)?.offset).toBe(0);
  });

  test('are changed one by one', () => {
    const changed = withChanged(window, 'm850', (message) => ({ ...message, unread: false }));
    expect(rowAt(changed, 150)).toEqual({ ...row(850), unread: false });
    expect(rowAt(changed, 151)?.unread).toBe(true);
  });
});
