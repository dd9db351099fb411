import type { Database } from 'better-sqlite3';
import type { Lane } from '../../../preload/contract/message.ts';
import { entryKey, identityOf, partOfKey, requestKey } from './identity.ts';
import { createBodyOf, valuesOf } from './raw-body.ts';
import { packRequestId } from './raw-shape.ts';
import { laneBits, type MessageRow } from './rows.ts';
import type { Arrival } from './write-candidates.ts';
import { addToTail, countText, type Memory } from './write-memory.ts';

/** A delivery to be written: what is matched on, and what is only kept. */
export interface Incoming extends Arrival {
  readonly accountName: string;
  readonly raw: string;
}

export interface MessageWriter {
  /** Adds a row and returns its sequence. */
  insert(memory: Memory, incoming: Incoming): number;
  /** Notes on a row that it came once more, and returns the row as it now is. */
  merge(memory: Memory, row: MessageRow, incoming: Incoming): MessageRow;
}

const insertMessage = `
INSERT INTO message (sequence, account, device, lanes, received_at, platform_at, platform_time, request_id,
  callback_count, callback_shape, history_shape, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const updateMessage = `
UPDATE message SET lanes = @lanes, platform_at = @platform_at, platform_time = @platform_time,
  request_id = @request_id, callback_count = @callback_count, callback_shape = @callback_shape,
  history_shape = @history_shape
WHERE sequence = @sequence`;

/** What a row becomes by one more delivery. Where it came by history, ThingSpace's time is that of the history item. */
function widened(row: MessageRow, incoming: Incoming): MessageRow {
  const count = Math.max(row.callback_count ?? 0, incoming.callbackCount ?? 0);
  const fromHistory = incoming.lane === 'history';
  return {
    ...row,
    lanes: row.lanes | laneBits[incoming.lane],
    platform_at: fromHistory ? incoming.platformAt : row.platform_at,
    platform_time: fromHistory ? incoming.platformTime : row.platform_time,
    request_id: row.request_id ?? packRequestId(incoming.requestId),
    callback_count: count === 0 ? null : count,
  };
}

function createKeepBody(database: Database) {
  const keep = database.prepare<[number, number, string]>('INSERT OR REPLACE INTO raw VALUES (?, ?, ?)');
  const drop = database.prepare<[number, number]>('DELETE FROM raw WHERE sequence = ? AND lane = ?');
  return (sequence: number, lane: Lane, raw: string, shape: number | null): void => {
    if (shape === null) keep.run(sequence, laneBits[lane], raw);
    else drop.run(sequence, laneBits[lane]);
  };
}

function createInsert(database: Database): MessageWriter['insert'] {
  const insert = database.prepare(insertMessage);
  const keepBody = database.prepare<[number, number, string]>('INSERT INTO raw VALUES (?, ?, ?)');
  return (memory, incoming) => {
    const sequence = ++memory.newest;
    const byCallback = incoming.lane === 'callback';
    const shape = memory.dictionary.shape(incoming.raw, incoming);
    insert.run(
      sequence,
      incoming.account,
      incoming.device.number,
      laneBits[incoming.lane],
      incoming.receivedAt,
      incoming.platformAt,
      incoming.platformTime,
      packRequestId(incoming.requestId),
      incoming.callbackCount,
      byCallback ? shape : null,
      byCallback ? null : shape,
      incoming.text,
    );
    if (shape === null) keepBody.run(sequence, laneBits[incoming.lane], incoming.raw);
    const identity = identityOf(incoming.account, incoming.device.number, incoming.text);
    addToTail(memory, entryKey(identity, incoming.lane, incoming.platformAt ?? incoming.receivedAt), sequence);
    if (incoming.requestId !== null) addToTail(memory, requestKey(incoming.account, incoming.requestId), sequence);
    if (byCallback) memory.unanswered.add(sequence, identity);
    countText(memory, incoming.account, incoming.accountName, incoming.receivedAt);
    return sequence;
  };
}

function createMerge(database: Database): MessageWriter['merge'] {
  const update = database.prepare<[MessageRow]>(updateMessage);
  const insertEntry = database.prepare<[number, number]>('INSERT OR IGNORE INTO identity VALUES (?, ?)');
  const addUnanswered = database.prepare<[number, number]>('INSERT OR IGNORE INTO unanswered VALUES (?, ?)');
  const noteChange = database.prepare<[]>('UPDATE summary SET changes = changes + 1');
  const keepBody = createKeepBody(database);
  const bodyOf = createBodyOf(database);

  function addEntry(memory: Memory, key: number, sequence: number): void {
    insertEntry.run(key, sequence);
    memory.parts.set(partOfKey(key), true);
  }

  /** Bodies are tied to the row's other values: they are kept anew when those change. */
  function write(memory: Memory, row: MessageRow, next: MessageRow, incoming: Incoming): MessageRow {
    const values = valuesOf(next);
    const shapes: Record<Lane, number | null> = { callback: null, history: null };
    for (const lane of ['callback', 'history'] as const) {
      const came = (row.lanes & laneBits[lane]) !== 0;
      const raw = came ? bodyOf(row, lane, memory.dictionary.body) : lane === incoming.lane ? incoming.raw : null;
      if (raw === null) continue;
      shapes[lane] = memory.dictionary.shape(raw, values);
      keepBody(row.sequence, lane, raw, shapes[lane]);
    }
    const written = { ...next, callback_shape: shapes.callback, history_shape: shapes.history };
    update.run(written);
    noteChange.run();
    return written;
  }

  return (memory, row, incoming) => {
    const isRepeat = (row.lanes & laneBits[incoming.lane]) !== 0;
    const next = isRepeat && incoming.lane === 'history' ? row : widened(row, incoming);
    const identity = identityOf(row.account, row.device, row.text);
    if (!isRepeat)
      addEntry(memory, entryKey(identity, incoming.lane, incoming.platformAt ?? incoming.receivedAt), row.sequence);
    if (!isRepeat && incoming.lane === 'callback') {
      memory.unanswered.add(row.sequence, identity);
      memory.unansweredOnDisk.add(row.sequence);
      addUnanswered.run(row.sequence, identity);
    }
    if (row.request_id === null && incoming.requestId !== null)
      addEntry(memory, requestKey(row.account, incoming.requestId), row.sequence);
    const changed = !isRepeat || next.request_id !== row.request_id || next.callback_count !== row.callback_count;
    return changed ? write(memory, row, next, incoming) : row;
  };
}

export function createMessageWriter(database: Database): MessageWriter {
  return { insert: createInsert(database), merge: createMerge(database) };
}
