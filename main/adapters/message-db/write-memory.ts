import type { Database } from 'better-sqlite3';
import { entryKey, identityOf, requestKey } from './identity.ts';
import { unpackRequestId } from './raw-shape.ts';
import { laneBits } from './rows.ts';
import { createDictionary, type Dictionary } from './write-dictionary.ts';

/*
 * What the writer keeps in memory so that storing a text need not touch more pages than the text itself: counters, the
 * newest entries of the identity table, and the rows that the service may not know us to have. All of it can be read
 * again from the disk: from the summary and the rows after it. That happens on opening and after a failed transaction.
 */

/** Of an account's texts. When the last one came is known even if it was deleted. */
export interface AccountCounters {
  readonly name: string;
  texts: number;
  unread: number;
  lastTextAt: number | null;
}

/** Sequences that can be asked for by their identity. */
export interface Watch {
  add(sequence: number, identity: number): void;
  delete(sequence: number): boolean;
  has(sequence: number): boolean;
  of(identity: number): Iterable<number>;
  entries(): Iterable<readonly [number, number]>;
}

export interface Memory {
  readonly dictionary: Dictionary;
  readonly accounts: Map<number, AccountCounters>;
  /** Entries of the identity table that are not written yet. */
  readonly tail: Map<number, number[]>;
  /** Parts of the identity table (see partOfKey) by whether they hold anything; absent where that is not known. */
  readonly parts: Map<number, boolean>;
  /** Rows with a callback whose 2xx is not known to have been sent. */
  readonly unanswered: Watch;
  /** Those of `unanswered` that stand in the table of that name. */
  readonly unansweredOnDisk: Set<number>;
  readonly unacknowledged: Watch;
  /** Lists of identifiers by their device, where seeing them again would change nothing. */
  readonly settled: Map<number, number>;
  /** The row up to which devices are known. */
  placedThrough: number;
  newest: number;
  /** The row up to which the summary on disk is true. */
  through: number;
  deleted: number;
  unverified: number;
}

export function createWatch(): Watch {
  const identities = new Map<number, number>();
  const sequences = new Map<number, number[]>();
  return {
    add(sequence, identity) {
      identities.set(sequence, identity);
      const same = sequences.get(identity);
      if (same === undefined) sequences.set(identity, [sequence]);
      else if (!same.includes(sequence)) same.push(sequence);
    },
    delete(sequence) {
      const identity = identities.get(sequence);
      if (identity === undefined) return false;
      const others = sequences.get(identity)?.filter((other) => other !== sequence) ?? [];
      if (others.length === 0) sequences.delete(identity);
      else sequences.set(identity, others);
      return identities.delete(sequence);
    },
    has: (sequence) => identities.has(sequence),
    of: (identity) => sequences.get(identity) ?? [],
    entries: () => identities,
  };
}

export function addToTail(memory: Memory, key: number, sequence: number): void {
  const entries = memory.tail.get(key);
  if (entries) entries.push(sequence);
  else memory.tail.set(key, [sequence]);
}

/** Counts a new row. */
export function countText(memory: Memory, account: number, name: string, receivedAt: number): void {
  const counters = memory.accounts.get(account) ?? { name, texts: 0, unread: 0, lastTextAt: null };
  counters.texts++;
  counters.unread++;
  counters.lastTextAt = Math.max(counters.lastTextAt ?? 0, receivedAt);
  memory.accounts.set(account, counters);
}

interface Summary {
  readonly through: number;
  readonly placedThrough: number;
  readonly deleted: number;
  readonly unverified: number;
}

function emptyMemory(database: Database): Memory {
  const summary = database
    .prepare<[], Summary>(
      `SELECT through, placed_through AS placedThrough, deleted,
         (SELECT coalesce(max(id), 0) FROM unverified) AS unverified FROM summary`,
    )
    .get();
  if (!summary) throw new Error('The message store has no summary.');
  return {
    dictionary: createDictionary(database),
    accounts: new Map(),
    tail: new Map(),
    parts: new Map(),
    unanswered: createWatch(),
    unansweredOnDisk: new Set(),
    unacknowledged: createWatch(),
    settled: new Map(),
    newest: summary.through,
    ...summary,
  };
}

function readWatches(database: Database, memory: Memory): void {
  interface Watched {
    readonly sequence: number;
    readonly identity: number;
  }
  for (const row of database.prepare<[], Watched>('SELECT sequence, identity FROM unanswered').iterate()) {
    memory.unanswered.add(row.sequence, row.identity);
    memory.unansweredOnDisk.add(row.sequence);
  }
  for (const row of database.prepare<[], Watched>('SELECT sequence, identity FROM unacknowledged').iterate())
    memory.unacknowledged.add(row.sequence, row.identity);
}

interface TailRow {
  readonly sequence: number;
  readonly account: number;
  readonly name: string;
  readonly device: number;
  readonly lanes: number;
  readonly received_at: number;
  readonly platform_at: number | null;
  readonly request_id: Buffer | string | null;
  readonly text: string;
  readonly answered: 0 | 1;
}

/* A run of answers ends at or after the row that it covers: the next end decides. */
const selectTail = `
SELECT m.sequence, m.account, a.name, m.device, m.lanes, m.received_at, m.platform_at, m.request_id, m.text,
  coalesce((SELECT w.sequence - w.more <= m.sequence FROM answer w
            WHERE w.sequence >= m.sequence ORDER BY w.sequence LIMIT 1), 0) AS answered
FROM message m CROSS JOIN account a ON a.id = m.account WHERE m.sequence > ? ORDER BY m.sequence`;

function readTail(database: Database, memory: Memory): void {
  for (const row of database.prepare<[number], TailRow>(selectTail).iterate(memory.through)) {
    const identity = identityOf(row.account, row.device, row.text);
    const at = row.platform_at ?? row.received_at;
    const byCallback = (row.lanes & laneBits.callback) !== 0;
    // Which way a row came first is not kept: an entry too many only proposes a row in vain.
    if (byCallback) addToTail(memory, entryKey(identity, 'callback', at), row.sequence);
    if (byCallback) addToTail(memory, entryKey(identity, 'callback', row.received_at), row.sequence);
    if ((row.lanes & laneBits.history) !== 0) addToTail(memory, entryKey(identity, 'history', at), row.sequence);
    const requestId = unpackRequestId(row.request_id);
    if (requestId !== null) addToTail(memory, requestKey(row.account, requestId), row.sequence);
    if (byCallback && row.answered === 0) memory.unanswered.add(row.sequence, identity);
    countText(memory, row.account, row.name, row.received_at);
    memory.newest = row.sequence;
  }
}

/** Reads the writer's memory from the disk. Takes as long as there are rows after the summary: a few thousand at most. */
export function loadMemory(database: Database): Memory {
  interface AccountRow {
    readonly id: number;
    readonly name: string;
    readonly texts: number;
    readonly unread: number;
    readonly lastTextAt: number | null;
  }
  const memory = emptyMemory(database);
  const accounts = database.prepare<[], AccountRow>(
    'SELECT id, name, texts, unread, last_text_at AS lastTextAt FROM account WHERE last_text_at IS NOT NULL',
  );
  for (const { id, ...counters } of accounts.iterate()) memory.accounts.set(id, counters);
  readWatches(database, memory);
  readTail(database, memory);
  return memory;
}
