import { deviceId, lane, type Message } from '../../preload/contract/message.ts';

/* Rows of an export, as docs/export-format.md describes them: what is hashed, and how both formats are written and read. */

/** What is exported of a text, and what its hash covers. */
export type ExportedText = Pick<
  Message,
  'id' | 'account' | 'deviceIds' | 'text' | 'receivedAt' | 'platformTime' | 'lanes'
>;

export type ExportRow =
  | { readonly kind: 'text'; readonly row: number; readonly text: ExportedText; readonly hash: string }
  /** The last one: without it the file was cut short. `count` rows come before it; `hash` is that of the last of them. */
  | { readonly kind: 'end'; readonly count: number; readonly hash: string };

export interface ExportFormat {
  /** How each export that is not empty begins. */
  readonly beginning: string;
  /** What stands before the first row, or null. */
  readonly header: string | null;
  /** What ends each row. */
  readonly lineEnd: string;
  /** Whether a row may hold line feeds between double quotes. */
  readonly quoted: boolean;
  write(row: ExportRow): string;
  /** Null for what `write` cannot have made. */
  read(line: string): ExportRow | null;
}

export type FormatName = 'ndjson' | 'csv';

/** What the first row is chained to. */
export const firstHash = '0'.repeat(64);

/** The fields in their fixed order, whatever else a message has. A platform time that says nothing is none. */
export function exportedText(message: ExportedText): ExportedText {
  const { id, account, deviceIds, text, receivedAt, platformTime, lanes } = message;
  const identifiers = deviceIds.map((device) => ({ id: device.id, kind: device.kind }));
  return { id, account, deviceIds: identifiers, text, receivedAt, platformTime: platformTime || null, lanes };
}

/** What SHA-256 is taken of: the hash before, the row's number and its text, a line feed between. */
export function hashedText(previousHash: string, row: number, text: ExportedText): string {
  return `${previousHash}\n${row}\n${JSON.stringify(text)}`;
}

// ---------------------------------------------------------------- NDJSON

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readText(value: Readonly<Record<string, unknown>>): ExportedText | null {
  const { id, account, text, receivedAt } = value;
  const platformTime = value['platformTime'];
  const deviceIds = deviceId.array().safeParse(value['deviceIds']);
  const lanes = lane.array().safeParse(value['lanes']);
  if (!isText(id) || !isText(account) || !isText(text) || !isText(receivedAt)) return null;
  if ((platformTime !== null && !isText(platformTime)) || !deviceIds.success || !lanes.success) return null;
  return { id, account, deviceIds: deviceIds.data, text, receivedAt, platformTime, lanes: lanes.data };
}

const ndjson: ExportFormat = {
  beginning: '{"type":"message","row":1,',
  header: null,
  lineEnd: '\n',
  quoted: false,
  write(row) {
    if (row.kind === 'end') return JSON.stringify({ type: 'end', count: row.count, hash: row.hash });
    return JSON.stringify({ type: 'message', row: row.row, ...row.text, hash: row.hash });
  },
  read(line) {
    const value = parseJson(line);
    if (!isRecord(value)) return null;
    const { type, hash, count, row } = value;
    if (!isText(hash)) return null;
    if (type === 'end') return isCount(count) ? { kind: 'end', count, hash } : null;
    const text = readText(value);
    return type === 'message' && isCount(row) && text ? { kind: 'text', row, text, hash } : null;
  },
};

// ---------------------------------------------------------------- CSV (RFC 4180)

const columns = ['row', 'id', 'account', 'deviceIds', 'text', 'receivedAt', 'platformTime', 'lanes', 'hash'] as const;

/** Spreadsheets run what begins so as a formula. Apostrophes before it count too, so that reading takes away just one. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

function writeCell(value: string): string {
  const guarded = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function readCell(cell: string): string {
  const value = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  return value.startsWith("'") && formula.test(value) ? value.slice(1) : value;
}

const cell = /(?:^|,)("(?:[^"]|"")*"|[^",]*)/gy;

function splitCells(line: string): readonly string[] | null {
  const cells: string[] = [];
  let end = 0;
  for (const found of line.matchAll(cell)) {
    cells.push(readCell(found[1] ?? ''));
    end = found.index + found[0].length;
  }
  return end === line.length ? cells : null;
}

/** `kind:id`, several apart by a space; a percent sign escapes what would part them. */
function writeDevices(deviceIds: ExportedText['deviceIds']): string {
  const part = (value: string): string => value.replaceAll(/[%\s:]/gu, (character) => encodeURIComponent(character));
  return deviceIds.map(({ id, kind }) => `${part(kind)}:${part(id)}`).join(' ');
}

function readDevices(written: string): ExportedText['deviceIds'] | null {
  if (written === '') return [];
  try {
    return written.split(' ').map((device) => {
      const [kind = '', id = ''] = device.split(':').map(decodeURIComponent);
      return { id, kind };
    });
  } catch {
    return null;
  }
}

function readCsv(line: string): ExportRow | null {
  const cells = splitCells(line);
  if (cells?.length !== columns.length) return null;
  const [row = '', id = '', account = '', devices = '', text = '', receivedAt = '', platformTime = '', ...last] = cells;
  const [lanes = '', hash = ''] = last;
  if (row === 'end') return { kind: 'end', count: Number(id), hash };
  const deviceIds = readDevices(devices);
  const known = lane.array().safeParse(lanes.split(' '));
  if (!deviceIds || !known.success) return null;
  const read = { id, account, deviceIds, text, receivedAt, platformTime: platformTime || null, lanes: known.data };
  return { kind: 'text', row: Number(row), text: read, hash };
}

const csv: ExportFormat = {
  beginning: 'row,',
  header: columns.join(','),
  lineEnd: '\r\n',
  quoted: true,
  write(row) {
    if (row.kind === 'end') return ['end', String(row.count), '', '', '', '', '', '', row.hash].join(',');
    const { id, account, deviceIds, text, receivedAt, platformTime, lanes } = row.text;
    const cells = [String(row.row), id, account, writeDevices(deviceIds), text, receivedAt, platformTime ?? ''];
    return [...cells, lanes.join(' '), row.hash].map(writeCell).join(',');
  },
  read: readCsv,
};

export const exportFormats: Readonly<Record<FormatName, ExportFormat>> = { ndjson, csv };
