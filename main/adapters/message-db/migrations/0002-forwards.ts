import type { Database } from 'better-sqlite3';

/*
 *   forward_rule  a rule by which texts are sent on; rows up to `through` were looked at
 *   forward       one text by one rule. state: 0 pending, 1 delivered, 2 parked, 3 stopped. device: those of the same
 *                 go one after the other
 */
const schema = `
CREATE TABLE forward_rule (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, through INTEGER NOT NULL, active INTEGER NOT NULL
) STRICT;
CREATE TABLE forward (
  id INTEGER PRIMARY KEY, rule INTEGER NOT NULL, sequence INTEGER NOT NULL, device TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, first_at INTEGER, next_at INTEGER NOT NULL DEFAULT 0,
  at INTEGER, status INTEGER, reason TEXT
) STRICT;
CREATE UNIQUE INDEX forward_of_message ON forward (sequence, rule);
CREATE INDEX forward_pending ON forward (rule, device, id) WHERE state = 0;
`;

/** The second schema: what is sent on to endpoints. */
export function createForwards(database: Database): void {
  database.exec(schema);
}
