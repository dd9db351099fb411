import type { Database } from 'better-sqlite3';

/*
 * Devices as core/device.ts decides them. A row of `device` is a list of identifiers as it once came: texts name those.
 *
 *   known_device  one device. whole: it never lost an identifier. merged_into: it turned out to be that one, and all of
 *                 its own is now that one's. changed: summary.device_changes when it last changed
 *   holder        which device has an identifier (`kind:id`) now
 *   placed        texts with a list of identifiers are of a device from a sequence on
 *   summary.placed_through  the row up to which texts were looked at
 *   read_mark.change        summary.changes when it was made
 *   sent.known_device       whom it was sent to
 */
const schema = `
CREATE TABLE known_device (
  id INTEGER PRIMARY KEY, nickname TEXT, note TEXT NOT NULL DEFAULT '', service_name TEXT, account INTEGER,
  whole INTEGER NOT NULL DEFAULT 1, merged_into INTEGER, changed INTEGER NOT NULL
) STRICT;
CREATE INDEX known_device_changed ON known_device (changed);
CREATE TABLE holder (identifier TEXT PRIMARY KEY, device INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX holder_of_device ON holder (device);
CREATE TABLE placed (
  names INTEGER NOT NULL, from_sequence INTEGER NOT NULL, device INTEGER NOT NULL, PRIMARY KEY (names, from_sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX placed_on_device ON placed (device);
ALTER TABLE summary ADD COLUMN device_changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN placed_through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE read_mark ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
CREATE INDEX read_mark_by_change ON read_mark (change);
ALTER TABLE sent ADD COLUMN known_device INTEGER;
CREATE INDEX sent_to_device ON sent (known_device, id);
`;

/** The third schema: devices. What is stored already is looked at afterwards, a little at a time. */
export function createDevices(database: Database): void {
  database.exec(schema);
}
