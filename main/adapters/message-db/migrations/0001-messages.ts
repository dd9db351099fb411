import type { Database } from 'better-sqlite3';

/*
 * The rows are written compactly, because a transaction is synced for every few texts: a text appends to `message`,
 * and the sequence numbers are given out by the writer (an AUTOINCREMENT would write one page more each time).
 *
 *   message         lanes: 1 came by callback, 2 came by history. platform_at, platform_time: of the history item where
 *                   there is one. request_id: 16 bytes where it is a UUID, else text. Shapes: see raw-shape.ts.
 *   raw             a body that cannot be rebuilt exactly from its shape
 *   answer          runs of rows whose 2xx was sent: `sequence` and the `more` rows before it, at the time `at`
 *   unanswered      callback rows up to summary.through whose 2xx is not known to have been sent
 *   unacknowledged  rows of history blocks that are not yet known to be acknowledged
 *   identity        where to look for a text that may be the same (see identity.ts)
 *   read_mark       rows after summary.read_through that were read
 *   summary         what counters and indexes take into account up to row `through`; later rows are looked at on opening
 */
const schema = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  texts INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, last_text_at INTEGER
) STRICT;
CREATE TABLE device (id INTEGER PRIMARY KEY, identifiers TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE device_identifier (
  identifier TEXT NOT NULL, device INTEGER NOT NULL, PRIMARY KEY (identifier, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE shape (id INTEGER PRIMARY KEY, template TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE message (
  sequence INTEGER PRIMARY KEY, account INTEGER NOT NULL, device INTEGER NOT NULL, lanes INTEGER NOT NULL,
  received_at INTEGER NOT NULL, platform_at INTEGER, platform_time TEXT, request_id ANY, callback_count INTEGER,
  callback_shape INTEGER, history_shape INTEGER, text TEXT NOT NULL
) STRICT;
CREATE TABLE raw (
  sequence INTEGER NOT NULL, lane INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (sequence, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (sequence INTEGER PRIMARY KEY, more INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE unanswered (sequence INTEGER PRIMARY KEY, identity INTEGER NOT NULL) STRICT;
CREATE TABLE unacknowledged (
  account INTEGER NOT NULL, sequence INTEGER NOT NULL, identity INTEGER NOT NULL, PRIMARY KEY (account, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE identity (key INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (key, sequence)) STRICT, WITHOUT ROWID;
CREATE TABLE read_mark (sequence INTEGER PRIMARY KEY) STRICT;
CREATE TABLE unverified (
  id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, account TEXT, reason TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE unreadable (
  account INTEGER NOT NULL, hash INTEGER NOT NULL, received_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX unreadable_by_hash ON unreadable (account, hash);
CREATE TABLE sent (
  id INTEGER PRIMARY KEY, request_id TEXT NOT NULL, account INTEGER NOT NULL, device INTEGER NOT NULL,
  text TEXT NOT NULL, sent_at INTEGER NOT NULL
) STRICT;
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY, request_id TEXT NOT NULL, account TEXT, device INTEGER NOT NULL, status TEXT NOT NULL,
  received_at INTEGER NOT NULL, UNIQUE (request_id, device, status)
) STRICT;
CREATE TABLE summary (
  id INTEGER PRIMARY KEY CHECK (id = 1), store_key TEXT NOT NULL, through INTEGER NOT NULL DEFAULT 0,
  read_through INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0
) STRICT;
`;

/** The first schema. `storeKey` marks this database file: message ids begin with it. */
export function createMessages(database: Database, storeKey: string): void {
  database.exec(schema);
  database.prepare('INSERT INTO summary (id, store_key) VALUES (1, ?)').run(storeKey);
}
