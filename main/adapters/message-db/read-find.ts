import type { Database } from 'better-sqlite3';
import { matches, type Query } from '../../core/query.ts';
import type { Indexer } from './index-words.ts';
import type { FirstAsked, Outcome, PageAsked, ReadTable } from './protocol.ts';
import type { Book } from './read-book.ts';
import { countBelow, createHitFinder, type Hits } from './read-hits.ts';
import { createPlaces } from './read-places.ts';
import { isDivisible, planOf } from './read-plan.ts';
import { createFindRows, type MessageRow, newestSequence, toMessage } from './rows.ts';

export interface Finder {
  /** The hits, or null where all rows are asked for; to be called within a transaction. */
  readonly hits: (query: Query) => Found | null;
  readonly page: (asked: PageAsked) => Outcome<ReadTable, 'page'>;
  /** The first page of a search that finds much, without its number. */
  readonly first: (asked: FirstAsked) => Outcome<ReadTable, 'first'>;
  /**
   * Counts so many more rows of a query of which only the first page was told, before that is asked for with its number;
   * true while rows are left.
   */
  readonly countGlance: (query: Query, limit: number) => boolean;
  /**
   * Finds the hits among so many more rows of a query of which only the first page was told, so that reading on is fast;
   * true while rows are left.
   */
  readonly completeGlance: (limit: number) => boolean;
}

export interface Found {
  readonly hits: Hits;
  /** Whether a row that did not match may match later, or the other way round. */
  readonly changeable: boolean;
}

interface Whole {
  readonly newest: number;
  readonly deleted: number;
}

/** What is known without counting: sequences begin at 1 and have no gaps but for rows that were deleted, also the newest. */
function createWhole(database: Database): () => Whole {
  const select = database.prepare<[], Whole>(`SELECT ${newestSequence} AS newest, deleted FROM summary`);
  return () => select.get() ?? { newest: 0, deleted: 0 };
}

/** Whether the newest rows are asked for. */
export function isFirstPage({ before, after, offset = 0 }: PageAsked): boolean {
  return before === null && after === null && offset === 0;
}

type Range = Omit<PageAsked, 'query' | 'offset'>;

/** Sequences of a page without a query, newest first. */
function createWholePage(database: Database) {
  const below = database
    .prepare<[number, number], number>('SELECT sequence FROM message WHERE sequence < ? ORDER BY sequence DESC LIMIT ?')
    .pluck();
  const above = database
    .prepare<[number, number], number>('SELECT sequence FROM message WHERE sequence > ? ORDER BY sequence LIMIT ?')
    .pluck();
  return ({ before, after, limit }: Range): readonly number[] =>
    after === null ? below.all(before ?? Number.MAX_SAFE_INTEGER, limit) : above.all(after, limit).reverse();
}

/** Sequences of a page of hits, newest first. Newer rows are those right above `after`, not the newest of all. */
function pageOf(hits: Hits, { before, after, limit }: Range): readonly number[] {
  if (after !== null) {
    const start = countBelow(hits, after + 1);
    return [...hits.subarray(start, start + limit)].reverse();
  }
  const end = before === null ? hits.length : countBelow(hits, before);
  return [...hits.subarray(Math.max(end - limit, 0), end)].reverse();
}

/** Finds messages by a query; before it does, the index is brought up to the newest row, so that every answer is exact. */
export function createFinder(database: Database, storeKey: string, indexer: Indexer, book: Book): Finder {
  const places = createPlaces(database, book);
  const messageOf = (row: MessageRow) => toMessage(storeKey, row, book.of(row.known_device ?? 0));
  const findRows = createFindRows(database);
  const finder = createHitFinder(database, (query, sequences) =>
    findRows(sequences).flatMap((row) => (matches(query, messageOf(row)) ? [row.sequence] : [])),
  );
  const wholeOf = createWhole(database);
  const wholePage = createWholePage(database);
  /* Of which only the first page was told. */
  let glanced: Query | null = null;

  /** The index then covers every row that this transaction sees. */
  function planNow(query: Query) {
    indexer.indexAll();
    return planOf(query, places, indexer.isBehindDeletes());
  }

  function find(query: Query): Found | null {
    if (query.length === 0) return null;
    const plan = planNow(query);
    return { hits: finder.all(query, plan), changeable: plan.changeable };
  }

  const hitsOf = (query: Query) => find(query)?.hits ?? null;

  /** The first page of a query that finds much is there before all its hits are. */
  function firstPage({ query, limit }: FirstAsked) {
    if (query.length === 0) return null;
    const glance = finder.glance(query, planNow(query), limit);
    if (glance) glanced = query;
    return glance && { messages: findRows(glance.newest).map(messageOf), total: glance.total };
  }

  function first(asked: FirstAsked) {
    const found = firstPage(asked);
    return found ? { ...found, total: null } : page({ ...asked, before: null, after: null });
  }

  const isGlanced = (query: Query) => JSON.stringify(query) === JSON.stringify(glanced);

  function page(asked: PageAsked) {
    const { query } = asked;
    const first = isFirstPage(asked) ? firstPage(asked) : null;
    if (first) return { ...first, total: first.total() };
    const found = isGlanced(query) ? finder.page(planNow(query), asked) : null;
    if (found) return { messages: findRows(found.sequences).map(messageOf), total: found.total };
    return pageOfAll(asked);
  }

  /** A page of all hits, or of all rows. */
  function pageOfAll({ query, offset = 0, ...asked }: PageAsked) {
    const range = offset === 0 ? asked : { ...asked, before: beforeAt(query, offset) };
    const hits = hitsOf(query);
    const { newest, deleted } = wholeOf();
    const rows = findRows(hits ? pageOf(hits, range) : wholePage(range));
    return { messages: rows.map(messageOf), total: hits?.length ?? newest - deleted };
  }

  /** What the row that stands so far below the newest comes right before. */
  function beforeAt(query: Query, offset: number): number {
    const { newest, deleted } = wholeOf();
    // Deleted rows leave gaps: then the rows themselves are the hits.
    const hits = hitsOf(query) ?? (deleted > 0 ? finder.all(query, planOf(query, places, false)) : null);
    return (hits ? (hits.at(-1 - offset) ?? 0) : Math.max(0, newest - offset)) + 1;
  }

  /** What cannot be found in turns waits until somebody reads on. */
  function some(query: Query, limit: number): boolean {
    const plan = planNow(query);
    return isDivisible(plan) && finder.some(query, plan, limit);
  }

  /** Runs on one state of the database. What is far behind is indexed before, in transactions of its own. */
  function consistently<T>(query: Query, work: () => T): T {
    if (query.length > 0) indexer.indexAll();
    return database.transaction(work)();
  }

  return {
    hits: find,
    page: (asked) => consistently(asked.query, () => page(asked)),
    first: (asked) => consistently(asked.query, () => first(asked)),
    countGlance: (query, limit) =>
      isGlanced(query) && consistently(query, () => finder.countSome(planNow(query), limit)),
    completeGlance(limit) {
      const query = glanced;
      const isLeft = query !== null && consistently(query, () => some(query, limit));
      if (!isLeft) glanced = null;
      return isLeft;
    },
  };
}
