import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { type ExportFormat, exportedText, firstHash, hashedText } from '../core/export-row.ts';

const pageSize = 200;

/** Asks for a page of stored texts, as the contract has it. */
export type AskForPage = Pick<Bridge, 'call'>;

/** Where an export goes. What was written of one that does not finish is taken away again. */
export interface ExportTarget {
  write(text: string): Promise<Result<void, string>>;
  /** The end: from now on the file stands under its name. */
  finish(): Promise<Result<void, string>>;
  abandon(): Promise<void>;
}

/** SHA-256 of a text's UTF-8, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** What was there at the start, so that it ends though texts keep coming. The next page is asked for before one is handed on. */
export async function* textsOldestFirst(
  bridge: AskForPage,
  query: string,
): AsyncGenerator<Result<readonly Message[], PublicError>> {
  const top = await bridge.call('inbox.page', { query: '', limit: 1 });
  if (!top.ok) {
    yield fail(top.error);
    return;
  }
  const newest = top.value.messages[0]?.sequence ?? 0;
  const ask = (after: number) => bridge.call('inbox.page', { query, after, limit: pageSize });
  let asked = ask(0);
  for (;;) {
    const page = await asked;
    if (!page.ok) {
      yield fail(page.error);
      return;
    }
    const rows = page.value.messages.toReversed();
    const last = rows.at(-1)?.sequence ?? newest;
    const more = last < newest;
    if (more) asked = ask(last);
    if (rows.length > 0) yield ok(rows.filter(({ sequence }) => sequence <= newest));
    if (!more) return;
  }
}

/** Rows of an export, each with the hash of the one before in its own. */
export interface ExportChain {
  /** What stands before the first row. */
  readonly start: string;
  add(message: Message): string;
  /** The last row. */
  end(): string;
  count(): number;
  hash(): string;
}

export function createExportChain(format: ExportFormat, sha256: Sha256): ExportChain {
  let hash = firstHash;
  let row = 0;
  return {
    start: format.header === null ? '' : `${format.header}${format.lineEnd}`,
    add(message) {
      row += 1;
      const text = exportedText(message);
      hash = sha256(hashedText(hash, row, text));
      return format.write({ kind: 'text', row, text, hash }) + format.lineEnd;
    },
    end: () => format.write({ kind: 'end', count: row, hash }) + format.lineEnd,
    count: () => row,
    hash: () => hash,
  };
}
