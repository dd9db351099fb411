import type { MessagePort } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { failureOf, storageFailure } from './failure.ts';
import { openIndex, removeIndex } from './index-database.ts';
import { createIndexer } from './index-words.ts';
import {
  type Call,
  encode,
  type FromThread,
  type Handlers,
  type Outcome,
  type PageAsked,
  type ReadTable,
  type ToReader,
} from './protocol.ts';
import { createBook } from './read-book.ts';
import { createDetail, createUnverified } from './read-detail.ts';
import { createDeviceHandlers } from './read-device-handlers.ts';
import { createFinder, isFirstPage } from './read-find.ts';
import { createOld } from './read-old.ts';
import { createSendReading } from './read-sends.ts';
import { createTally } from './read-tally.ts';

/** How far the index is brought in one go: by transactions of so many rows, until so many milliseconds are over. */
interface Turn {
  readonly rows: number;
  readonly ms: number;
}
/** In between, where who asks meanwhile waits for it. */
const shortTurn: Turn = { rows: 100, ms: 4 };
/** Where somebody waits for all of it: more rows at once take less in all, and other calls are still let in between. */
const longTurn: Turn = { rows: 500, ms: 20 };
const forgottenAtOnce = 100;
/** Rows of which the hits are found in one go while nobody waits: a few milliseconds, for who asks meanwhile waits. */
const foundAtOnce = 15_000;
/** The same for rows that are counted: the index needs a moment to begin each. */
const countedAtOnce = 150_000;
/**
 * Pages of the index that are put together after so many rows: as fast as pieces come. Where sixteen pile up, FTS5 puts
 * them together in one go, however long that takes.
 */
const mergedPages = (rows: number): number => Math.max(32, rows / 4);
/** ms for which new rows are gathered before they are indexed: each time costs as much as some twenty rows. */
const gatherMs = 250;
/** 10 MiB of the index's log: by then it is copied. */
const pagesOfLog = 2500;
/** After so long without a call (milliseconds) the rest of a search is found of which only the first page was told. */
const restMs = 400;
/** The pause after such a go, as a multiple of its time: the texts that come in go first. */
const pauseShare = 3;

type Asked = Omit<ReadTable, 'release'>;

interface Session {
  readonly handlers: Handlers<Asked>;
  /** Brings the index a little forward; true when there may be more to do. */
  indexSome(): boolean;
  /** The same for somebody who waits, and without taking out what was deleted. */
  bring(): boolean;
  /** Counts a little for the answer to this; true when there is more to do. */
  count(asked: PageAsked): boolean;
  /** Nobody has asked for a moment, and may ask on: uses a few milliseconds; true when there is more to do. */
  rest(): boolean;
  end(): void;
}

/** These count texts: they wait until every text is counted, and only they do. */
const counting: ReadonlySet<keyof ReadTable> = new Set(['devices', 'device', 'thread', 'unreadOf'] as const);

function createSession(database: Database, storeKey: string, written: (pages: number) => void): Session {
  const tally = createTally(database);
  const indexer = createIndexer(database, { forgot: (sequence) => tally.forget(sequence), written });
  const book = createBook(database);
  const finder = createFinder(database, storeKey, indexer, book);
  const detail = createDetail(database, storeKey, book);
  const unverified = createUnverified(database);
  const old = createOld(database, indexer);
  function bring({ rows, ms }: Turn) {
    const end = performance.now() + ms;
    let indexed = 0;
    let isBehind = false;
    do {
      const brought = indexer.index(rows);
      indexed += brought;
      isBehind = tally.bring(rows) === rows || brought === rows;
    } while (isBehind && performance.now() < end);
    return { indexed, isBehind };
  }
  /* What came since `bring` had no more to do. */
  const catchUp = () => {
    indexer.indexAll();
    tally.bringAll();
    book.refresh();
  };
  return {
    handlers: {
      page: (asked) => {
        book.refresh();
        return finder.page(asked);
      },
      first: (asked) => {
        book.refresh();
        return finder.first(asked);
      },
      detail: ({ sequence }) => {
        book.refresh();
        return detail(sequence);
      },
      unverified: ({ limit }) => unverified(limit),
      countOld: ({ at }) => old.count(at),
      findOld: ({ at, limit }) => old.find(at, limit),
      ...createDeviceHandlers(database, storeKey, finder, book, catchUp),
      ...createSendReading(database, storeKey),
    },
    bring() {
      const { indexed, isBehind } = bring(longTurn);
      // Somebody waits: only so that pieces do not pile up.
      if (isBehind) indexer.merge(mergedPages(indexed));
      return isBehind;
    },
    indexSome() {
      const { indexed, isBehind } = bring(shortTurn);
      const isMerging = indexer.merge(mergedPages(indexed));
      return indexer.forget(forgottenAtOnce) === forgottenAtOnce || isBehind || isMerging;
    },
    count: (asked) => isFirstPage(asked) && finder.countGlance(asked.query, countedAtOnce),
    rest: () => finder.completeGlance(foundAtOnce),
    end: () => database.close(),
  };
}

/** Answers calls one by one, and indexes new rows in the pauses. */
function createReading(port: MessagePort, directory: string) {
  /* Null while no database is there to be read. */
  let storeKey: string | null = null;
  let session: Session | null = null;
  let indexing: NodeJS.Timeout | null = null;
  let waiting: readonly Call<ReadTable>[] = [];
  let bringing: NodeJS.Immediate | null = null;
  const say = (message: FromThread) => port.postMessage(encode(message));
  let goingOn: NodeJS.Immediate | null = null;
  /* Pages since the log was copied. */
  let logged = 0;
  const resting = setTimeout(rest, restMs);

  function noteWritten(pages: number): void {
    logged += pages;
    if (logged < pagesOfLog) return;
    logged = 0;
    say({ kind: 'log-grown' });
  }

  function drop(): void {
    session?.end();
    session = null;
  }

  function current(): Session {
    const key = storeKey ?? '';
    return (session ??= createSession(openIndex(directory, key), key, noteWritten));
  }

  /** A damaged index is made anew by opening it again; what is damaged after that is the database. */
  function withoutDamage<T>(work: () => T): Result<T, StorageFailure> {
    try {
      return ok(work());
    } catch (error) {
      const failure = failureOf(error);
      return failure.kind === 'corrupt' ? again(work) : fail(failure);
    }
  }

  function again<T>(work: () => T): Result<T, StorageFailure> {
    try {
      drop();
      removeIndex(directory);
      return ok(work());
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'corrupt') say({ kind: 'damaged' });
      return fail(failure);
    }
  }

  const run = <K extends keyof Asked>(kind: K, input: Call<Asked, K>['input']): Outcome<Asked, K> =>
    current().handlers[kind](input);

  function resultOf(call: Call<ReadTable>): Result<unknown, StorageFailure> {
    if (call.kind === 'release') {
      drop();
      storeKey = null;
      return ok(null);
    }
    return storeKey === null ? fail(storageFailure('corrupt')) : withoutDamage(() => run(call.kind, call.input));
  }

  /** After the index was made anew that takes half a minute for a million texts: all else is answered meanwhile. */
  function bringThenAnswer(): void {
    bringing = null;
    const result = withoutDamage(() => storeKey !== null && current().bring());
    if (result.ok && result.value) {
      bringing = setImmediate(bringThenAnswer);
      return;
    }
    const calls = waiting;
    waiting = [];
    calls.forEach(answer);
  }

  /** In short turns: who types on asks for other rows meanwhile, and does not wait for all of it. */
  function countThenAnswer(call: Call<ReadTable, 'page'>): void {
    const result = withoutDamage(() => storeKey !== null && current().count(call.input));
    if (result.ok && result.value) setImmediate(countThenAnswer, call);
    else answer(call);
  }

  function take(call: Call<ReadTable>): void {
    if (goingOn) clearImmediate(goingOn);
    if (call.kind === 'page') return countThenAnswer(call);
    if (!counting.has(call.kind)) return answer(call);
    waiting = [...waiting, call];
    if (!bringing) bringThenAnswer();
  }

  /** In short turns: who asks meanwhile does not wait for all of it. */
  function rest(): void {
    const result = withoutDamage(() => session?.rest() === true);
    goingOn = result.ok && result.value ? setImmediate(rest) : null;
  }

  function answer(call: Call<ReadTable>): void {
    const result = resultOf(call);
    resting.refresh();
    say({ kind: 'replies', replies: [{ id: call.id, result }] });
  }

  function indexSome(): void {
    indexing = null;
    const started = performance.now();
    const result = withoutDamage(() => storeKey !== null && current().indexSome());
    if (result.ok && result.value) indexLater((performance.now() - started) * pauseShare);
  }

  function indexLater(ms: number): void {
    indexing ??= setTimeout(indexSome, ms);
  }

  function end(): void {
    if (indexing) clearTimeout(indexing);
    // What still waits is refused by who asked, as this thread ends; nothing is read for it any more.
    storeKey = null;
    if (bringing) clearImmediate(bringing);
    clearTimeout(resting);
    if (goingOn) clearImmediate(goingOn);
    port.close();
    drop();
  }

  return (encoded: string): void => {
    const messages: readonly ToReader[] = JSON.parse(encoded);
    for (const message of messages) {
      if (message.kind === 'open') storeKey = message.storeKey;
      else if (message.kind === 'index') indexLater(gatherMs);
      else if (message.kind === 'close') end();
      else take(message);
    }
  };
}

/** The thread that reads and keeps the index. */
export function startReading(port: MessagePort, directory: string): void {
  port.on('message', createReading(port, directory));
}
