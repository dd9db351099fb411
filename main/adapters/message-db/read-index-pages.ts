import type { Database } from 'better-sqlite3';
import type { PageAsked } from './protocol.ts';

/** Which page, newest rows first; `offset` counts from the newest row. */
export type IndexPlace = Omit<PageAsked, 'query'>;

export interface IndexPages {
  /** The newest rows, as far as there are so many among those above `floor`. */
  readonly newest: (expression: string, floor: number, limit: number) => readonly number[];
  /** Any page; `total`: how many rows there are in all. */
  readonly at: (expression: string, place: IndexPlace, total: number) => readonly number[];
}

/** Sequences of the rows that an expression finds, as the index has them at hand, before all of them are known. */
export function createIndexPages(database: Database): IndexPages {
  // Numbers are bound as reals, and the index goes to a place only by a whole one.
  const select = (bounds: string, order: 'ASC' | 'DESC') =>
    database
      .prepare<(string | number)[], number>(
        `SELECT rowid FROM words WHERE words MATCH ? AND rowid ${bounds} CAST(? AS INTEGER) ORDER BY rowid ${order} LIMIT ? OFFSET ?`,
      )
      .pluck();
  const newest = select('>', 'DESC');
  const below = select('<', 'DESC');
  const above = select('>', 'ASC');

  /** Passed over from the nearer end: half a million rows take some 20 ms. */
  function atOffset(expression: string, offset: number, limit: number, total: number): readonly number[] {
    const rows = Math.max(0, Math.min(limit, total - offset));
    return 2 * offset <= total
      ? below.all(expression, Number.MAX_SAFE_INTEGER, rows, offset)
      : above.all(expression, 0, rows, total - offset - rows).reverse();
  }

  return {
    newest: (expression, floor, limit) => newest.all(expression, floor, limit, 0),
    at: (expression, { before, after, offset = 0, limit }, total) => {
      if (offset > 0) return atOffset(expression, offset, limit, total);
      if (after !== null) return above.all(expression, after, limit, 0).reverse();
      return below.all(expression, before ?? Number.MAX_SAFE_INTEGER, limit, 0);
    },
  };
}
