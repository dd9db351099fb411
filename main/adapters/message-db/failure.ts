import Database from 'better-sqlite3';
import type { StorageFailure } from '../../core/failure.ts';

function kindOf(code: string): StorageFailure['kind'] {
  // SHMSIZE: there is no room for the table of the log, which each run makes anew.
  if (code === 'SQLITE_IOERR_SHMSIZE') return 'disk-full';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  if (code === 'EEXIST') return 'exists';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'corrupt';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return 'read-only';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code)) return 'read-only';
  return 'broken';
}

const sentences: Readonly<Record<StorageFailure['kind'], string>> = {
  'disk-full': 'The disk is full: texts cannot be stored until there is room.',
  'read-only': 'The folder of the message store cannot be written to.',
  exists: 'There is such a file already.',
  corrupt: 'The message store is damaged.',
  busy: 'Another program holds the message store.',
  closed: 'The message store is closed.',
  broken: 'The message store failed.',
};

export function storageFailure(kind: StorageFailure['kind'], detail?: string): StorageFailure {
  return { kind, message: detail === undefined ? sentences[kind] : `${sentences[kind]} (${detail})` };
}

/** SQLite does not say which error of the disk it was: a disk that turned read-only looks like one that breaks. */
function diskFailure(code: string): StorageFailure {
  const message = `The disk does not take or give what belongs to the message store: texts cannot be stored. Check the disk, and that its folder can be written to. (${code})`;
  return { kind: 'broken', message };
}

/** The failure behind anything that SQLite or the file system threw. A bug of ours is `broken`, in its own words. */
export function failureOf(error: unknown): StorageFailure {
  if (error instanceof Database.SqliteError)
    return error.code.startsWith('SQLITE_IOERR') && kindOf(error.code) === 'broken'
      ? diskFailure(error.code)
      : storageFailure(kindOf(error.code), error.code);
  if (!(error instanceof Error)) return storageFailure('broken', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null ? storageFailure('broken', error.message) : storageFailure(kindOf(code), code);
}

/** Whether one call alone may be to blame, so that the others of its transaction deserve a try without it. */
export function isOfOneCall(error: unknown): boolean {
  return (
    !(error instanceof Database.SqliteError) || /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)/.test(error.code)
  );
}
