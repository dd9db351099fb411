import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { syncDirectory } from './database.ts';
import { failureOf } from './failure.ts';
import { databaseName } from './files.ts';

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Copies what one moment's reader of the database sees; writing goes on meanwhile. */
function copyTo(directory: string, path: string): void {
  const database = new Database(join(directory, databaseName), { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    database.prepare('VACUUM INTO ?').run(path);
  } finally {
    database.close();
  }
}

function inWords({ kind, message }: StorageFailure, path: string): StorageFailure {
  switch (kind) {
    case 'exists':
      return { kind, message: `${path} exists already; a backup never takes the place of a file.` };
    case 'disk-full':
      return { kind, message: `There is no room for the backup in ${dirname(path)}. Nothing is left there.` };
    case 'read-only':
      return {
        kind,
        message: `The backup cannot be written to ${dirname(path)}: it must be a folder that can be written to.`,
      };
    default:
      return { kind, message: `The backup could not be made. ${message}` };
  }
}

/** Makes `path` a copy of the database of a folder: it stands under its name only once it is whole and on the disk. */
export function copyDatabase(directory: string, path: string): Result<null, StorageFailure> {
  const draft = `${path}.${process.pid}.part`;
  try {
    if (existsSync(path)) throw Object.assign(new Error(path), { code: 'EEXIST' });
    closeSync(openSync(draft, 'wx', 0o600));
  } catch (error) {
    return fail(inWords(failureOf(error), path));
  }
  try {
    copyTo(directory, draft);
    syncFile(draft);
    if (existsSync(path)) throw Object.assign(new Error(path), { code: 'EEXIST' });
    renameSync(draft, path);
    syncDirectory(dirname(path));
    return ok(null);
  } catch (error) {
    rmSync(draft, { force: true });
    return fail(inWords(failureOf(error), path));
  }
}
