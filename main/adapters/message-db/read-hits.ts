import type { Database } from 'better-sqlite3';
import type { Query } from '../../core/query.ts';
import { createIndexPages, type IndexPlace } from './read-index-pages.ts';
import { createMatchedCounts } from './read-matched.ts';
import { isDivisible, type Plan } from './read-plan.ts';
import { newestSequence, rangeOf } from './rows.ts';

/** The sequences of all rows that a query finds, oldest first. */
export type Hits = Pick<Uint32Array, 'length' | 'at' | 'subarray'>;

interface Known {
  readonly key: string;
  readonly deleted: number;
  readonly changes: number;
  /** The newest row that was looked at. */
  readonly newest: number;
  readonly hits: Uint32Array;
}

/** Numbers that are kept for the queries asked last: at four bytes each, 16 MiB. */
const keptHits = 4 * 1024 * 1024;
const lookedAt = 500;

/** Those of some rows that are there and found by a query, newest first. */
export type Matching = (query: Query, sequences: readonly number[]) => readonly number[];

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

/** What can be told of a query that finds much before all its hits are known. */
export interface Glance {
  /** Counts all of them, which may take longer than the rest. */
  readonly total: () => number;
  /** The newest hits, newest first. */
  readonly newest: readonly number[];
}

/** Newest first, and how many hits there are in all. */
export interface PageOfHits {
  readonly sequences: readonly number[];
  readonly total: number;
}

export interface HitFinder {
  readonly all: (query: Query, plan: Plan) => Hits;
  /** Finds hits among at most so many more rows, the oldest first; true while rows are left. */
  readonly some: (query: Query, plan: Plan, limit: number) => boolean;
  /** The newest hits of a query, and how many there are in all; null where `all` is as fast. */
  readonly glance: (query: Query, plan: Plan, limit: number) => Glance | null;
  /** Any page of a query before all its hits are known; null where the index has not that at hand. */
  readonly page: (plan: Plan, place: IndexPlace) => PageOfHits | null;
  /** Counts at most so many more rows for a glance; true while rows are left that the index alone can count. */
  readonly countSome: (plan: Plan, limit: number) => boolean;
}

type State = Omit<Known, 'key' | 'hits'>;

/** Rows that are looked at in one go for the newest hits, and the hits in the first of them that make it much. */
const sampledRows = 100;
const manyHits = 10;
const glancedRows = 3000;
/** Rows in which the index looks for the newest hits: at most a few milliseconds. */
const nearRows = 100_000;
/** All hits among so many rows are found in a few milliseconds. */
const soonFound = 50_000;

/** The numbers from `after` (left out) to `through`. */
function numbersTo(through: number, after: number): readonly number[] {
  return Array.from({ length: through - after }, (_, index) => after + 1 + index);
}

/** A beginning of more letters than the index keeps beginnings of: it gathers all rows of all such words first. */
const longBeginning = /[^\s"]{4,}" \*/;

/** The expression that finds all hits of a plan and no other rows, if the index has them at hand in their order. */
function atHand({ count }: Plan): string | null {
  return 'sql' in count || count.inverted || longBeginning.test(count.expression) ? null : count.expression;
}

/** The newest hits of a query that finds much, by looking at the newest rows; null where it finds too little for that. */
function lookAtNewest(
  newest: number,
  limit: number,
  hitsAmong: (sequences: readonly number[]) => readonly number[],
): readonly number[] | null {
  const hits: number[] = [];
  for (let top = newest; top > 0 && newest - top < glancedRows; top -= sampledRows) {
    hits.push(...hitsAmong(numbersTo(top, Math.max(0, top - sampledRows))));
    if (hits.length >= limit) return hits.slice(0, limit);
    if (hits.length < manyHits) return null;
  }
  return null;
}

/**
 * Finds the hits of a query, and remembers them: its count, its pages and the row at any place are then at hand, and
 * asking again only looks at the rows that came since. What depends on a row's lanes or on having been read is found
 * anew when such a thing has changed.
 */
export function createHitFinder(database: Database, matching: Matching): HitFinder {
  const selectState = database.prepare<[], State>(`SELECT deleted, changes, ${newestSequence} AS newest FROM summary`);
  const stateOf = () => selectState.get() ?? { deleted: 0, changes: 0, newest: 0 };
  const matched = createMatchedCounts(database);
  const pages = createIndexPages(database);
  let known: readonly Known[] = [];
  let counted: (State & { readonly key: string; readonly total: number }) | null = null;

  /* The query too: one plan may serve two queries until a new word tells them apart (see Places.soleWord). */
  const keyOf = (query: Query, plan: Plan) => JSON.stringify([query, plan]);

  /** Whether what was found then still holds but for rows that came since. */
  function holds(then: State, plan: Plan, now: State): boolean {
    return then.deleted === now.deleted && (!plan.changeable || then.changes === now.changes);
  }

  function recall(key: string, plan: Plan, state: State): Known | null {
    return known.find((each) => each.key === key && holds(each, plan, state)) ?? null;
  }

  /** The few rows that came since, looked at one by one: whatever the query, that takes a few milliseconds at most. */
  function among(query: Query, after: number, newest: number): readonly number[] {
    return matching(query, numbersTo(newest, after)).toReversed();
  }

  function find(query: Query, plan: Plan, after: number, through: number, newest: number): readonly number[] {
    if (through - after <= lookedAt) return among(query, after, through);
    // First of the conditions, because SQLite goes to the first that says where a row begins.
    const isAll = after === 0 && through === newest;
    const where = isAll ? plan.where : `${rangeOf(plan.column)} AND ${plan.where}`;
    return database
      .prepare<(number | string)[], number>(
        `SELECT ${plan.column} FROM ${plan.from} WHERE ${where} ORDER BY ${plan.column}`,
      )
      .pluck()
      .all(...(isAll ? [] : [after, through]), ...plan.values);
  }

  function remember(found: Known): void {
    let room = keptHits;
    known = [found, ...known.filter(({ key }) => key !== found.key)].filter(({ hits }) => (room -= hits.length) >= 0);
  }

  /** Goes on from what is remembered, by at most so many rows. */
  function bring(query: Query, plan: Plan, state: State, limit: number): Known {
    const key = keyOf(query, plan);
    const start = recall(key, plan, state);
    const after = start?.newest ?? 0;
    const newest = Math.min(after + limit, state.newest);
    const hits = join(start?.hits ?? new Uint32Array(), find(query, plan, after, newest, state.newest));
    const found = { ...state, newest, key, hits };
    remember(found);
    return found;
  }

  /** Straight from the database: all of what the rows themselves say, but not what the index counts. */
  function numberOf({ count }: Plan, state: State): number {
    if ('sql' in count) {
      const statement = database.prepare<(number | string)[], number>(count.sql).pluck();
      return statement.get(...count.values) ?? 0;
    }
    // What is left of all rows is counted by what is not: rows are given numbers without gaps but for deleted ones.
    const whole = state.newest - state.deleted;
    const found = count.expression === '' ? 0 : matched.all(count.expression, state);
    return count.inverted ? whole - found : found;
  }

  /** To count costs half of what it costs to have each hit handed over. */
  function count(query: Query, plan: Plan, state: State): number {
    if (!('sql' in plan.count)) return numberOf(plan, state);
    const key = keyOf(query, plan);
    const isKnown = counted?.key === key && holds(counted, plan, state) && state.newest - counted.newest <= lookedAt;
    const total =
      counted && isKnown ? counted.total + among(query, counted.newest, state.newest).length : numberOf(plan, state);
    counted = { ...state, key, total };
    return total;
  }

  /** The newest hits as the index has them at hand; null where it has not, or where it finds few. */
  function newestByIndex(plan: Plan, newest: number, limit: number): readonly number[] | null {
    const expression = atHand(plan);
    const hits = expression === null ? [] : pages.newest(expression, newest - nearRows, limit);
    return hits.length === limit ? hits : null;
  }

  /** Looks at no more rows than it takes to find the newest hits. */
  function glanceCounted(plan: Plan, limit: number, state: State): Glance {
    const total = numberOf(plan, state);
    const newest = database
      .prepare<(number | string)[], number>(
        `SELECT ${plan.column} FROM ${plan.from} WHERE ${plan.where} ORDER BY 1 DESC LIMIT ?`,
      )
      .pluck()
      .all(...plan.values, Math.min(limit, total));
    return { total: () => total, newest };
  }

  return {
    all: (query, plan) => bring(query, plan, stateOf(), Number.POSITIVE_INFINITY).hits,
    some(query, plan, limit) {
      const state = stateOf();
      return bring(query, plan, state, limit).newest < state.newest;
    },
    glance(query, plan, limit) {
      const state = stateOf();
      const start = recall(keyOf(query, plan), plan, state);
      if (start && state.newest - start.newest <= soonFound) return null;
      if (plan.isCounted) return glanceCounted(plan, limit, state);
      const newest =
        newestByIndex(plan, state.newest, limit) ?? lookAtNewest(state.newest, limit, (rows) => matching(query, rows));
      if (newest) return { newest, total: () => count(query, plan, state) };
      // That there is nothing left is counted in a tenth of the time in which all that is left would be found.
      return !isDivisible(plan) && count(query, plan, state) === 0 ? { newest: [], total: () => 0 } : null;
    },
    page(plan, place) {
      const expression = atHand(plan);
      if (expression === null) return null;
      const total = matched.all(expression, stateOf());
      return { sequences: pages.at(expression, place, total), total };
    },
    countSome: ({ count }, limit) =>
      'expression' in count && count.expression !== '' && matched.some(count.expression, stateOf(), limit),
  };
}
