import type { Database } from 'better-sqlite3';
import type { Lane } from '../../../preload/contract/message.ts';
import { type ShapeValues, unpackRequestId } from './raw-shape.ts';
import { laneBits, type MessageRow, unpackIdentifiers } from './rows.ts';

/** What a row holds of its bodies. */
export function valuesOf(row: MessageRow): ShapeValues {
  return {
    text: row.text,
    deviceIds: unpackIdentifiers(row.identifiers),
    platformTime: row.platform_time,
    requestId: unpackRequestId(row.request_id),
  };
}

/** The body by which a row came by a lane, exactly as it was; null when it did not come that way. */
export function createBodyOf(database: Database) {
  const find = database
    .prepare<[number, number], string>('SELECT body FROM raw WHERE sequence = ? AND lane = ?')
    .pluck();
  return (row: MessageRow, lane: Lane, rebuildShape: (shape: number, values: ShapeValues) => string): string | null => {
    const shape = lane === 'callback' ? row.callback_shape : row.history_shape;
    return shape === null ? (find.get(row.sequence, laneBits[lane]) ?? null) : rebuildShape(shape, valuesOf(row));
  };
}
