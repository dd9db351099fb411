import { open } from 'node:fs/promises';
import { type ExportFormat, type ExportRow, exportFormats, firstHash, hashedText } from '../core/export-row.ts';
import { plainText } from '../core/plain-text.ts';
import type { Command } from './command.ts';
import { sha256 } from './export.ts';
import { fileTrouble } from './export-output.ts';
import { type FileRecord, recordsOf } from './export-records.ts';
import { exit } from './io.ts';
import { wrongUsage } from './listen.ts';

type Verdict =
  | { readonly whole: true; readonly count: number; readonly hash: string }
  | {
      readonly whole: false;
      readonly what: 'changed' | 'added' | 'removed';
      /** Of the first that is not as it was exported, from 1; null: the header or the last row, which count the others. */
      readonly row: number | null;
      readonly id: string | null;
      readonly sentence: string;
    };

/** `verify`: whether an export is as it was written, or the first row that is not. */
export const verify: Command = async (context) => {
  const { options, terminal } = context;
  const [path, ...others] = options.positionals;
  if (path === undefined || others.length > 0) return wrongUsage(context, 'Name one file: verify FILE.');
  const verdict = await judge(path).catch((error: unknown) => fileTrouble(error));
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

/** By how it begins; a damaged beginning is read as what its name says. */
async function formatOf(path: string): Promise<ExportFormat> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const isCsv = buffer.toString('latin1', 0, bytesRead) === 'row,' || /\.csv$/i.test(path);
    return isCsv ? exportFormats.csv : exportFormats.ndjson;
  } finally {
    await file.close();
  }
}

/** Reads an export through once, in memory that does not grow with it. Throws what the file system throws. */
export async function judge(path: string): Promise<Verdict> {
  const format = await formatOf(path);
  const records = recordsOf(path, format.quoted);
  if (format.header !== null) {
    const { value } = await records.next();
    if (value !== format.header + format.lineEnd) return headerChanged;
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
      const isThere = async (): Promise<boolean> => {
        for await (const later of records) if (belongs(readExactly(format, later))) return true;
        return false;
      };
      return explain(row, record?.endsWith(format.lineEnd) ?? true, { hash, expected: count + 1, isThere });
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

type TextRow = Extract<ExportRow, { readonly kind: 'text' }>;

function follows(row: ExportRow | null, hash: string, expected: number): row is TextRow {
  return row?.kind === 'text' && row.row === expected && row.hash === sha256(hashedText(hash, expected, row.text));
}

function ends(row: ExportRow | null, hash: string, count: number): boolean {
  return row?.kind === 'end' && row.count === count && row.hash === hash;
}

interface Place {
  readonly hash: string;
  readonly expected: number;
  /** Whether what belongs here comes later in the file. */
  readonly isThere: () => Promise<boolean>;
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
  if (await place.isThere())
    return found(
      'added',
      `${named} was added: it does not belong where it stands, and what belongs there comes later.`,
    );
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

function atEdge(what: 'changed' | 'added', sentence: string): Verdict {
  return { whole: false, what, row: null, id: null, sentence };
}

const headerChanged = atEdge('changed', 'The header was changed.');
const afterEnd = atEdge('added', 'A row was added after the last one.');
