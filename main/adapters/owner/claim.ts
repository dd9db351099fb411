import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { folderTrouble, makeFolder } from '../folder.ts';
import { type OwnerRecord, readOwnerRecord, removeOwnerRecord, writeOwnerRecord } from './record.ts';

/** Held by the one process that may write in a data dir. */
export interface Ownership {
  /** Lets another process own it. The system does the same when this one is killed. */
  release(): void;
}

export interface OwnedElsewhere {
  /** The process that owns it, where that is known; null also when the dir itself cannot be used. */
  readonly pid: number | null;
  /** It answers no other process: it asks only once, starts or ends, and the dir will soon be free or answer. */
  readonly isPassing: boolean;
  readonly message: string;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ownedElsewhere(directory: string): OwnedElsewhere {
  const record = readOwnerRecord(directory);
  const pid = record?.pid ?? null;
  const isPassing = record === null || record.socket === null;
  if (pid === null || !isRunning(pid)) {
    return {
      pid: null,
      isPassing,
      message: `Another process uses ${directory}. End it, or choose another --data-dir.`,
    };
  }
  return { pid, isPassing, message: `Process ${pid} uses ${directory}. End it, or choose another --data-dir.` };
}

function describeSelf(): OwnerRecord {
  return {
    version: 1,
    pid: process.pid,
    startedAt: new Date(performance.timeOrigin).toISOString(),
    socket: null,
  };
}

/** SQLite's lock is the system's own on every platform and falls with the process; a pid file would outlive it. */
function takeLock(directory: string): Database.Database {
  const path = join(directory, 'owner.lock');
  const database = new Database(path, { timeout: 0 });
  try {
    // By path: closing a second descriptor of the file would drop this process's lock on it (POSIX).
    chmodSync(path, 0o600);
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    writeOwnerRecord(directory, describeSelf());
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes this process the only owner of a data dir, made with mode 0700 where there is none. */
export function claimDataDir(directory: string): Result<Ownership, OwnedElsewhere> {
  let database: Database.Database;
  try {
    makeFolder(directory);
    database = takeLock(directory);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      return fail(ownedElsewhere(directory));
    }
    return fail({ pid: null, isPassing: false, message: folderTrouble(directory, error) });
  }
  return ok({
    release() {
      if (!database.open) return;
      removeOwnerRecord(directory);
      database.close();
    },
  });
}
