import type { Database } from 'better-sqlite3';
import { knownDevice, unreadCondition } from './rows.ts';

/*
 * How many texts each device sent, which were not read, and which they are: kept beside the words, made from the
 * database and made again with them. It goes as far as the words and the places of texts both go.
 */

export const tallySchema = `
CREATE TABLE heard (sequence INTEGER PRIMARY KEY, device INTEGER NOT NULL) STRICT;
CREATE INDEX heard_of_device ON heard (device, sequence);
CREATE TABLE unread_text (sequence INTEGER PRIMARY KEY, device INTEGER NOT NULL) STRICT;
CREATE INDEX unread_of_device ON unread_text (device, sequence);
CREATE TABLE tally (
  device INTEGER PRIMARY KEY, texts INTEGER NOT NULL, unread INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
  last_at INTEGER
) STRICT;
CREATE INDEX tally_by_last ON tally (last_sequence, device);
CREATE TABLE tallied (
  id INTEGER PRIMARY KEY CHECK (id = 1), through INTEGER NOT NULL, device_changes INTEGER NOT NULL,
  changes INTEGER NOT NULL, read_through INTEGER NOT NULL
) STRICT;
INSERT INTO tallied VALUES (1, 0, 0, 0, 0);
`;

/** Rows in one transaction when many are behind. */
const rowsAtOnce = 2000;

export interface Tally {
  /** Brings it forward by at most so many rows; returns how many it were. */
  bring(limit: number): number;
  bringAll(): void;
  /** Takes a deleted row out, inside a transaction of the caller's. */
  forget(sequence: number): void;
}

interface Counted {
  texts: number;
  unread: number;
  last: number;
  lastAt: number;
}

interface Marks {
  readonly changes: number;
  readonly read_through: number;
}

/** The rows that come next, and where they are counted. */
function createCount(database: Database) {
  const next = database.prepare<
    [number],
    { sequence: number; received_at: number; device: number | null; unread: 0 | 1 }
  >(
    `SELECT m.sequence, m.received_at, ${unreadCondition} AS unread,
       ${knownDevice} AS device
     FROM message m WHERE m.sequence > (SELECT through FROM tallied)
       AND m.sequence <= (SELECT min(s.placed_through, i.through) FROM summary s, state i)
     ORDER BY m.sequence LIMIT ?`,
  );
  const addHeard = database.prepare<[number, number]>('INSERT INTO heard VALUES (?, ?)');
  const addUnread = database.prepare<[number, number]>('INSERT INTO unread_text VALUES (?, ?)');
  const add = database.prepare<[number, number, number, number, number]>(
    `INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT (device) DO UPDATE SET texts = texts + excluded.texts,
       unread = unread + excluded.unread, last_sequence = max(last_sequence, excluded.last_sequence),
       last_at = max(coalesce(last_at, 0), excluded.last_at)`,
  );
  const setThrough = database.prepare<[number]>('UPDATE tallied SET through = ?');
  return (limit: number): number => {
    const rows = next.all(limit);
    const counts = new Map<number, Counted>();
    for (const { sequence, received_at: at, device, unread } of rows) {
      if (device === null) continue;
      addHeard.run(sequence, device);
      if (unread === 1) addUnread.run(sequence, device);
      const counted = counts.get(device) ?? { texts: 0, unread: 0, last: 0, lastAt: 0 };
      counted.texts++;
      counted.unread += unread;
      counted.last = sequence;
      counted.lastAt = Math.max(counted.lastAt, at);
      counts.set(device, counted);
    }
    for (const [device, { texts, unread, last, lastAt }] of counts) add.run(device, texts, unread, last, lastAt);
    const last = rows.at(-1);
    if (last) setThrough.run(last.sequence);
    return rows.length;
  };
}

/** Devices that are new or turned out to be one with another. */
function createFollowDevices(database: Database) {
  const changed = database.prepare<[], { id: number; into: number | null }>(
    `SELECT id, merged_into AS "into" FROM known_device WHERE changed > (SELECT device_changes FROM tallied)
     ORDER BY changed`,
  );
  const meet = database.prepare<[number]>('INSERT OR IGNORE INTO tally VALUES (?, 0, 0, 0, NULL)');
  const fold = database.prepare<[number, number]>(
    `UPDATE tally SET texts = tally.texts + o.texts, unread = tally.unread + o.unread,
       last_sequence = max(tally.last_sequence, o.last_sequence),
       last_at = nullif(max(coalesce(tally.last_at, 0), coalesce(o.last_at, 0)), 0)
     FROM (SELECT * FROM tally WHERE device = ?) o WHERE tally.device = ?`,
  );
  const drop = database.prepare<[number]>('DELETE FROM tally WHERE device = ?');
  const moves = ['heard', 'unread_text'].map((table) =>
    database.prepare<[number, number]>(`UPDATE ${table} SET device = ? WHERE device = ?`),
  );
  const setChanges = database.prepare<[]>('UPDATE tallied SET device_changes = (SELECT device_changes FROM summary)');
  return (): void => {
    const devices = changed.all();
    for (const { id, into } of devices) {
      meet.run(into ?? id);
      if (into === null) continue;
      fold.run(id, into);
      drop.run(id);
      for (const move of moves) move.run(into, id);
    }
    if (devices.length > 0) setChanges.run();
  };
}

/** What was read since. */
function createFollowMarks(database: Database) {
  const known = database.prepare<[], Marks>('SELECT changes, read_through FROM tallied');
  const now = database.prepare<[], Marks>('SELECT changes, read_through FROM summary');
  const setKnown = database.prepare<[Marks]>('UPDATE tallied SET changes = @changes, read_through = @read_through');
  const marked = database.prepare<[number], number>('SELECT sequence FROM read_mark WHERE change > ?').pluck();
  const read = database
    .prepare<[number], number>('DELETE FROM unread_text WHERE sequence = ? RETURNING device')
    .pluck();
  const countDown = database.prepare<[number]>('UPDATE tally SET unread = unread - 1 WHERE device = ?');
  const newest = database.prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM unread_text').pluck();
  const clear = database.prepare<[]>('DELETE FROM unread_text');
  const clearTo = database.prepare<[number]>('DELETE FROM unread_text WHERE sequence <= ?');
  const countAgain = database.prepare<[]>(
    `UPDATE tally SET unread = (SELECT count(*) FROM unread_text u WHERE u.device = tally.device) WHERE unread > 0`,
  );
  return (): void => {
    const [before, after] = [known.get(), now.get()];
    if (!before || !after || before.changes === after.changes) return;
    if (after.read_through > before.read_through) {
      // Emptying a table costs nothing however much is in it.
      if ((newest.get() ?? 0) <= after.read_through) clear.run();
      else clearTo.run(after.read_through);
      countAgain.run();
    }
    for (const sequence of marked.all(before.changes)) {
      const device = read.get(sequence);
      if (device !== undefined) countDown.run(device);
    }
    setKnown.run(after);
  };
}

export function createTally(database: Database): Tally {
  const followDevices = createFollowDevices(database);
  const followMarks = createFollowMarks(database);
  const count = createCount(database);
  const dropHeard = database.prepare<[number], number>('DELETE FROM heard WHERE sequence = ? RETURNING device').pluck();
  const dropUnread = database.prepare<[number]>('DELETE FROM unread_text WHERE sequence = ?');
  const countDown = database.prepare<[number, number]>(
    'UPDATE tally SET texts = texts - 1, unread = unread - ? WHERE device = ?',
  );
  const bring = database.transaction((limit: number): number => {
    followDevices();
    followMarks();
    return count(limit);
  });
  return {
    bring,
    bringAll() {
      while (bring(rowsAtOnce) === rowsAtOnce);
    },
    forget(sequence) {
      const device = dropHeard.get(sequence);
      if (device !== undefined) countDown.run(dropUnread.run(sequence).changes, device);
    },
  };
}
