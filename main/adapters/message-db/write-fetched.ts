import type { Database } from 'better-sqlite3';
import type { BlockAsked } from './protocol.ts';

/** What the table `fetched` keeps of blocks of the queue (see migrations/0005-arrivals.ts). */
export interface Fetched {
  /** The block before, if it is not settled yet: since when it is synced, and whether this answer acknowledges it. */
  settle(account: number, block: BlockAsked): void;
  /** A block came with these rows. One that comes again keeps its first time. */
  add(account: number, receivedAt: number, sequences: readonly number[]): void;
}

/** Neighbouring rows as [last row, rows before it]. */
function runsOf(sequences: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const sequence of [...new Set(sequences)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[0] === sequence - 1) [last[0], last[1]] = [sequence, last[1] + 1];
    else runs.push([sequence, 0]);
  }
  return runs;
}

export function createFetched(database: Database): Fetched {
  const add = database.prepare<[number, number, number, number]>(
    'INSERT OR IGNORE INTO fetched (sequence, more, account, received_at) VALUES (?, ?, ?, ?)',
  );
  const sync = database.prepare<[{ account: number; at: number }]>(
    `UPDATE fetched SET synced_at = @at
     WHERE account = @account AND acknowledged_at IS NULL AND synced_at IS NULL AND received_at <= @at`,
  );
  const acknowledge = database.prepare<[{ account: number; at: number }]>(
    'UPDATE fetched SET acknowledged_at = @at WHERE account = @account AND acknowledged_at IS NULL',
  );
  return {
    settle(account, { previousSyncedAt = null, acknowledgesPrevious, receivedAt }) {
      if (previousSyncedAt !== null) sync.run({ account, at: previousSyncedAt });
      if (acknowledgesPrevious) acknowledge.run({ account, at: receivedAt });
    },
    add(account, receivedAt, sequences) {
      for (const [sequence, more] of runsOf(sequences)) add.run(sequence, more, account, receivedAt);
    },
  };
}
