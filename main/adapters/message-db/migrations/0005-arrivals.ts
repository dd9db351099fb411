import type { Database } from 'better-sqlite3';

/*
 *   answer   synced_at: when the rows were on the disk; null where that was not kept
 *   fetched  runs of rows that a block of the queue brought: `sequence` and the `more` rows before it; when the block
 *            came, when it was on the disk, and when the answer to a later request showed that ThingSpace knows it
 *            (null until then; for ever where its last block cannot be acknowledged)
 */
const schema = `
ALTER TABLE answer ADD COLUMN synced_at INTEGER;
CREATE TABLE fetched (
  sequence INTEGER PRIMARY KEY, more INTEGER NOT NULL, account INTEGER NOT NULL, received_at INTEGER NOT NULL,
  synced_at INTEGER, acknowledged_at INTEGER
) STRICT;
CREATE INDEX fetched_not_acknowledged ON fetched (account) WHERE acknowledged_at IS NULL;
`;

/** The fifth schema: when each text was received, synced and acknowledged, for each way it came. */
export function createArrivals(database: Database): void {
  database.exec(schema);
}
