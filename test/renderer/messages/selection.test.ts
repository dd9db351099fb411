import { describe, expect, test } from 'vitest';
import { offsetAfterKey, selectedRow, settled } from '../../../renderer/messages/selection.ts';
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
    expect(offsetAfterKey('j', 4, 100, 20)).toBe(5);
    expect(offsetAfterKey('ArrowUp', 0, 100, 20)).toBe(0);
    expect(offsetAfterKey('PageDown', 95, 100, 20)).toBe(99);
    expect(offsetAfterKey('End', null, 1_000_000, 20)).toBe(999_999);
    expect(offsetAfterKey('Home', 50, 100, 20)).toBe(0);
    expect(offsetAfterKey('ArrowDown', null, 100, 20)).toBe(0);
  });

  test('ignores other keys, and an empty list', () => {
    expect(offsetAfterKey('x', 4, 100, 20)).toBeNull();
    expect(offsetAfterKey('End', null, 0, 20)).toBeNull();
  });
});
