import type { Database } from 'better-sqlite3';
import type { MessageDetail, Unverified } from '../../../preload/contract/message.ts';
import { createBodyOf } from './raw-body.ts';
import { cutTemplate, rebuild, type ShapeValues } from './raw-shape.ts';
import { createArrivalsOf } from './read-arrivals.ts';
import type { Book } from './read-book.ts';
import { createFindRow, toMessage } from './rows.ts';

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** A message with the bodies by which it came, byte for byte. */
export function createDetail(database: Database, storeKey: string, book: Book) {
  const findRow = createFindRow(database);
  const template = database.prepare<[number], string>('SELECT template FROM shape WHERE id = ?').pluck();
  const bodyOf = createBodyOf(database);
  const rebuildShape = (shape: number, values: ShapeValues) => rebuild(cutTemplate(template.get(shape) ?? ''), values);
  const arrivalsOf = createArrivalsOf(database);
  return (sequence: number): MessageDetail | null => {
    const row = findRow(sequence);
    if (row === null) return null;
    const arrivals = arrivalsOf(row);
    return {
      message: toMessage(storeKey, row, book.of(row.known_device ?? 0)),
      rawCallback: bodyOf(row, 'callback', rebuildShape),
      rawHistory: bodyOf(row, 'history', rebuildShape),
      answeredAt: arrivals.find(({ lane }) => lane === 'callback')?.acknowledgedAt ?? null,
      arrivals,
    };
  };
}

/** The newest of what is not trusted, newest first. */
export function createUnverified(database: Database) {
  const select = database.prepare<[number], Omit<Unverified, 'receivedAt'> & { received_at: number }>(
    'SELECT id, received_at, account, reason, body FROM unverified ORDER BY id DESC LIMIT ?',
  );
  return (limit: number): readonly Unverified[] =>
    select.all(limit).map(({ received_at: receivedAt, ...item }) => ({ ...item, receivedAt: isoTime(receivedAt) }));
}
