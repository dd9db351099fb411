import type { Database } from 'better-sqlite3';
import type { TextsDevice } from '../../../preload/contract/message.ts';
import { inOrder } from '../../core/message.ts';
import { readIdentifier } from './rows.ts';

/** A device as the database has it now; `mergedInto`: it is no device of its own any more. */
export interface BookEntry extends TextsDevice {
  readonly mergedInto: number | null;
}

/** What changed since, and how far that goes. */
export interface BookPage {
  readonly changed: number;
  readonly entries: readonly BookEntry[];
}

/** The devices that changed after a change. */
export function createBookPage(database: Database): (after: number) => BookPage {
  const select = database.prepare<
    [number],
    {
      id: number;
      nickname: string | null;
      service_name: string | null;
      merged_into: number | null;
      changed: number;
      identifiers: string;
    }
  >(
    `SELECT id, nickname, service_name, merged_into, changed,
       (SELECT json_group_array(identifier) FROM holder WHERE device = known_device.id) AS identifiers
     FROM known_device WHERE changed > ? ORDER BY changed`,
  );
  return (after) => {
    const rows = select.all(after);
    const entries = rows.map((row) => {
      const { id, nickname, service_name: serviceName, merged_into: mergedInto } = row;
      const held: readonly string[] = JSON.parse(row.identifiers);
      return { id, nickname, serviceName, deviceIds: inOrder(held.map(readIdentifier)), mergedInto };
    });
    return { changed: rows.at(-1)?.changed ?? after, entries };
  };
}

/** All devices, in memory: few beside the texts. */
export interface Book {
  /** Takes in what changed. */
  refresh(): void;
  of(device: number): TextsDevice | undefined;
  all(): Iterable<TextsDevice>;
}

export function createBook(database: Database): Book {
  const page = createBookPage(database);
  const devices = new Map<number, TextsDevice>();
  let changed = 0;
  return {
    refresh() {
      const found = page(changed);
      changed = found.changed;
      for (const { mergedInto, ...device } of found.entries)
        if (mergedInto === null) devices.set(device.id, device);
        else devices.delete(device.id);
    },
    of: (device) => devices.get(device),
    all: () => devices.values(),
  };
}
