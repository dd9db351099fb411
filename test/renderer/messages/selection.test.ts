import { describe, expect, test } from 'vitest';
import { hasLeft, offsetAfterKey, selectedRow, settled } from '../../../renderer/messages/selection.ts';
import { rows } from './rows.ts';

const window = { offset: 10, rows: rows(90, 71) };

describe('the selection', () => {
  test('stays with its row when rows arrive above it', () => {
    const before = settled({ offset: 12, sequence: null }, window);
    expect(before).toEqual({ offset: 12, sequence: 88 });
    expect(settled(before, { offset: 10, rows: rows(95, 71) })).toEqual({ offset: 17, sequence: 88 });
  });

  test('knows its row once that is held', () => {
    const far = settled({ offset: 500, sequence: null }, window);
    expect(selectedRow(far, window)).toBeUndefined();
    const loaded = { offset: 490, rows: rows(40, 21) };
    expect(selectedRow(settled(far, loaded), loaded)?.sequence).toBe(30);
  });

  test('moves by keys, and not past an end', () => {
    expect(offsetAfterKey('j', { offset: 4 }, 100, 20)).toBe(5);
    expect(offsetAfterKey('ArrowUp', { offset: 0 }, 100, 20)).toBe(0);
    expect(offsetAfterKey('PageDown', { offset: 95 }, 100, 20)).toBe(99);
    expect(offsetAfterKey('End', null, 1_000_000, 20)).toBe(999_999);
    expect(offsetAfterKey('Home', { offset: 50 }, 100, 20)).toBe(0);
    expect(offsetAfterKey('ArrowDown', null, 100, 20)).toBe(0);
  });

  test('goes on at the rows next to its own when that is no longer among them', () => {
    const without = { offset: 10, rows: window.rows.filter(({ sequence }) => sequence !== 88) };
    const left = settled({ offset: 12, sequence: 88 }, without);
    expect(hasLeft(left, without)).toBe(true);
    const from = { offset: left.offset, left: true };
    const reached = (key: string) => without.rows[(offsetAfterKey(key, from, 100, 20) ?? 0) - 10]?.sequence;
    expect([reached('k'), reached('j')]).toEqual([89, 87]);
  });

  test('knows where its row left, though others came above', () => {
    const grown = { offset: 10, rows: rows(95, 71).filter(({ sequence }) => sequence !== 88) };
    expect(settled({ offset: 12, sequence: 88 }, grown).offset).toBe(17);
    const fromTop = { offset: 0, rows: rows(70, 50) };
    expect(settled({ offset: 5, sequence: 88 }, fromTop).offset).toBe(0);
  });

  test('has not left where its row is only not held', () => {
    const far = { offset: 500, rows: rows(60, 41) };
    const selection = settled({ offset: 12, sequence: 88 }, far);
    expect(selection.offset).toBe(12);
    expect(hasLeft(selection, far)).toBe(false);
  });

  test('ignores other keys, and an empty list', () => {
    expect(offsetAfterKey('x', { offset: 4 }, 100, 20)).toBeNull();
    expect(offsetAfterKey('End', null, 0, 20)).toBeNull();
  });
});
