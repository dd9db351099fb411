import type { Database } from 'better-sqlite3';
import { rangeOf } from './rows.ts';

/** The rows there are: how many were ever stored, and how many of them were deleted. */
interface Rows {
  readonly newest: number;
  readonly deleted: number;
}

/** `newest`: through which row it was counted. */
interface Counted extends Rows {
  readonly total: number;
}

/** As many counts as are kept: those of some sessions of typing. */
const keptCounts = 500;

export interface MatchedCounts {
  readonly all: (expression: string, rows: Rows) => number;
  /** Counts among at most so many more rows, the oldest first; true while rows are left. */
  readonly some: (expression: string, rows: Rows, limit: number) => boolean;
}

/**
 * Counts the rows that an expression of the index finds. It is remembered: asked again, also after other searches, only
 * the rows that came since are counted. The index must hold every row that there is, and no deleted one.
 */
export function createMatchedCounts(database: Database): MatchedCounts {
  const select = (bounds: string) =>
    database.prepare<(string | number)[], number>(`SELECT count(*) FROM words WHERE words MATCH ?${bounds}`).pluck();
  const all = select('');
  const since = select(' AND rowid > CAST(? AS INTEGER)');
  const among = select(` AND ${rangeOf('rowid')}`);
  const known = new Map<string, Counted>();

  function remember(expression: string, counted: Counted): Counted {
    known.delete(expression);
    known.set(expression, counted);
    const [oldest] = known.keys();
    if (known.size > keptCounts && oldest !== undefined) known.delete(oldest);
    return counted;
  }

  /** Each bound is looked at for every row and takes a quarter more time: only those that are needed. */
  function countAmong(expression: string, after: number, through: number, newest: number): number {
    if (after === through) return 0;
    if (through < newest) return among.get(expression, after, through) ?? 0;
    return (after === 0 ? all.get(expression) : since.get(expression, after)) ?? 0;
  }

  /** Goes on from what is remembered, by at most so many rows. */
  function bring(expression: string, { newest, deleted }: Rows, limit: number): Counted {
    const before = known.get(expression);
    const start = before?.deleted === deleted ? before : { newest: 0, total: 0 };
    const through = Math.min(start.newest + limit, newest);
    const total = start.total + countAmong(expression, start.newest, through, newest);
    return remember(expression, { newest: through, deleted, total });
  }

  return {
    all: (expression, rows) => bring(expression, rows, Number.POSITIVE_INFINITY).total,
    some: (expression, rows, limit) => bring(expression, rows, limit).newest < rows.newest,
  };
}
