import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ExportTarget } from '../services/export-texts.ts';
import type { Terminal } from './io.ts';

/** Standard output. */
export function outputToTerminal(terminal: Terminal): ExportTarget {
  return {
    async write(text) {
      await terminal.outExactly(text);
      return ok(undefined);
    },
    finish: async () => ok(undefined),
    abandon: async () => {},
  };
}

export const writingInWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'the disk can only be read',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
};

export const readingInWords: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  EISDIR: 'it is a folder',
};

/** What went wrong with a file, as the second half of a sentence: by the code of the system's error, else as the system has it. */
export function fileTrouble(error: unknown, inWords: Readonly<Record<string, string>>): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return inWords[code] ?? (error instanceof Error ? error.message : String(error));
}

async function isOrdinary(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return true;
  }
}

/** A file beside `path` that takes its place when it is whole and synced. Only the user may read it: it holds texts. */
export async function outputToFile(path: string, pid: number): Promise<Result<ExportTarget, string>> {
  const draft = `${path}.${pid}.part`;
  const trouble = (error: unknown): string =>
    `${path} cannot be written: ${fileTrouble(error, writingInWords)}. Nothing is left there.`;
  if (!(await isOrdinary(path)))
    return fail(`${path} is no ordinary file. Leave --output out and redirect the output there instead.`);
  let file: FileHandle;
  try {
    file = await open(draft, 'w', 0o600);
  } catch (error) {
    return fail(trouble(error));
  }
  async function attempt(work: () => Promise<unknown>): Promise<Result<void, string>> {
    try {
      await work();
      return ok(undefined);
    } catch (error) {
      return fail(trouble(error));
    }
  }
  return ok({
    write: (text) => attempt(() => file.writeFile(text)),
    finish: () =>
      attempt(async () => {
        await file.sync();
        await file.close();
        await rename(draft, path);
      }),
    async abandon() {
      await attempt(() => file.close());
      await attempt(() => rm(draft, { force: true }));
    },
  });
}
