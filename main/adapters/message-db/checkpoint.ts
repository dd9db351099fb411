import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { failureOf } from './failure.ts';
import { indexName } from './files.ts';

/**
 * Copies what the log of the index holds into the index, as far as no reader stands in the way, and syncs both. Others
 * read and write meanwhile: where it takes a second because the disk is busy, no search waits for it.
 */
export function checkpointIndex(directory: string): Result<null, StorageFailure> {
  try {
    const database = new Database(join(directory, indexName), { fileMustExist: true, timeout: 2000 });
    try {
      database.pragma('wal_checkpoint(PASSIVE)');
      return ok(null);
    } finally {
      database.close();
    }
  } catch (error) {
    return fail(failureOf(error));
  }
}
