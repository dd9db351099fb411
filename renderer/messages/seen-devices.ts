import type { DeviceId, Message } from '../../preload/contract/message.ts';
import { identifiersInOrder } from './device.ts';

/** More devices than one scrolls past in a shift. */
const most = 2000;

/** A device as its rows tell of it. */
export interface SeenDevice {
  /** What the person calls it. */
  readonly nickname: string | null;
  /** The best first. */
  readonly ids: readonly DeviceId[];
}

/** The devices of the rows that were shown, kept while searches come and go. */
export interface SeenDevices {
  readonly note: (rows: readonly Message[]) => void;
  /** The device that was seen last comes first. */
  readonly all: () => readonly SeenDevice[];
}

export function createSeenDevices(): SeenDevices {
  const seen = new Map<string, SeenDevice>();
  const noted = new WeakSet<Message>();
  return {
    note: (rows) => {
      for (const row of rows.toReversed()) {
        if (noted.has(row)) continue;
        noted.add(row);
        const { deviceIds, device } = row;
        const ids = identifiersInOrder(deviceIds);
        const key = ids[0]?.id;
        if (key === undefined) continue;
        seen.delete(key);
        seen.set(key, { nickname: device?.nickname ?? null, ids });
      }
      for (const key of seen.keys()) {
        if (seen.size <= most) break;
        seen.delete(key);
      }
    },
    all: () => [...seen.values()].toReversed(),
  };
}
