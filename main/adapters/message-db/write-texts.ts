import type { Database } from 'better-sqlite3';
import type { IncomingBlock, IncomingCallback, IncomingItem, StoredBlock } from '../../core/ports.ts';
import { hashOf, identityOf } from './identity.ts';
import type { BlockAsked, CallbackOutcome } from './protocol.ts';
import { createFindRows, type MessageRow, toMessage } from './rows.ts';
import { createFindSame, type FindSame } from './write-candidates.ts';
import { createFetched } from './write-fetched.ts';
import type { Memory } from './write-memory.ts';
import { createMessageWriter, type Incoming, type MessageWriter } from './write-message.ts';

/* Texts as they come in, by both ways. Each function runs inside a transaction that the caller commits. */

const noRows: ReadonlySet<number> = new Set();

function fromCallback(memory: Memory, callback: IncomingCallback): Incoming {
  return {
    ...callback,
    lane: 'callback',
    accountName: callback.account,
    account: memory.dictionary.account(callback.account),
    device: memory.dictionary.device(callback.deviceIds),
  };
}

function fromItem(memory: Memory, block: IncomingBlock, item: IncomingItem): Incoming {
  return {
    ...item,
    lane: 'history',
    receivedAt: block.receivedAt,
    requestId: null,
    callbackCount: null,
    accountName: block.account,
    account: memory.dictionary.account(block.account),
    device: memory.dictionary.device(item.deviceIds),
  };
}

export function createStoreCallback(database: Database, storeKey: string) {
  const findSame = createFindSame(database);
  const writer = createMessageWriter(database);
  return (memory: Memory, callback: IncomingCallback): CallbackOutcome => {
    const incoming = fromCallback(memory, callback);
    const row = findSame(memory, incoming, noRows);
    if (row === null) return { newSequence: writer.insert(memory, incoming) };
    return { known: toMessage(storeKey, writer.merge(memory, row, incoming)) };
  };
}

/**
 * The row of each item, null where it is new. Earlier items choose first, and each takes the oldest row that fits: so
 * no order in which the service lists them leaves one over that could have been matched.
 */
function matchItems(memory: Memory, items: readonly Incoming[], findSame: FindSame): readonly (MessageRow | null)[] {
  const taken = new Set<number>();
  const rows: (MessageRow | null)[] = items.map(() => null);
  const timeOf = (index: number) => items[index]?.platformAt ?? 0;
  for (const index of [...items.keys()].sort((a, b) => timeOf(a) - timeOf(b) || a - b)) {
    const item = items[index];
    const row = item ? findSame(memory, item, taken) : null;
    if (row === null) continue;
    taken.add(row.sequence);
    rows[index] = row;
  }
  return rows;
}

function createStoreItem(database: Database, writer: MessageWriter) {
  const addUnacknowledged = database.prepare<[number, number, number]>(
    'INSERT OR IGNORE INTO unacknowledged (account, sequence, identity) VALUES (?, ?, ?)',
  );
  return (memory: Memory, item: Incoming, row: MessageRow | null): number => {
    const sequence = row === null ? writer.insert(memory, item) : writer.merge(memory, row, item).sequence;
    const identity = identityOf(item.account, row === null ? item.device.number : row.device, item.text);
    addUnacknowledged.run(item.account, sequence, identity);
    memory.unacknowledged.add(sequence, identity);
    return sequence;
  };
}

/** Items that are no texts: kept whole, once each, because acknowledging the block is the end of them at the service. */
function createStoreUnreadable(database: Database) {
  const find = database
    .prepare<[number, number, string], number>('SELECT 1 FROM unreadable WHERE account = ? AND hash = ? AND body = ?')
    .pluck();
  const insert = database.prepare<[number, number, number, string]>('INSERT INTO unreadable VALUES (?, ?, ?, ?)');
  return (account: number, receivedAt: number, body: string): boolean => {
    const hash = hashOf(body);
    if (find.get(account, hash, body) !== undefined) return false;
    insert.run(account, hash, receivedAt, body);
    return true;
  };
}

export type StoreUnverified = (
  memory: Memory,
  item: {
    readonly receivedAt: number;
    readonly account: string | null;
    readonly reason: string;
    readonly body: string;
  },
) => void;

export function createStoreBlock(database: Database, storeKey: string, storeUnverified: StoreUnverified) {
  const findSame = createFindSame(database);
  const findRows = createFindRows(database);
  const storeItem = createStoreItem(database, createMessageWriter(database));
  const storeUnreadable = createStoreUnreadable(database);
  const fetched = createFetched(database);
  const acknowledge = database
    .prepare<[number], number>('DELETE FROM unacknowledged WHERE account = ? RETURNING sequence')
    .pluck();

  return (memory: Memory, block: BlockAsked): StoredBlock => {
    const account = memory.dictionary.account(block.account);
    if (block.acknowledgesPrevious)
      for (const sequence of acknowledge.all(account)) memory.unacknowledged.delete(sequence);
    fetched.settle(account, block);
    const items = block.items.map((item) => fromItem(memory, block, item));
    const rows = matchItems(memory, items, findSame);
    const stored = items.map((item, index) => storeItem(memory, item, rows[index] ?? null));
    fetched.add(account, block.receivedAt, stored);
    for (const body of block.unreadable)
      if (storeUnreadable(account, block.receivedAt, body))
        storeUnverified(memory, { ...block, reason: 'unreadable-history-item', body });
    const kept = new Map(findRows(stored).map((row) => [row.sequence, toMessage(storeKey, row)]));
    const messages = stored.flatMap((sequence) => kept.get(sequence) ?? []);
    return {
      added: messages.filter((_, index) => rows[index] === null),
      matched: messages.filter((_, index) => rows[index] !== null),
    };
  };
}
