import type { Database } from 'better-sqlite3';
import type { DeviceId } from '../../../preload/contract/message.ts';
import { isSettled, place, type Sightings } from '../../core/device.ts';
import { identifierText, readIdentifier, unpackIdentifiers } from './rows.ts';
import { createCountChange, createMergeDevices } from './write-device-merge.ts';
import type { Memory } from './write-memory.ts';

/*
 * Which device each text is of, found after the text was committed and answered: storing one costs nothing for it.
 * Each function runs inside a transaction that the caller commits.
 */

export interface Placer {
  /** Looks at so many more rows; true when there may be others. */
  placeSome(memory: Memory, limit: number): boolean;
  /** Sees a list of identifiers now, after all rows there are. Null where it is empty. */
  see(memory: Memory, names: number): number | null;
}

/** Lists of identifiers that are remembered to be where they were last seen. */
const remembered = 100_000;
const rowsAtOnce = 10_000;

export function createSightings(database: Database): Sightings {
  const holder = database.prepare<[string], number>('SELECT device FROM holder WHERE identifier = ?').pluck();
  const heldBy = database.prepare<[number], string>('SELECT identifier FROM holder WHERE device = ?').pluck();
  const isWhole = database.prepare<[number], number>('SELECT whole FROM known_device WHERE id = ?').pluck();
  return {
    holder: (id) => holder.get(identifierText(id)) ?? null,
    heldBy: (device) => heldBy.all(device).map(readIdentifier),
    isWhole: (device) => isWhole.get(device) === 1,
  };
}

/** Makes what a sighting changes true. Answers the device, and whether others than it are concerned. */
function createApply(database: Database, known: Sightings) {
  const countChange = createCountChange(database);
  const insert = database.prepare<[number]>('INSERT INTO known_device (changed) VALUES (?)');
  const change = database.prepare<[number, number, number]>(
    'UPDATE known_device SET whole = whole AND ?, changed = ? WHERE id = ?',
  );
  const hold = database.prepare<[string, number]>('INSERT OR REPLACE INTO holder VALUES (?, ?)');
  const drop = database.prepare<[string]>('DELETE FROM holder WHERE identifier = ?');
  const merge = createMergeDevices(database);

  return (ids: readonly DeviceId[]): { readonly device: number; readonly alone: boolean } => {
    const { device: found, absorbed, taken, dropped } = place(ids, known);
    if (found !== null && taken.length === 0) return { device: found, alone: true };
    const changed = countChange();
    const device = found ?? Number(insert.run(changed).lastInsertRowid);
    const losers = new Set(taken.map((id) => known.holder(id)).filter((holder) => holder !== null));
    for (const other of absorbed) merge(other, device, changed);
    for (const other of losers) if (!absorbed.includes(other)) change.run(0, changed, other);
    for (const id of dropped) drop.run(identifierText(id));
    for (const id of taken) hold.run(identifierText(id), device);
    change.run(dropped.length === 0 ? 1 : 0, changed, device);
    return { device, alone: losers.size === 0 && dropped.length === 0 };
  };
}

export function createPlacer(database: Database): Placer {
  const known = createSightings(database);
  const apply = createApply(database, known);
  const identifiers = database.prepare<[number], string>('SELECT identifiers FROM device WHERE id = ?').pluck();
  const lastPlace = database
    .prepare<[number], number>('SELECT device FROM placed WHERE names = ? ORDER BY from_sequence DESC LIMIT 1')
    .pluck();
  const addPlace = database.prepare<[number, number, number]>('INSERT OR REPLACE INTO placed VALUES (?, ?, ?)');
  const rows = database.prepare<[number, number], { sequence: number; names: number }>(
    'SELECT sequence, device AS names FROM message WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const setThrough = database.prepare<[number]>('UPDATE summary SET placed_through = ?');

  function look(memory: Memory, names: number, sequence: number): number | null {
    const ids = unpackIdentifiers(identifiers.get(names) ?? '[]');
    if (ids.length === 0) return null;
    const before = lastPlace.get(names) ?? null;
    if (before !== null && isSettled(ids, before, known)) return before;
    const { device, alone } = apply(ids);
    // What others had may have moved: they are looked up again.
    if (!alone) memory.settled.clear();
    if ((lastPlace.get(names) ?? null) !== device) addPlace.run(names, sequence, device);
    return device;
  }

  function see(memory: Memory, names: number, sequence: number): number | null {
    const settled = memory.settled.get(names);
    if (settled !== undefined) return settled;
    const device = look(memory, names, sequence);
    if (memory.settled.size >= remembered) memory.settled.clear();
    if (device !== null) memory.settled.set(names, device);
    return device;
  }

  function placeSome(memory: Memory, limit: number): boolean {
    const found = rows.all(memory.placedThrough, limit);
    for (const { names, sequence } of found) see(memory, names, sequence);
    const last = found.at(-1);
    if (last) {
      setThrough.run(last.sequence);
      memory.placedThrough = last.sequence;
    }
    return found.length === limit;
  }

  return {
    placeSome,
    see(memory, names) {
      while (placeSome(memory, rowsAtOnce));
      return see(memory, names, memory.newest + 1);
    },
  };
}
