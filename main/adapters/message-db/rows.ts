import type { Database } from 'better-sqlite3';
import type { DeviceId, Lane, Message, TextsDevice } from '../../../preload/contract/message.ts';

/* Rows of `message` as both threads read them. */

export const laneBits: Readonly<Record<Lane, number>> = { callback: 1, history: 2 };

export function lanesOf(bits: number): readonly Lane[] {
  if (bits === laneBits.callback) return ['callback'];
  return bits === laneBits.history ? ['history'] : ['callback', 'history'];
}

export interface MessageRow {
  readonly sequence: number;
  readonly account: number;
  readonly account_name: string;
  readonly device: number;
  readonly identifiers: string;
  /** null while it is not known, or where the text carried no identifier. */
  readonly known_device: number | null;
  readonly lanes: number;
  readonly received_at: number;
  readonly platform_at: number | null;
  readonly platform_time: string | null;
  readonly request_id: Buffer | string | null;
  readonly callback_count: number | null;
  readonly callback_shape: number | null;
  readonly history_shape: number | null;
  readonly text: string;
  readonly unread: 0 | 1;
  readonly starred: 0 | 1;
}

export const unreadCondition =
  '(m.sequence > (SELECT read_through FROM summary) AND m.sequence NOT IN (SELECT sequence FROM read_mark))';

export const starredCondition = 'm.sequence IN (SELECT sequence FROM star)';

/** The last sequence that was given out: the newest rows may be deleted, then the summary knows it. To be read from `summary`. */
export const newestSequence = 'max(through, (SELECT coalesce(max(sequence), 0) FROM message))';

/** The device of a text `m`. */
export const knownDevice = `(SELECT p.device FROM placed p WHERE p.names = m.device AND p.from_sequence <= m.sequence
  ORDER BY p.from_sequence DESC LIMIT 1)`;

/* CROSS JOIN keeps SQLite from starting at the smaller tables. */
const selectRows = `
SELECT m.*, a.name AS account_name, d.identifiers, ${knownDevice} AS known_device, ${unreadCondition} AS unread,
  ${starredCondition} AS starred
FROM message m CROSS JOIN account a ON a.id = m.account CROSS JOIN device d ON d.id = m.device`;

export type FindRow = (sequence: number) => MessageRow | null;

export function createFindRow(database: Database): FindRow {
  const statement = database.prepare<[number], MessageRow>(`${selectRows} WHERE m.sequence = ?`);
  return (sequence) => statement.get(sequence) ?? null;
}

export type FindRows = (sequences: readonly number[]) => readonly MessageRow[];

/** The rows of a page, newest first: one statement for all is some twenty times faster than one for each. */
export function createFindRows(database: Database): FindRows {
  const statement = database.prepare<[string], MessageRow>(
    `${selectRows} WHERE m.sequence IN (SELECT value FROM json_each(?)) ORDER BY m.sequence DESC`,
  );
  return (sequences) => statement.all(JSON.stringify(sequences));
}

/** Identifiers as they are kept: JSON of [kind, id] pairs, in their order. */
export function packIdentifiers(deviceIds: readonly DeviceId[]): string {
  return JSON.stringify(deviceIds.map((device) => [device.kind, device.id]));
}

/** One identifier as it is looked up: its kind has no colon. */
export function identifierText({ kind, id }: DeviceId): string {
  return `${kind}:${id}`;
}

export function readIdentifier(text: string): DeviceId {
  const colon = text.indexOf(':');
  return { id: text.slice(colon + 1), kind: text.slice(0, colon) };
}

export function unpackIdentifiers(packed: string): readonly DeviceId[] {
  const pairs: readonly (readonly [string, string])[] = JSON.parse(packed);
  return pairs.map(([kind, id]) => ({ id, kind }));
}

export function messageId(storeKey: string, sequence: number): string {
  return `${storeKey}-${sequence}`;
}

/** The sequence in a message's id, or null when the id is of another database. */
export function sequenceOf(storeKey: string, id: string): number | null {
  const prefix = `${storeKey}-`;
  const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : null;
}

export function toMessage(storeKey: string, row: MessageRow, device?: TextsDevice): Message {
  return {
    id: messageId(storeKey, row.sequence),
    sequence: row.sequence,
    account: row.account_name,
    deviceIds: unpackIdentifiers(row.identifiers),
    text: row.text,
    receivedAt: new Date(row.received_at).toISOString(),
    platformTime: row.platform_time,
    lanes: lanesOf(row.lanes),
    unread: row.unread === 1,
    ...(row.starred === 1 && { starred: true as const }),
    ...(device && { device }),
  };
}

/** Numbers are bound as reals, and the index goes to a place only by a whole one. */
export function rangeOf(column: string): string {
  return `${column} > CAST(? AS INTEGER) AND ${column} <= CAST(? AS INTEGER)`;
}
