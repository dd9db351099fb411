import type { Database } from 'better-sqlite3';
import type { Query } from '../../core/query.ts';
import type { Plan } from './read-plan.ts';
import { newestSequence } from './rows.ts';

/** The sequences of all rows that a query finds, oldest first. */
export type Hits = Pick<Uint32Array, 'length' | 'at' | 'subarray'>;

interface Known {
  readonly key: string;
  readonly deleted: number;
  readonly changes: number;
  /** The newest row that there was. */
  readonly newest: number;
  readonly hits: Uint32Array;
}

/** Numbers that are kept for the queries asked last: at four bytes each, 16 MiB. */
const keptHits = 4 * 1024 * 1024;
const lookedAt = 500;

/** Whether a row is there and found by a query. */
export type MatchesRow = (query: Query, sequence: number) => boolean;

function join(before: Uint32Array, more: readonly number[]): Uint32Array {
  if (more.length === 0) return before;
  const hits = new Uint32Array(before.length + more.length);
  hits.set(before);
  hits.set(more, before.length);
  return hits;
}

/** How many of the hits lie below a sequence. */
export function countBelow(hits: Hits, sequence: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hits.at(middle) ?? 0) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Finds the hits of a query, and remembers them: its count, its pages and the row at any place are then at hand, and
 * asking again only looks at the rows that came since. What depends on a row's lanes or on having been read is found
 * anew when such a thing has changed.
 */
export function createFindHits(database: Database, matchesRow: MatchesRow): (query: Query, plan: Plan) => Hits {
  const stateOf = database.prepare<[], Omit<Known, 'key' | 'hits'>>(
    `SELECT deleted, changes, ${newestSequence} AS newest FROM summary`,
  );
  let known: readonly Known[] = [];

  function find(query: Query, plan: Plan, after: number, newest: number): readonly number[] {
    // The index reads all of a word's rows to give the newest: the few that came since are looked at one by one.
    if (newest - after <= lookedAt) {
      const rows = Array.from({ length: newest - after }, (_, index) => after + 1 + index);
      return rows.filter((sequence) => matchesRow(query, sequence));
    }
    const sql = `SELECT ${plan.column} FROM ${plan.from} AND ${plan.column} > ? ORDER BY ${plan.column}`;
    return database
      .prepare<(number | string)[], number>(sql)
      .pluck()
      .all(...plan.values, after);
  }

  function remember(found: Known): void {
    let room = keptHits;
    known = [found, ...known.filter(({ key }) => key !== found.key)].filter(({ hits }) => (room -= hits.length) >= 0);
  }

  return (query, plan) => {
    const state = stateOf.get() ?? { deleted: 0, changes: 0, newest: 0 };
    const key = JSON.stringify(plan);
    const last = known.find((each) => each.key === key && each.deleted === state.deleted);
    const start = last && (!plan.changeable || last.changes === state.changes) ? last : null;
    const hits = join(start?.hits ?? new Uint32Array(), find(query, plan, start?.newest ?? 0, state.newest));
    remember({ ...state, key, hits });
    return hits;
  };
}
