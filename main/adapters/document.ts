import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { Clock, Document, Log, Notes } from '../core/ports.ts';
import { makeFolder } from './folder.ts';

const formatVersion = 1;

export interface OpenedDocument<T> extends Document<T> {
  /** Path under which an unreadable file was kept, or null. */
  readonly setAside: string | null;
}

/** An error of the file system in words that say what to do. */
export function fileFailure(error: unknown, path: string): StorageFailure {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'disk-full', message: `The disk is full: ${path} could not be written. Free some space.` };
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'read-only',
        message: `${path} may not be written. Check who owns the folder and its permissions.`,
      };
    default:
      return { kind: 'broken', message: `${path} could not be written (${String(code ?? error)}).` };
  }
}

function syncFolder(path: string): void {
  // Windows cannot open a folder; NTFS keeps renames in order by itself.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Replaces a file as a whole: after a crash there is the old one or the new one. Only the user may read it. */
export function replaceFile(path: string, text: string): void {
  const fresh = `${path}.new`;
  // A leftover of a crash would lend the new file its permissions.
  rmSync(fresh, { force: true });
  const file = openSync(fresh, 'wx', 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Moves an unreadable file out of the way, under a name that says when, and answers that name. */
export function keepAside(path: string, clock: Clock): string {
  const when = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${path}.unreadable-${when}`;
  renameSync(path, aside);
  syncFolder(dirname(path));
  return aside;
}

function parse<T>(schema: z.ZodType<T>, text: string): Result<T, null> {
  try {
    const parsed = z.object({ version: z.literal(formatVersion), value: schema }).safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data.value) : fail(null);
  } catch {
    return fail(null);
  }
}

function fileText(value: unknown): string {
  return `${JSON.stringify({ version: formatVersion, value })}\n`;
}

/**
 * The JSON document at `path`, or `fallback` where there is none. One that cannot be read or is of a newer format is
 * kept aside. Throws when the folder cannot be used at all.
 */
export function openDocument<T>(path: string, schema: z.ZodType<T>, fallback: T, clock: Clock): OpenedDocument<T> {
  makeFolder(dirname(path));
  const text = readIfThere(path);
  const found = text === null ? null : parse(schema, text);
  const setAside = found?.ok === false ? keepAside(path, clock) : null;
  let current = found?.ok ? found.value : fallback;
  return {
    setAside,
    read: () => current,
    write(value) {
      try {
        replaceFile(path, fileText(value));
      } catch (error) {
        return fail(fileFailure(error, path));
      }
      current = value;
      return ok(undefined);
    },
  };
}

/** As `replaceFile`, without keeping the event loop: a sync can take seconds where the disk is slow. */
async function replaceFileLater(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, text, { mode: 0o600, flag: 'wx', flush: true });
  await rename(fresh, path);
}

export interface OpenedNotes<T> extends Notes<T> {
  /** Resolves once all that was written is in the file, or could not be. */
  settled(): Promise<void>;
}

/** The same kind of file for notes: writes that come while one is under way are one. What cannot be written is logged. */
export function openNotes<T>(
  path: string,
  schema: z.ZodType<T>,
  fallback: T,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): OpenedNotes<T> {
  let current = openDocument(path, schema, fallback, clock).read();
  let changed = false;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (changed) {
      changed = false;
      try {
        await replaceFileLater(path, fileText(current));
      } catch (error) {
        log.write('warn', 'notes-not-written', { message: fileFailure(error, path).message });
      }
    }
    writing = null;
  }

  return {
    read: () => current,
    write(value) {
      current = value;
      changed = true;
      writing ??= writeAll();
    },
    settled: async () => void (await writing),
  };
}
