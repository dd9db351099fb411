import type { Database } from 'better-sqlite3';
import { partOfKey } from './identity.ts';
import type { Answered } from './protocol.ts';
import type { Memory } from './write-memory.ts';

/** Answers that lie closer than this (milliseconds) are kept as one run with one time. */
const sameMomentMs = 50;
/** Rows in one INSERT. */
const entriesAtOnce = 64;

export interface SummaryWriter {
  /** Writes the counters, the entries of the identity table and the open callbacks of all rows so far. */
  readonly writeSummary: (memory: Memory) => void;
  /** Writes when 2xx were sent. Each sequence must stand in `unanswered` no longer. */
  readonly writeAnswers: (memory: Memory, answers: readonly Answered[]) => void;
}

type Run = [last: number, before: number, at: number, syncedAt: number | null];

/**
 * Answers of neighbouring rows at nearly one time: last row, rows before it, and when the last of them was sent and on
 * the disk, so that none is told as answered before it was received.
 */
function runsOf(answers: readonly Answered[]): readonly Readonly<Run>[] {
  const runs: Run[] = [];
  let earliest = 0;
  for (const { sequence, at, syncedAt = null } of [...answers].sort((a, b) => a.sequence - b.sequence)) {
    const last = runs.at(-1);
    const latest = Math.max(last?.[2] ?? at, at);
    if (last && last[0] === sequence - 1 && latest - Math.min(earliest, at) <= sameMomentMs) {
      earliest = Math.min(earliest, at);
      runs[runs.length - 1] = [sequence, last[1] + 1, latest, later(last[3], syncedAt)];
    } else {
      earliest = at;
      runs.push([sequence, 0, at, syncedAt]);
    }
  }
  return runs;
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Writes the tail in the order of the table, so that each of its pages is written once. */
function createAddEntries(database: Database) {
  const one = database.prepare<number[]>('INSERT OR IGNORE INTO identity VALUES (?, ?)');
  const many = database.prepare<number[]>(
    `INSERT OR IGNORE INTO identity VALUES ${Array.from({ length: entriesAtOnce }, () => '(?, ?)').join(', ')}`,
  );
  return (memory: Memory): void => {
    const values: number[] = [];
    for (const [key, sequences] of [...memory.tail].sort(([a], [b]) => a - b)) {
      memory.parts.set(partOfKey(key), true);
      for (const sequence of sequences) values.push(key, sequence);
    }
    const whole = values.length - (values.length % (entriesAtOnce * 2));
    for (let index = 0; index < whole; index += entriesAtOnce * 2)
      many.run(...values.slice(index, index + entriesAtOnce * 2));
    for (let index = whole; index < values.length; index += 2) one.run(...values.slice(index, index + 2));
  };
}

export function createSummaryWriter(database: Database): SummaryWriter {
  const addEntries = createAddEntries(database);
  const setCounters = database.prepare<[number, number, number | null, number]>(
    'UPDATE account SET texts = ?, unread = ?, last_text_at = ? WHERE id = ?',
  );
  const addUnanswered = database.prepare<[number, number]>('INSERT OR IGNORE INTO unanswered VALUES (?, ?)');
  const removeUnanswered = database.prepare<[number]>('DELETE FROM unanswered WHERE sequence = ?');
  const setThrough = database.prepare<[number, number]>('UPDATE summary SET through = ?, deleted = ?');
  const addAnswer = database.prepare<Run>('INSERT INTO answer (sequence, more, at, synced_at) VALUES (?, ?, ?, ?)');

  return {
    writeSummary(memory) {
      addEntries(memory);
      for (const [account, { texts, unread, lastTextAt }] of memory.accounts)
        setCounters.run(texts, unread, lastTextAt, account);
      for (const [sequence, identity] of memory.unanswered.entries()) {
        if (memory.unansweredOnDisk.has(sequence)) continue;
        addUnanswered.run(sequence, identity);
        memory.unansweredOnDisk.add(sequence);
      }
      setThrough.run(memory.newest, memory.deleted);
      memory.tail.clear();
      memory.through = memory.newest;
    },
    writeAnswers(memory, answers) {
      for (const run of runsOf(answers)) addAnswer.run(...run);
      for (const { sequence } of answers) if (memory.unansweredOnDisk.delete(sequence)) removeUnanswered.run(sequence);
    },
  };
}
