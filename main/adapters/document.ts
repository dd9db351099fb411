import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { Clock, Document } from '../core/ports.ts';

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
function replaceFile(path: string, text: string): void {
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

/**
 * The JSON document at `path`, or `fallback` where there is none. One that cannot be read or is of a newer format is
 * kept aside. Throws when the folder cannot be used at all.
 */
export function openDocument<T>(path: string, schema: z.ZodType<T>, fallback: T, clock: Clock): OpenedDocument<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const text = readIfThere(path);
  const found = text === null ? null : parse(schema, text);
  const setAside = found?.ok === false ? keepAside(path, clock) : null;
  let current = found?.ok ? found.value : fallback;
  return {
    setAside,
    read: () => current,
    write(value) {
      try {
        replaceFile(path, `${JSON.stringify({ version: formatVersion, value })}\n`);
      } catch (error) {
        return fail(fileFailure(error, path));
      }
      current = value;
      return ok(undefined);
    },
  };
}
