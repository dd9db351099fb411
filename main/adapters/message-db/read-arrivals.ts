import type { Database } from 'better-sqlite3';
import type { Arrival } from '../../../preload/contract/message.ts';
import { laneBits, type MessageRow } from './rows.ts';

interface Run {
  readonly first: number;
  readonly received_at: number | null;
  readonly synced_at: number | null;
  readonly acknowledged_at: number | null;
}

function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

function createRunOf(database: Database, columns: string, table: 'answer' | 'fetched') {
  // Of the runs that end at or after the row the nearest decides whether one covers it.
  const nearest = database.prepare<[number], Run>(
    `SELECT sequence - more AS first, ${columns} FROM ${table} WHERE sequence >= ? ORDER BY sequence LIMIT 1`,
  );
  return (sequence: number): Run | null => {
    const run = nearest.get(sequence);
    return run && run.first <= sequence ? run : null;
  };
}

/** Every way by which a row came: when it was received, synced and acknowledged, as far as that was kept. */
export function createArrivalsOf(database: Database) {
  const answerOf = createRunOf(database, 'NULL AS received_at, synced_at, at AS acknowledged_at', 'answer');
  const fetchedOf = createRunOf(database, 'received_at, synced_at, acknowledged_at', 'fetched');

  return (row: MessageRow): readonly Arrival[] => {
    const fetched = fetchedOf(row.sequence);
    const both = row.lanes === (laneBits.callback | laneBits.history);
    const queueWasFirst = both && fetched?.received_at === row.received_at;
    const arrivals: Arrival[] = [];
    if ((row.lanes & laneBits.callback) !== 0) {
      const answer = answerOf(row.sequence);
      const receivedAt = queueWasFirst ? null : isoTime(row.received_at);
      arrivals.push({ lane: 'callback', receivedAt, ...timesOf(answer) });
    }
    if ((row.lanes & laneBits.history) !== 0) {
      const receivedAt = isoTime(fetched?.received_at ?? (both ? null : row.received_at));
      arrivals.push({ lane: 'history', receivedAt, ...timesOf(fetched) });
    }
    return arrivals;
  };
}

function timesOf(run: Run | null): Pick<Arrival, 'syncedAt' | 'acknowledgedAt'> {
  return { syncedAt: isoTime(run?.synced_at), acknowledgedAt: isoTime(run?.acknowledged_at) };
}
