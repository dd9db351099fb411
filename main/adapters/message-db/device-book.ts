import type { DeviceId, TextsDevice } from '../../../preload/contract/message.ts';
import { deviceOf } from '../../core/device.ts';
import type { BookPage } from './read-book.ts';
import { identifierText } from './rows.ts';

/** The devices as the thread that stores texts knows them, for texts that come in. */
export interface DeviceBook {
  take(page: BookPage): void;
  /** Up to which change it goes. */
  readonly changed: () => number;
  of(deviceIds: readonly DeviceId[]): TextsDevice | undefined;
  clear(): void;
}

export function createDeviceBook(): DeviceBook {
  const devices = new Map<number, TextsDevice>();
  const holders = new Map<string, number>();
  let changed = 0;
  const known = {
    holder: (id: DeviceId) => holders.get(identifierText(id)) ?? null,
    heldBy: (device: number) => devices.get(device)?.deviceIds ?? [],
  };

  function release(device: number): void {
    for (const id of known.heldBy(device).map(identifierText)) if (holders.get(id) === device) holders.delete(id);
    devices.delete(device);
  }

  return {
    take(page) {
      changed = page.changed;
      for (const { id } of page.entries) release(id);
      for (const { mergedInto, ...device } of page.entries) {
        if (mergedInto !== null) continue;
        devices.set(device.id, device);
        for (const id of device.deviceIds) holders.set(identifierText(id), device.id);
      }
    },
    changed: () => changed,
    of(deviceIds) {
      const device = deviceOf(deviceIds, known);
      return device === null ? undefined : devices.get(device);
    },
    clear() {
      devices.clear();
      holders.clear();
      changed = 0;
    },
  };
}
