import type { DeviceRow } from '../../preload/contract/device.ts';
import type { DevicesAnswer } from './use-devices.ts';

/** The devices as they stand on screen. */
export interface Standing {
  readonly answer: DevicesAnswer | null;
  readonly held: boolean;
  readonly devices: readonly DeviceRow[];
}

/** While they are held each device keeps its place, whatever it says now. Another search or page has nothing to hold. */
export function stand(before: Standing, answer: DevicesAnswer | null, held: boolean): Standing {
  const now = answer?.page.ok ? answer.page.value.devices : [];
  const isHeld = held && answer !== null && isSamePage(before.answer, answer);
  return { answer, held, devices: isHeld ? inPlace(before.devices, now).slice(0, answer.wanted.limit) : now };
}

function isSamePage(one: DevicesAnswer | null, other: DevicesAnswer): boolean {
  return one?.page.ok === true && one.wanted.find === other.wanted.find && one.wanted.before === other.wanted.before;
}

/** One that others pushed off the page stays: without it those beneath would move up. New ones come at the end. */
function inPlace(shown: readonly DeviceRow[], now: readonly DeviceRow[]): readonly DeviceRow[] {
  const rows = new Map(now.map((device) => [device.id, device]));
  const places = new Set(shown.map(({ id }) => id));
  return [...shown.map((device) => rows.get(device.id) ?? device), ...now.filter(({ id }) => !places.has(id))];
}
