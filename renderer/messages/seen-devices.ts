import type { DeviceId, Message } from '../../preload/contract/message.ts';
import { identifiersInOrder } from './device.ts';

/** More devices than one scrolls past in a shift. */
const most = 2000;

/** The devices of the rows that were shown, kept while searches come and go. */
export interface SeenDevices {
  readonly note: (rows: readonly Message[]) => void;
  /** The identifiers of each, the best first; the device that was seen last comes first. */
  readonly all: () => readonly (readonly DeviceId[])[];
}

export function createSeenDevices(): SeenDevices {
  const seen = new Map<string, readonly DeviceId[]>();
  return {
    note: (rows) => {
      for (const { deviceIds } of rows.toReversed()) {
        const ids = identifiersInOrder(deviceIds);
        const key = ids[0]?.id;
        if (key === undefined) continue;
        seen.delete(key);
        seen.set(key, ids);
      }
      for (const key of [...seen.keys()].slice(0, Math.max(0, seen.size - most))) seen.delete(key);
    },
    all: () => [...seen.values()].toReversed(),
  };
}
