import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { prepareFile, setPragmas } from './database.ts';
import { databaseName, indexName } from './files.ts';
import { tallySchema } from './read-tally.ts';
import { newestSequence } from './rows.ts';

/* The index is a file of its own, made from the database and made again whenever it does not fit: never the only copy. */

const version = 6;

/*
 * words: `text` holds the words of a text as core/query-words.ts cuts them, `place` the numbers of its account and
 * device. The tokenizer only splits at spaces what was cut already. Texts are not kept a second time.
 * Left alone FTS5 puts its pieces together while rows are indexed, and who searches waits for it (automerge): here that is
 * done in pauses, eight pieces at a time (usermerge).
 * words_docsize: made by FTS5; says which rows are indexed.
 * span: of each thousand rows the first and last time of receipt and how many there are, to find the rows of a time.
 */
const schema = `
CREATE VIRTUAL TABLE words USING fts5(text, place, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
INSERT INTO words (words, rank) VALUES ('automerge', 0);
INSERT INTO words (words, rank) VALUES ('usermerge', 8);
CREATE TABLE span (
  number INTEGER PRIMARY KEY, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, texts INTEGER NOT NULL
) STRICT;
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1), store_key TEXT NOT NULL, through INTEGER NOT NULL, deleted INTEGER NOT NULL
) STRICT;
`;

/** 64 MiB: another thread copies the log before (checkpoint.ts), unless very many texts are indexed in one go. */
const logPages = 16_000;

export function removeIndex(directory: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(directory, indexName) + end, { force: true });
}

/** Whether the index was made from this database, and not from one that knew of more (before a backup came back). */
function fits(database: Database.Database, storeKey: string): boolean {
  if (Number(database.pragma('main.user_version', { simple: true })) !== version) return false;
  const state = database
    .prepare<[], { key: string; through: number; deleted: number }>(
      'SELECT store_key AS key, through, deleted FROM state',
    )
    .get();
  const whole = database
    .prepare<[], { newest: number; deleted: number }>(`SELECT ${newestSequence} AS newest, deleted FROM summary`)
    .get();
  return state?.key === storeKey && state.through <= (whole?.newest ?? 0) && state.deleted <= (whole?.deleted ?? 0);
}

function create(database: Database.Database, storeKey: string): void {
  database.transaction(() => {
    database.exec(schema);
    database.exec(tallySchema);
    database.prepare('INSERT INTO state VALUES (1, ?, 0, 0)').run(storeKey);
    database.pragma(`main.user_version = ${version}`);
  })();
}

function attach(directory: string): Database.Database {
  const path = join(directory, indexName);
  prepareFile(path);
  const database = new Database(path, { timeout: 2000 });
  try {
    setPragmas(database, 'NORMAL', logPages);
    database.prepare('ATTACH DATABASE ? AS store').run(join(directory, databaseName));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The index with the database attached to it for reading. Throws what SQLite throws when the database is unreadable. */
export function openIndex(directory: string, storeKey: string): Database.Database {
  const open = (): Database.Database => {
    const database = attach(directory);
    try {
      if (Number(database.pragma('main.user_version', { simple: true })) === 0) create(database, storeKey);
      if (fits(database, storeKey)) return database;
    } catch (error) {
      database.close();
      throw error;
    }
    database.close();
    throw new Database.SqliteError('The index is of another database.', 'SQLITE_CORRUPT');
  };
  try {
    return open();
  } catch {
    removeIndex(directory);
    return open();
  }
}
