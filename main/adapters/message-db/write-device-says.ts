import type { Database } from 'better-sqlite3';
import type { DeviceKey } from '../../../preload/contract/device.ts';
import type { Handlers, WriteTable } from './protocol.ts';
import { identifierText } from './rows.ts';
import { createCountChange } from './write-device-merge.ts';
import type { Placer } from './write-devices.ts';
import type { Memory } from './write-memory.ts';

/* What a person and ThingSpace's device list say of devices. */

/** The number of a device that is known: it may have become one with another. */
export function createFindDevice(database: Database): (key: DeviceKey) => number | null {
  const holder = database.prepare<[string], number>('SELECT device FROM holder WHERE identifier = ?').pluck();
  const number = database
    .prepare<[number], number>('SELECT coalesce(merged_into, id) FROM known_device WHERE id = ?')
    .pluck();
  return (key) => (typeof key === 'number' ? number.get(key) : holder.get(identifierText(key))) ?? null;
}

type Says = 'deviceChange' | 'deviceList';

export function createDeviceHandlers(
  database: Database,
  memory: () => Memory,
  placer: Placer,
): Pick<Handlers<WriteTable>, Says> {
  const countChange = createCountChange(database);
  const find = createFindDevice(database);
  const name = database.prepare<[string | null, number, number]>(
    'UPDATE known_device SET nickname = ?, changed = ? WHERE id = ?',
  );
  const note = database.prepare<[string, number, number]>('UPDATE known_device SET note = ?, changed = ? WHERE id = ?');
  const list = database.prepare<[string | null, number, number, number]>(
    'UPDATE known_device SET service_name = coalesce(?, service_name), account = ?, changed = ? WHERE id = ?',
  );
  /** By an identifier, a device may be named before it is first heard. */
  const foundOrMade = (key: DeviceKey): number | null =>
    find(key) ?? (typeof key === 'number' ? null : placer.see(memory(), memory().dictionary.device([key]).number));

  return {
    deviceChange(change) {
      const device = foundOrMade(change.device);
      if (device === null) return null;
      if (change.nickname !== undefined) name.run(change.nickname, countChange(), device);
      if (change.note !== undefined) note.run(change.note, countChange(), device);
      return device;
    },
    deviceList({ account, devices }) {
      const known = new Set<number>();
      for (const listed of devices) {
        const device = placer.see(memory(), memory().dictionary.device(listed.deviceIds).number);
        if (device === null) continue;
        known.add(device);
        list.run(listed.name, memory().dictionary.account(listed.account ?? account), countChange(), device);
      }
      return known.size;
    },
  };
}
