import type { Database } from 'better-sqlite3';
import type { Message } from '../../../preload/contract/message.ts';
import type { Query } from '../../core/query.ts';
import type { Indexer } from './index-words.ts';
import type { PageAsked } from './protocol.ts';
import { createPlaces } from './read-places.ts';
import { type Plan, planOf } from './read-plan.ts';
import { createFindRow, toMessage } from './rows.ts';

export interface Finder {
  readonly page: (asked: PageAsked) => { readonly messages: readonly Message[]; readonly total: number };
  readonly at: (query: Query, offset: number) => number | null;
}

const cachedTotals = 64;

type Total = (plan: Plan) => number;

/** Counts matches exactly; a total that was counted before only needs the rows since, unless older rows have changed. */
function createTotal(database: Database): Total {
  interface Counted {
    readonly changes: number;
    readonly newest: number;
    readonly total: number;
  }
  const known = new Map<string, Counted>();
  const stateOf = database.prepare<[], Omit<Counted, 'total'>>(
    'SELECT changes, (SELECT coalesce(max(sequence), 0) FROM message) AS newest FROM summary',
  );
  return (plan) => {
    const state = stateOf.get() ?? { changes: 0, newest: 0 };
    const key = JSON.stringify(plan);
    const before = known.get(key);
    const start = before?.changes === state.changes ? before : { newest: 0, total: 0 };
    const since = database
      .prepare<(number | string)[], number>(`SELECT count(*) FROM ${plan.from} AND ${plan.column} > ?`)
      .pluck()
      .get(...plan.values, start.newest);
    const total = start.total + (since ?? 0);
    known.delete(key);
    known.set(key, { ...state, total });
    const [oldest] = known.keys();
    if (known.size > cachedTotals && oldest !== undefined) known.delete(oldest);
    return total;
  };
}

interface Whole {
  readonly newest: number;
  readonly deleted: number;
}

/** What is known without counting: sequences begin at 1 and have no gaps but for rows that were deleted. */
function createWhole(database: Database): () => Whole {
  const select = database.prepare<[], Whole>(
    'SELECT (SELECT coalesce(max(sequence), 0) FROM message) AS newest, deleted FROM summary',
  );
  return () => select.get() ?? { newest: 0, deleted: 0 };
}

function createSequences(database: Database) {
  return (plan: Plan, { before, after, limit }: Omit<PageAsked, 'query'>): readonly number[] => {
    const bounds: string[] = [];
    const values: number[] = [];
    if (before !== null) {
      bounds.push(` AND ${plan.column} < ?`);
      values.push(before);
    }
    if (after !== null) {
      bounds.push(` AND ${plan.column} > ?`);
      values.push(after);
    }
    // Newer rows are those right above `after`, not the newest of all.
    const order = after === null ? 'DESC' : 'ASC';
    const sequences = database
      .prepare<(number | string)[], number>(
        `SELECT ${plan.column} FROM ${plan.from}${bounds.join('')} ORDER BY ${plan.column} ${order} LIMIT ?`,
      )
      .pluck()
      .all(...plan.values, ...values, limit);
    return after === null ? sequences : sequences.reverse();
  };
}

function createAt(database: Database) {
  return (plan: Plan, offset: number): number | null => {
    const found = database
      .prepare<(number | string)[], number>(
        `SELECT ${plan.column} FROM ${plan.from} ORDER BY ${plan.column} DESC LIMIT 1 OFFSET ?`,
      )
      .pluck()
      .get(...plan.values, offset);
    return found ?? null;
  };
}

/** Finds messages by a query; before it does, the index is brought up to the newest row, so that every answer is exact. */
export function createFinder(database: Database, storeKey: string, indexer: Indexer): Finder {
  const places = createPlaces(database);
  const findRow = createFindRow(database);
  const totalOf = createTotal(database);
  const wholeOf = createWhole(database);
  const sequencesOf = createSequences(database);
  const rowAt = createAt(database);

  /** Runs on one state of the database, with an index that covers it when the query needs one. */
  function consistently<T>(query: Query, work: (plan: Plan) => T): T {
    if (query.length > 0) indexer.indexAll();
    return database.transaction(() => {
      if (query.length > 0) indexer.indexAll();
      return work(planOf(query, places));
    })();
  }

  return {
    page: ({ query, ...range }) =>
      consistently(query, (plan) => {
        const whole = wholeOf();
        const rows = sequencesOf(plan, range).map(findRow);
        return {
          messages: rows.flatMap((row) => (row ? [toMessage(storeKey, row)] : [])),
          total: query.length === 0 ? whole.newest - whole.deleted : totalOf(plan),
        };
      }),
    at: (query, offset) =>
      consistently(query, (plan) => {
        const { newest, deleted } = wholeOf();
        if (query.length > 0 || deleted > 0) return rowAt(plan, offset);
        return offset < newest ? newest - offset : null;
      }),
  };
}
