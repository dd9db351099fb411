import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { failureOf, storageFailure } from './failure.ts';
import { databaseName } from './files.ts';

/** Reads every page of the database of a folder, as one moment's reader sees it; writing goes on meanwhile. */
export function checkDatabase(directory: string): Result<null, StorageFailure> {
  try {
    const database = new Database(join(directory, databaseName), {
      readonly: true,
      fileMustExist: true,
      timeout: 2000,
    });
    try {
      const found = database.pragma('quick_check(1)', { simple: true });
      return found === 'ok' ? ok(null) : fail(storageFailure('corrupt', String(found)));
    } finally {
      database.close();
    }
  } catch (error) {
    return fail(failureOf(error));
  }
}
