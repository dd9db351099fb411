import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentHeight,
  distanceToShow,
  exactZone,
  longestRail,
  moved,
  type Rail,
  railHeight,
  railToRows,
  rowsToRail,
  visibleRows,
} from '../../../renderer/messages/rail.ts';

const million: Rail = { rows: 1_000_000, rowHeight: 40, viewport: 900 };
const few: Rail = { rows: 500, rowHeight: 30, viewport: 600 };

describe('the rail', () => {
  test('is as long as its rows while browsers can draw that, and bounded beyond', () => {
    expect(railHeight(few)).toBe(15_000);
    expect(railHeight(million)).toBe(longestRail);
  });

  test('moves like the rows where it is not shortened', () => {
    expect(railToRows(few, 0)).toBe(0);
    expect(railToRows(few, 7123)).toBe(7123);
    expect(rowsToRail(few, 7123)).toBe(7123);
  });

  test('reaches the last row at its end', () => {
    const end = railHeight(million) - million.viewport;
    expect(railToRows(million, end)).toBe(contentHeight(million) - million.viewport);
    const { first, count } = visibleRows(million, railToRows(million, end));
    expect(first + count).toBe(1_000_000);
  });

  test('is exact, pixel by pixel, near both ends of a shortened rail', () => {
    const end = railHeight(million) - million.viewport;
    expect(railToRows(million, exactZone - 3) - railToRows(million, exactZone - 4)).toBe(1);
    expect(railToRows(million, end - 5) - railToRows(million, end - 6)).toBe(1);
  });

  test('and the way back agree, and neither ever turns round', () => {
    const rails = fc.record({
      rows: fc.integer({ min: 0, max: 5_000_000 }),
      rowHeight: fc.constantFrom(30, 40),
      viewport: fc.integer({ min: 60, max: 3000 }),
    });
    fc.assert(
      fc.property(rails, fc.double({ min: 0, max: 1, noNaN: true }), (rail, share) => {
        const y = share * Math.max(0, contentHeight(rail) - rail.viewport);
        expect(railToRows(rail, rowsToRail(rail, y))).toBeCloseTo(y, 3);
        expect(rowsToRail(rail, y)).toBeLessThanOrEqual(Math.max(0, railHeight(rail) - rail.viewport));
        expect(rowsToRail(rail, y + 1)).toBeGreaterThanOrEqual(rowsToRail(rail, y));
      }),
    );
  });
});

describe('a move', () => {
  const middle = { scrollTop: 4_000_000, y: railToRows(million, 4_000_000) };

  test('by the wheel goes pixel by pixel even in a shortened rail', () => {
    expect(moved(million, middle, middle.scrollTop + 120).y).toBe(middle.y + 120);
  });

  test('by the dragged thumb goes where the rail says', () => {
    expect(moved(million, middle, 2_000_000).y).toBe(railToRows(million, 2_000_000));
  });

  test('to an end is at that end of the rows', () => {
    expect(moved(million, { scrollTop: 40, y: 55 }, 0).y).toBe(0);
    expect(moved(million, middle, railHeight(million) - million.viewport).y).toBe(39_999_100);
  });
});

describe('what is in view', () => {
  test('counts rows that are seen in part', () => {
    expect(visibleRows(few, 45)).toEqual({ first: 1, count: 21 });
  });

  test('is nothing where there are no rows', () => {
    expect(visibleRows({ ...few, rows: 0 }, 0)).toEqual({ first: 0, count: 0 });
  });

  test('moves just as far as a row needs', () => {
    expect(distanceToShow(few, 300, 12)).toBe(0);
    expect(distanceToShow(few, 300, 9)).toBe(-30);
    expect(distanceToShow(few, 300, 30)).toBe(30);
  });
});
