import type { Database } from 'better-sqlite3';
import { wordsOf } from '../../core/query-words.ts';

/** Rows in one span: 2 to this power. */
export const spanBits = 10;
/** Rows in one transaction when many are behind. */
const rowsAtOnce = 2000;
/** Of a transaction that indexes one row. */
const leastPages = 10;
const rowsOfPage = 16;

export interface Indexer {
  /** Indexes at most so many rows, inside a transaction of the caller's or in its own; returns how many it were. */
  index(limit: number): number;
  /** Indexes all rows there are. */
  indexAll(): void;
  /** Puts pieces of the index together, about so many pages of it; returns whether there may be more to do. */
  merge(pages: number): boolean;
  /** Whether rows were deleted that the index may still hold. */
  isBehindDeletes(): boolean;
  /** Takes at most so many deleted rows out of the index; returns how many it were. */
  forget(limit: number): number;
}

interface Row {
  readonly sequence: number;
  readonly account: number;
  readonly device: number;
  readonly received_at: number;
  readonly text: string;
}

export function accountWord(account: number): string {
  return `a${account}`;
}

export function deviceWord(device: number): string {
  return `d${device}`;
}

function spanOf(sequence: number): number {
  return Math.floor(sequence / 2 ** spanBits);
}

export interface IndexerEvents {
  /** Called within the transaction that takes a row out. */
  readonly forgot: (sequence: number) => void;
  /** Called after each transaction, with about how many pages it wrote. */
  readonly written: (pages: number) => void;
}

/** Brings the index forward, a number of rows at a time. */
export function createIndexer(database: Database, { forgot, written }: IndexerEvents): Indexer {
  const through = database.prepare<[], number>('SELECT through FROM state').pluck();
  const setThrough = database.prepare<[number]>('UPDATE state SET through = ?');
  const next = database.prepare<[number, number], Row>(
    'SELECT sequence, account, device, received_at, text FROM message WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const add = database.prepare<[number, string, string]>('INSERT INTO words (rowid, text, place) VALUES (?, ?, ?)');
  const widen = database.prepare<[number, number, number]>(
    `INSERT INTO span VALUES (?, ?, ?, 1) ON CONFLICT (number) DO UPDATE
     SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at), texts = texts + 1`,
  );

  const indexNext = database.transaction((limit: number): number => {
    const rows = next.all(through.get() ?? 0, limit);
    for (const row of rows) {
      const place = `${accountWord(row.account)} ${deviceWord(row.device)}`;
      add.run(row.sequence, wordsOf(row.text).join(' '), place);
      widen.run(spanOf(row.sequence), row.received_at, row.received_at);
    }
    const last = rows.at(-1);
    if (last) setThrough.run(last.sequence);
    return rows.length;
  });

  function index(limit: number): number {
    const rows = indexNext(limit);
    if (rows > 0) written(leastPages + rows / rowsOfPage);
    return rows;
  }

  const mergePages = database.prepare<[number]>(`INSERT INTO words (words, rank) VALUES ('merge', ?)`);
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  function merge(pages: number): boolean {
    const before = changes.get() ?? 0;
    mergePages.run(pages);
    // The command itself counts as one: https://sqlite.org/fts5.html#the_merge_command
    const isMerged = (changes.get() ?? 0) - before >= 2;
    if (isMerged) written(pages);
    return isMerged;
  }

  const deletes = database.prepare<[], { known: number; now: number }>(
    'SELECT state.deleted AS known, summary.deleted AS now FROM state, summary',
  );
  const setDeleted = database.prepare<[number]>('UPDATE state SET deleted = ?');
  const gone = database
    .prepare<[number], number>(
      `SELECT id FROM words_docsize WHERE NOT EXISTS (SELECT 1 FROM message WHERE sequence = words_docsize.id)
       ORDER BY id LIMIT ?`,
    )
    .pluck();
  const remove = database.prepare<[number]>('DELETE FROM words WHERE rowid = ?');
  const thin = database.prepare<[number]>('UPDATE span SET texts = texts - 1 WHERE number = ?');

  const forget = database.transaction((limit: number): number => {
    const { known, now } = deletes.get() ?? { known: 0, now: 0 };
    if (known === now) return 0;
    const sequences = gone.all(limit);
    for (const sequence of sequences) {
      remove.run(sequence);
      thin.run(spanOf(sequence));
      forgot(sequence);
    }
    if (sequences.length < limit) setDeleted.run(now);
    return sequences.length;
  });

  return {
    index,
    merge,
    forget,
    isBehindDeletes() {
      const { known, now } = deletes.get() ?? { known: 0, now: 0 };
      return known !== now;
    },
    indexAll() {
      let rows = 0;
      do rows = index(rowsAtOnce);
      while (rows === rowsAtOnce);
    },
  };
}
