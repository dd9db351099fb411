import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { makeFolder } from '../folder.ts';
import { failureOf, storageFailure } from './failure.ts';
import { databaseName, indexName } from './files.ts';
import { migrate } from './migrate.ts';

/** After a crash a database up to this size (bytes) is checked as a whole before use: about 20 ms. */
const quickCheckLimit = 8 * 1024 * 1024;
/** 4 MiB: syncing a file that still grows takes nearly twice as long as one that is written over. */
const logPages = 1000;
const companions = ['', '-wal', '-shm'] as const;

export interface OpenedDatabase {
  readonly database: Database.Database;
  readonly storeKey: string;
  readonly setAside: string | null;
}

/**
 * SQLite forgets `synchronous` with the connection, and better-sqlite3 opens WAL files with NORMAL: said every time.
 * `logPages`: in the log before it is copied into the database and begun again.
 */
export function setPragmas(database: Database.Database, synchronous: 'FULL' | 'NORMAL', logPages: number): void {
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${synchronous}`);
  database.pragma('temp_store = MEMORY');
  database.pragma(`wal_autocheckpoint = ${logPages}`);
  database.pragma('journal_size_limit = 67108864');
}

/** A new file is readable by its owner alone; SQLite gives -wal and -shm the same rights. */
export function prepareFile(path: string): void {
  makeFolder(dirname(path));
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

/** Makes the names of new files as durable as what is in them. Windows has no such call for folders. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function needsCheck(path: string): boolean {
  const log = `${path}-wal`;
  return existsSync(log) && statSync(log).size > 0 && statSync(path).size <= quickCheckLimit;
}

function readStoreKey(database: Database.Database): string {
  const row = database.prepare<[], { store_key: string }>('SELECT store_key FROM summary').get();
  if (!row) throw new Database.SqliteError('no summary row', 'SQLITE_CORRUPT');
  return row.store_key;
}

function openChecked(path: string): Result<{ database: Database.Database; storeKey: string }, StorageFailure> {
  const unclean = needsCheck(path);
  const database = new Database(path, { timeout: 2000 });
  try {
    setPragmas(database, 'FULL', logPages);
    if (!migrate(database)) {
      database.close();
      return fail(storageFailure('broken', 'it was made by a newer version of this program; please update'));
    }
    if (unclean && database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new Database.SqliteError('quick_check', 'SQLITE_CORRUPT');
    return ok({ database, storeKey: readStoreKey(database) });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Renames the database and what belongs to it, and returns the new path. The index is derived: it goes. */
export function setAsideDatabase(directory: string): string {
  const path = join(directory, databaseName);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const free = (number: number): string => {
    const candidate = join(directory, `messages.corrupt-${time}${number === 0 ? '' : `-${number}`}.db`);
    return existsSync(candidate) ? free(number + 1) : candidate;
  };
  const aside = free(0);
  for (const end of companions) if (existsSync(path + end)) renameSync(path + end, aside + end);
  for (const end of companions) rmSync(join(directory, indexName) + end, { force: true });
  return aside;
}

/** Opens the database of a folder for writing; an unreadable one is set aside and a fresh one made. */
export function openDatabase(directory: string): Result<OpenedDatabase, StorageFailure> {
  const path = join(directory, databaseName);
  const open = (setAside: string | null): Result<OpenedDatabase, StorageFailure> => {
    prepareFile(path);
    const opened = openChecked(path);
    if (opened.ok) syncDirectory(directory);
    return opened.ok ? ok({ ...opened.value, setAside }) : opened;
  };
  try {
    return open(null);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'corrupt') return fail(failure);
  }
  try {
    return open(setAsideDatabase(directory));
  } catch (error) {
    return fail(failureOf(error));
  }
}
