import type { Database } from 'better-sqlite3';
import { entryKey, identityOf, nearbyKeys, requestKey } from './identity.ts';
import { unpackRequestId } from './raw-shape.ts';
import { createFindRow, laneBits, type MessageRow } from './rows.ts';
import type { Memory } from './write-memory.ts';
import type { SummaryWriter } from './write-summary.ts';

/* Rows that go for ever. Their sequences are not given out again: the summary says how far those went. */

/** All keys under which a row can stand in the identity table. */
function keysOf(row: MessageRow): readonly number[] {
  const identity = identityOf(row.account, row.device, row.text);
  const at = row.platform_at ?? row.received_at;
  const requestId = unpackRequestId(row.request_id);
  const byRequest = requestId === null ? [] : [requestKey(row.account, requestId)];
  if (row.lanes === laneBits.history) return [entryKey(identity, 'history', at)];
  if (row.lanes === laneBits.callback)
    return [entryKey(identity, 'callback', at), entryKey(identity, 'callback', row.received_at), ...byRequest];
  // Where a row came by both ways, the history item's time took the place of the callback's own.
  const lanes = ['callback', 'history'] as const;
  const near = lanes.flatMap((lane) => [at, row.received_at].flatMap((time) => nearbyKeys(identity, lane, time, 1)));
  return [...near, ...byRequest];
}

function createDeleteRow(database: Database) {
  const deleteMessage = database.prepare<[number]>('DELETE FROM message WHERE sequence = ?');
  const deleteRaw = database.prepare<[number]>('DELETE FROM raw WHERE sequence = ?');
  const deleteMark = database.prepare<[number]>('DELETE FROM read_mark WHERE sequence = ?');
  const deleteStar = database.prepare<[number]>('DELETE FROM star WHERE sequence = ?');
  // What waits to be sent on comes to see by itself that its text is gone.
  const deleteForwards = database.prepare<[number]>('DELETE FROM forward WHERE sequence = ? AND state <> 0');
  const deleteEntry = database.prepare<[number, number]>('DELETE FROM identity WHERE key = ? AND sequence = ?');
  return (memory: Memory, row: MessageRow): void => {
    deleteMessage.run(row.sequence);
    deleteRaw.run(row.sequence);
    deleteMark.run(row.sequence);
    deleteStar.run(row.sequence);
    deleteForwards.run(row.sequence);
    for (const key of keysOf(row)) deleteEntry.run(key, row.sequence);
    memory.deleted++;
    const counters = memory.accounts.get(row.account);
    if (!counters) return;
    counters.texts--;
    counters.unread -= row.unread;
  };
}

/** Runs of answers and of fetched rows of which no row is left, among those that touch the rows from `first` to `last`. */
function createDropRuns(database: Database) {
  const drops = ['answer', 'fetched'].map((table) =>
    database.prepare<[{ first: number; last: number }]>(
      `DELETE FROM ${table}
       WHERE sequence BETWEEN @first AND coalesce((SELECT min(sequence) FROM ${table} WHERE sequence >= @last), @last)
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.sequence BETWEEN ${table}.sequence - more AND ${table}.sequence)`,
    ),
  );
  return (first: number, last: number): void => {
    for (const drop of drops) drop.run({ first, last });
  };
}

/** Deletes the rows among `sequences` (ascending) that may go; the caller writes the summary in the same transaction. */
export function createDelete(database: Database, summary: SummaryWriter) {
  const findRow = createFindRow(database);
  const deleteRow = createDeleteRow(database);
  const dropRuns = createDropRuns(database);
  return (memory: Memory, sequences: readonly number[], at: number): number => {
    // Entries of the identity table that only memory holds would be written after their rows are gone.
    summary.writeSummary(memory);
    const rows = sequences
      .filter((sequence) => !memory.unanswered.has(sequence) && !memory.unacknowledged.has(sequence))
      .flatMap((sequence) => findRow(sequence) ?? [])
      .filter((row) => row.received_at < at);
    for (const row of rows) deleteRow(memory, row);
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (first && last) dropRuns(first.sequence, last.sequence);
    return rows.length;
  };
}
