import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { type ExportFormat, type ExportRow, exportFormats, firstHash, hashedText } from '../core/export-row.ts';
import { plainText } from '../core/plain-text.ts';
import type { Command } from './command.ts';
import { sha256 } from './export.ts';
import { fileTrouble, readingInWords } from './export-output.ts';
import { type FileRecord, recordsOf } from './export-records.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';

type Verdict =
  | { readonly whole: true; readonly count: number; readonly hash: string }
  | {
      readonly whole: false;
      readonly what: 'changed' | 'added' | 'removed' | 'no-export';
      /** Of the first that is not as it was exported, from 1; null: the header, the last row, which counts the others, or all of it. */
      readonly row: number | null;
      readonly id: string | null;
      readonly sentence: string;
    };

/** `verify`: whether an export is as it was written, or the first row that is not. */
export const verify: Command = async (context) => {
  const { options, terminal } = context;
  const [path, ...others] = options.positionals;
  if (path === undefined || others.length > 0) return wrongUsage(context, 'Name one file: verify FILE.');
  const stream = path === '-' ? terminal.input : createReadStream(path);
  const verdict = await judge(stream, path).catch((error: unknown) => fileTrouble(error, readingInWords));
  if (typeof verdict === 'string') {
    terminal.say(`${path} cannot be read: ${verdict}.`);
    return exit.failed;
  }
  if (options.has('json')) await terminal.out(JSON.stringify({ type: 'verified', ...verdict }));
  else if (verdict.whole)
    await terminal.out(
      `Whole and unchanged: ${verdict.count} ${verdict.count === 1 ? 'row' : 'rows'}. Hash of the last: ${verdict.hash}`,
    );
  else await terminal.out(verdict.sentence);
  return verdict.whole ? exit.done : exit.failed;
};

const { csv, ndjson } = exportFormats;

/**
 * Reads an export through once, in memory that does not grow with it, and closes it. Its format is told by how it
 * begins; a damaged beginning is read as what its name says. Throws what the file system throws.
 */
export async function judge(stream: Readable, name: string): Promise<Verdict> {
  try {
    const { start, chunks } = await begun(stream);
    const format = start.startsWith(csv.beginning) || /\.csv$/i.test(name) ? csv : ndjson;
    return await follow(format, recordsOf(chunks, format.quoted), start.startsWith(format.beginning));
  } finally {
    stream.destroy();
  }
}

/** The first bytes, as many as tell the format, and all that is read, they included. A pipe can be read only once. */
async function begun(stream: Readable): Promise<{ readonly start: string; readonly chunks: AsyncIterable<Buffer> }> {
  const rest: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < ndjson.beginning.length) {
    const { value, done } = await rest.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { start: first.toString('latin1', 0, ndjson.beginning.length), chunks: all() };
}

async function follow(
  format: ExportFormat,
  records: AsyncGenerator<FileRecord>,
  beginsAsOne: boolean,
): Promise<Verdict> {
  if (format.header !== null) {
    const { value, done } = await records.next();
    if (done) return cutShort(1);
    if (value !== format.header + format.lineEnd)
      return beginsAsOne || isRow(format, value) || (await holdsRow(format, records)) ? headerChanged : noExport;
  }
  let hash = firstHash;
  let count = 0;
  for await (const record of records) {
    const row = readExactly(format, record);
    if (ends(row, hash, count)) {
      const { done } = await records.next();
      return done ? { whole: true, count, hash } : afterEnd;
    }
    if (!follows(row, hash, count + 1)) {
      const belongs = (later: ExportRow | null): boolean => follows(later, hash, count + 1) || ends(later, hash, count);
      const later = async (): Promise<Later> => {
        let found: Later = 'nothing';
        for await (const record of records) {
          if (belongs(readExactly(format, record))) return 'what belongs here';
          if (isRow(format, record)) found = 'rows';
        }
        return found;
      };
      const isOne = beginsAsOne || count > 0 || isRow(format, record);
      return explain(row, record?.endsWith(format.lineEnd) ?? true, { hash, expected: count + 1, isOne, later });
    }
    hash = row.hash;
    count += 1;
  }
  return cutShort(count + 1);
}

/** Null also where it reads well, but not a byte as an export writes it. */
function readExactly(format: ExportFormat, record: FileRecord): ExportRow | null {
  if (record === null || !record.endsWith(format.lineEnd)) return null;
  const line = record.slice(0, -format.lineEnd.length);
  const row = format.read(line);
  return row !== null && format.write(row) === line ? row : null;
}

/** Whether it can be read as a row, though perhaps not as it was written. */
function isRow(format: ExportFormat, record: FileRecord): boolean {
  return record !== null && format.read(record.trimEnd()) !== null;
}

async function holdsRow(format: ExportFormat, records: AsyncGenerator<FileRecord>): Promise<boolean> {
  for await (const record of records) if (isRow(format, record)) return true;
  return false;
}

type TextRow = Extract<ExportRow, { readonly kind: 'text' }>;

function follows(row: ExportRow | null, hash: string, expected: number): row is TextRow {
  return row?.kind === 'text' && row.row === expected && row.hash === sha256(hashedText(hash, expected, row.text));
}

function ends(row: ExportRow | null, hash: string, count: number): boolean {
  return row?.kind === 'end' && row.count === count && row.hash === hash;
}

type Later = 'what belongs here' | 'rows' | 'nothing';

interface Place {
  readonly hash: string;
  readonly expected: number;
  /** Whether what was read so far shows that the file is an export at all. */
  readonly isOne: boolean;
  /** Reads on to the end. */
  readonly later: () => Promise<Later>;
}

/** What was done to the first row that does not follow from the one before. */
async function explain(row: ExportRow | null, ended: boolean, place: Place): Promise<Verdict> {
  const { expected, hash } = place;
  if (row?.kind === 'end') return explainEnd(row, place);
  const id = row ? plainText(row.text.id, 64) : null;
  const named = `Row ${expected}${id === null ? '' : ` (id ${id})`}`;
  const found = (what: 'changed' | 'added', sentence: string): Verdict => ({
    whole: false,
    what,
    row: expected,
    id,
    sentence,
  });
  const later = await place.later();
  if (later === 'what belongs here')
    return found(
      'added',
      `${named} was added: it does not belong where it stands, and what belongs there comes later.`,
    );
  if (!row && !place.isOne && later === 'nothing') return noExport;
  if (!row) return ended ? found('changed', `${named} was changed: it cannot be read.`) : cutShort(expected);
  const onlyNumber = row.hash === sha256(hashedText(hash, expected, row.text));
  if (row.row > expected && !onlyNumber) return removed(expected, `row ${row.row} (id ${id}) comes in its place`);
  return found('changed', `${named} was changed: it does not fit its hash.`);
}

function explainEnd(end: Extract<ExportRow, { readonly kind: 'end' }>, { hash, expected }: Place): Verdict {
  if (end.count >= expected && end.hash !== hash)
    return removed(expected, `${end.count} rows were exported and ${expected - 1} are here`);
  return atEdge('changed', 'The last row, which counts the others, was changed.');
}

function removed(row: number, why: string): Verdict {
  return { whole: false, what: 'removed', row, id: null, sentence: `Row ${row} was removed: ${why}.` };
}

function cutShort(row: number): Verdict {
  return removed(row, 'the file was cut short, for its last row, which counts the others, is missing');
}

function atEdge(what: 'changed' | 'added' | 'no-export', sentence: string): Verdict {
  return { whole: false, what, row: null, id: null, sentence };
}

const headerChanged = atEdge('changed', 'The header was changed.');
const afterEnd = atEdge('added', 'A row was added after the last one.');
const noExport = atEdge('no-export', 'This is no export: nothing in it can be read as a row of one.');
