import type { Database } from 'better-sqlite3';
import type { StoreCounts } from '../../core/ports.ts';
import type { Memory } from './write-memory.ts';
import type { SummaryWriter } from './write-summary.ts';
import type { StoreUnverified } from './write-texts.ts';

/* All that is written besides texts. Each function runs inside a transaction that the caller commits. */

/** Of what is not trusted, the newest are kept: so many, and no body longer than this (bytes). */
export const keptUnverified = 1000;
export const keptBodyBytes = 4096;

/** The beginning of a text, cut to so many bytes of UTF-8 between two characters. */
function cutToBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  let end = bytes;
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--;
  return whole.toString('utf8', 0, end);
}

export function createStoreUnverified(database: Database): StoreUnverified {
  const insert = database.prepare<[number, number, string | null, string, string]>(
    'INSERT INTO unverified (id, received_at, account, reason, body) VALUES (?, ?, ?, ?, ?)',
  );
  const trim = database.prepare<[number]>('DELETE FROM unverified WHERE id <= ?');
  return (memory, item) => {
    const id = ++memory.unverified;
    insert.run(id, item.receivedAt, item.account, cutToBytes(item.reason, 256), cutToBytes(item.body, keptBodyBytes));
    trim.run(id - keptUnverified);
  };
}

/** Rows up to `read_through` are read, and later ones that have a mark: reading all is then a change of one row. */
export function createMarkRead(database: Database, summary: SummaryWriter) {
  const readAll = database.prepare<[number]>('UPDATE summary SET read_through = ?, changes = changes + 1');
  const dropMarks = database.prepare<[]>('DELETE FROM read_mark');
  const mark = database.prepare<[number]>(
    `INSERT OR IGNORE INTO read_mark (sequence, change)
     SELECT m.sequence, s.changes + 1 FROM message m, summary s WHERE m.sequence = ? AND m.sequence > s.read_through`,
  );
  const accountOf = database.prepare<[number], number>('SELECT account FROM message WHERE sequence = ?').pluck();
  const noteChange = database.prepare<[]>('UPDATE summary SET changes = changes + 1');

  function markAll(memory: Memory): number {
    let changed = 0;
    for (const counters of memory.accounts.values()) {
      changed += counters.unread;
      counters.unread = 0;
    }
    readAll.run(memory.newest);
    dropMarks.run();
    return changed;
  }

  function markEach(memory: Memory, sequences: readonly number[]): number {
    let changed = 0;
    for (const sequence of sequences) {
      if (mark.run(sequence).changes === 0) continue;
      const counters = memory.accounts.get(accountOf.get(sequence) ?? 0);
      if (counters) counters.unread--;
      changed++;
    }
    if (changed > 0) noteChange.run();
    return changed;
  }

  return (memory: Memory, sequences: readonly number[] | null): number => {
    const changed = sequences === null ? markAll(memory) : markEach(memory, sequences);
    // The rows after the summary count as unread on opening: the summary must include whatever was read.
    if (changed > 0) summary.writeSummary(memory);
    return changed;
  };
}

export function countsOf(memory: Memory): StoreCounts {
  const accounts = [...memory.accounts.values()];
  return {
    total: memory.newest - memory.deleted,
    unread: accounts.reduce((sum, account) => sum + account.unread, 0),
    newest: memory.newest,
    unverified: memory.unverified,
    accounts: Object.fromEntries(
      accounts.map(({ name, texts, unread, lastTextAt }) => [name, { texts, unread, lastTextAt }]),
    ),
  };
}
