import type { Database } from 'better-sqlite3';
import { type Candidate, type Delivered, isSameText } from '../../core/message.ts';
import { endOfPart, identityOf, nearbyKeys, partOfKey, requestKey } from './identity.ts';
import { unpackRequestId } from './raw-shape.ts';
import { createFindRow, laneBits, lanesOf, type MessageRow, unpackIdentifiers } from './rows.ts';
import type { KnownDevice } from './write-dictionary.ts';
import type { Memory } from './write-memory.ts';

/** A delivery with what the store knows of it. */
export interface Arrival extends Delivered {
  readonly account: number;
  readonly device: KnownDevice;
  readonly text: string;
}

/** The row that holds this very text already, or null. Rows in `taken` matched another item of the same block. */
export type FindSame = (memory: Memory, arrival: Arrival, taken: ReadonlySet<number>) => MessageRow | null;

const rememberedParts = 1000;
const noSequences: ReadonlySet<number> = new Set();

/**
 * The keys under which rows stand that `isSameText` can accept by their time. By callback: rows of history, and earlier
 * callbacks only where the service says that this is a repeat. By history: rows of callbacks.
 */
function keysFor(arrival: Arrival, identity: number): readonly number[] {
  const at = arrival.platformAt ?? arrival.receivedAt;
  if (arrival.lane === 'history') return nearbyKeys(identity, 'callback', at, 1);
  const keys = nearbyKeys(identity, 'history', at, 1);
  return (arrival.callbackCount ?? 1) > 1 ? [...keys, ...nearbyKeys(identity, 'callback', at, 2)] : keys;
}

function toCandidate(memory: Memory, row: MessageRow): Candidate {
  return {
    deviceIds: unpackIdentifiers(row.identifiers),
    lanes: lanesOf(row.lanes),
    receivedAt: row.received_at,
    platformAt: row.platform_at,
    platformTime: row.platform_time,
    requestId: unpackRequestId(row.request_id),
    callbackCount: row.callback_count,
    answered: (row.lanes & laneBits.callback) !== 0 && !memory.unanswered.has(row.sequence),
    acknowledged: (row.lanes & laneBits.history) !== 0 && !memory.unacknowledged.has(row.sequence),
  };
}

/** Sequences under a key of the identity table. Mostly its part of the table is known to be empty. */
function createFindEntries(database: Database) {
  const find = database.prepare<[number], number>('SELECT sequence FROM identity WHERE key = ?').pluck();
  const findPart = database
    .prepare<[number, number], number>('SELECT 1 FROM identity WHERE key >= ? AND key < ? LIMIT 1')
    .pluck();
  return (memory: Memory, key: number): readonly number[] => {
    const part = partOfKey(key);
    let filled = memory.parts.get(part);
    if (filled === undefined) {
      filled = findPart.get(part, endOfPart(part)) !== undefined;
      if (memory.parts.size >= rememberedParts) memory.parts.clear();
      memory.parts.set(part, filled);
    }
    return filled ? find.all(key) : [];
  };
}

/** Finds the row of a text that is there already, by the rules of core/message.ts. */
export function createFindSame(database: Database): FindSame {
  const findRow = createFindRow(database);
  const findEntries = createFindEntries(database);

  function collect(memory: Memory, arrival: Arrival): ReadonlySet<number> {
    let found: Set<number> | null = null;
    const add = (sequences: Iterable<number>) => {
      for (const sequence of sequences) (found ??= new Set()).add(sequence);
    };
    const lookUp = (key: number) => {
      add(memory.tail.get(key) ?? []);
      add(findEntries(memory, key));
    };
    for (const device of arrival.device.related) {
      const identity = identityOf(arrival.account, device, arrival.text);
      add(memory.unanswered.of(identity));
      add(memory.unacknowledged.of(identity));
      for (const key of keysFor(arrival, identity)) lookUp(key);
    }
    if (arrival.requestId !== null) lookUp(requestKey(arrival.account, arrival.requestId));
    return found ?? noSequences;
  }

  return (memory, arrival, taken) => {
    const sequences = collect(memory, arrival);
    if (sequences.size === 0) return null;
    for (const sequence of [...sequences].sort((a, b) => a - b)) {
      const row = taken.has(sequence) ? null : findRow(sequence);
      if (row === null || row.account !== arrival.account || row.text !== arrival.text) continue;
      if (isSameText(arrival, toCandidate(memory, row))) return row;
    }
    return null;
  };
}
