import type { Database } from 'better-sqlite3';

/** The rows there are: how many were ever stored, and how many of them were deleted. */
interface Rows {
  readonly newest: number;
  readonly deleted: number;
}

interface Counted extends Rows {
  readonly total: number;
}

/** As many counts as are kept: those of some sessions of typing. */
const keptCounts = 500;

/**
 * Counts the rows that an expression of the index finds. It is remembered: asked again, also after other searches, only
 * the rows that came since are counted. The index must hold every row that there is, and no deleted one.
 */
export function createMatchedCounts(database: Database) {
  const since = database
    .prepare<[string, number], number>(
      // Numbers are bound as reals, and the index goes to a place only by a whole one.
      'SELECT count(*) FROM words WHERE words MATCH ? AND rowid > CAST(? AS INTEGER)',
    )
    .pluck();
  const known = new Map<string, Counted>();

  function remember(expression: string, counted: Counted): void {
    known.delete(expression);
    known.set(expression, counted);
    const [oldest] = known.keys();
    if (known.size > keptCounts && oldest !== undefined) known.delete(oldest);
  }

  return (expression: string, { newest, deleted }: Rows): number => {
    const before = known.get(expression);
    const start = before?.deleted === deleted ? before : { newest: 0, total: 0 };
    const more = newest === start.newest ? 0 : (since.get(expression, start.newest) ?? 0);
    const total = start.total + more;
    remember(expression, { newest, deleted, total });
    return total;
  };
}
