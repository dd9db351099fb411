import type { Database } from 'better-sqlite3';
import { fail, ok } from '../../../preload/contract/result.ts';
import { failureOf, isOfOneCall } from './failure.ts';
import type { Answered, Call, Handlers, Outcome, Reply, WriteTable } from './protocol.ts';
import { createDelete } from './write-delete.ts';
import { createDeviceHandlers } from './write-device-says.ts';
import { createPlacer } from './write-devices.ts';
import { createForwardHandlers } from './write-forwards.ts';
import { loadMemory, type Memory } from './write-memory.ts';
import { countsOf, createMarkRead, createStoreUnverified } from './write-others.ts';
import { createSendHandlers } from './write-sends.ts';
import { createStar } from './write-stars.ts';
import { createSummaryWriter } from './write-summary.ts';
import { createStoreBlock, createStoreCallback } from './write-texts.ts';

/** Rows after which the summary is written within the next transaction: opening after a crash looks at about so many. */
const summaryEvery = 16_384;
/**
 * Answers that wait for one another before they are written, under load. Until then a crash makes their rows count as
 * unanswered, like those whose answer was under way.
 */
const answersAtOnce = 64;
/** Rows whose device is looked up in one go, in a pause: a few milliseconds. */
const placedAtOnce = 4096;

/** The calls that are carried out within a transaction. */
type Stored = Omit<WriteTable, 'renew'>;
type StoredCall = Call<Stored>;

/** What must be on the disk whole when it is answered: the thread that reads builds on it. */
function needsSummary({ kind }: StoredCall): boolean {
  return kind === 'settle' || kind === 'delete';
}

export interface Committer {
  /** Carries out what came in since the last transaction, in one transaction, and answers each call. */
  commit(items: readonly (StoredCall | Answered)[]): readonly Reply[];
  /**
   * Writes what only memory holds, and looks at whose the new rows are; true when there is more of that to do. Throws
   * what SQLite throws; nothing is lost then.
   */
  settle(): boolean;
}

function createHandlers(database: Database, storeKey: string, memory: () => Memory): Handlers<Stored> {
  const storeCallback = createStoreCallback(database, storeKey);
  const storeUnverified = createStoreUnverified(database);
  const storeBlock = createStoreBlock(database, storeKey, storeUnverified);
  const placer = createPlacer(database);
  const checkWritable = database.prepare<[]>('UPDATE summary SET through = through');
  const summary = createSummaryWriter(database);
  const markRead = createMarkRead(database, summary);
  const star = createStar(database);
  const deleteRows = createDelete(database, summary);
  return {
    callback: (callback) => storeCallback(memory(), callback),
    block: (block) => storeBlock(memory(), block),
    unverified: (item) => {
      storeUnverified(memory(), { ...item, receivedAt: Date.parse(item.receivedAt) });
      return null;
    },
    read: (sequences) => markRead(memory(), sequences),
    star,
    check: () => {
      checkWritable.run();
      return null;
    },
    settle: () => null,
    place: ({ limit }) => placer.placeSome(memory(), limit),
    ...createDeviceHandlers(database, memory, placer),
    ...createForwardHandlers(database),
    ...createSendHandlers(database, memory, placer),
    delete: ({ sequences, at }) => deleteRows(memory(), sequences, at),
    counts: () => countsOf(memory()),
  };
}

/** Whether another process wrote to the database since the last time this was asked. */
function createForeignChange(database: Database): () => boolean {
  const version = database.prepare<[], number>('PRAGMA data_version').pluck();
  let known = version.get();
  return () => {
    const now = version.get();
    const changed = now !== known;
    known = now;
    return changed;
  };
}

interface Held {
  readonly current: () => Memory;
  readonly forget: () => void;
  /** Takes an answer into account, if its row waits for one. */
  readonly note: (answer: Answered) => void;
  /** Answers that are not written yet. */
  readonly pending: () => readonly Answered[];
  readonly written: () => void;
}

/** Memory is read again from the disk after a failed transaction, for it may be ahead; answers are all that would be lost. */
function createHeld(database: Database): Held {
  let memory: Memory | null = null;
  let pending: Answered[] = [];
  const current = () => {
    if (memory === null) {
      const loaded = loadMemory(database);
      pending = pending.filter((answer) => loaded.unanswered.delete(answer.sequence));
      memory = loaded;
    }
    return memory;
  };
  return {
    current,
    forget: () => {
      memory = null;
    },
    note: (answer) => {
      if (memory === null || memory.unanswered.delete(answer.sequence)) pending.push(answer);
    },
    pending: () => pending,
    written: () => {
      pending = [];
    },
  };
}

/** Runs work in one synced transaction, with what else waits to be written. */
function createTransact(database: Database, held: Held) {
  const { writeAnswers, writeSummary } = createSummaryWriter(database);
  const changedByOthers = createForeignChange(database);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  return <T>(work: () => T, withSummary: boolean): T => {
    try {
      begin.run();
      if (changedByOthers()) held.forget();
      held.current();
      const value = work();
      const memory = held.current();
      const answers = withSummary || held.pending().length >= answersAtOnce ? held.pending() : [];
      if (answers.length > 0) writeAnswers(memory, answers);
      if (withSummary || memory.newest - memory.through >= summaryEvery) writeSummary(memory);
      end.run();
      if (answers.length > 0) held.written();
      return value;
    } catch (error) {
      held.forget();
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

export function createCommitter(database: Database, storeKey: string): Committer {
  const held = createHeld(database);
  const handlers = createHandlers(database, storeKey, held.current);
  const transact = createTransact(database, held);
  held.current();

  const run = <K extends keyof Stored>(kind: K, input: Call<Stored, K>['input']): Outcome<Stored, K> =>
    handlers[kind](input);
  const reply = (call: StoredCall): Reply => ({ id: call.id, result: ok(run(call.kind, call.input)) });
  const refuse = (call: StoredCall, error: unknown): Reply => ({ id: call.id, result: fail(failureOf(error)) });

  function alone(call: StoredCall): Reply {
    try {
      return transact(() => reply(call), needsSummary(call));
    } catch (error) {
      return refuse(call, error);
    }
  }

  return {
    commit(items) {
      const calls = items.filter((item) => item.kind !== 'answered');
      const replies: Reply[] = [];
      const rest = items.values();
      const work = () => {
        for (const item of rest)
          if (item.kind === 'answered') held.note(item);
          else replies.push(reply(item));
      };
      try {
        if (calls.every((call) => call.kind === 'counts')) work();
        else transact(work, calls.some(needsSummary));
        return replies;
      } catch (error) {
        // The loop above stopped at the call that failed: what was answered after it counts all the same.
        for (const item of rest) if (item.kind === 'answered') held.note(item);
        return calls.length > 1 && isOfOneCall(error) ? calls.map(alone) : calls.map((call) => refuse(call, error));
      }
    },
    settle() {
      const { newest, through, placedThrough } = held.current();
      if (newest === through && newest === placedThrough && held.pending().length === 0) return false;
      return transact(() => run('place', { limit: placedAtOnce }), true);
    },
  };
}
