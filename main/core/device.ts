import type { DeviceId } from '../../preload/contract/message.ts';

/*
 * What makes two texts those of the same device.
 *
 * ThingSpace names a device by any of its identifiers, one or several at a time (API notes, section 6), and they do not
 * all stay: a number is given to another SIM, a SIM is put into another modem. So identifiers seen together are of one
 * device, but not for ever, and one that moves must not glue two devices together. Five rules decide:
 *
 * 1. Kinds are ordered by how firmly they stay: modem (IMEI, MEID, ESN), then SIM (EID, ICCID), then number (MDN,
 *    MSISDN, MIN, IMSI). A kind that is not among them, such as a SKU, may be shared by many: it says which device only
 *    where nothing else does.
 * 2. Each identifier has one holder: the device that was seen with it last.
 * 3. A sighting is of the holder of the firmest identifier that it names, unless that device is known to have another
 *    identifier of a still firmer kind that is named too. The next firmest is tried then; where none is left, it is a
 *    device that was not seen before. So a SIM in another modem is another device, and a modem with another SIM is not.
 * 4. The device then holds all that the sighting names. Of a kind of which that is new to it, what it had before is
 *    former; and what others had of it is taken from them. What is former finds nothing: a number that was given up and comes
 *    alone is a device of its own.
 * 5. Other holders of what the sighting names become one with that device, history and all, only where nothing speaks
 *    against it: neither ever lost an identifier, and no kind is held by both with different values. This cannot be
 *    taken back, so whoever has changed hands once stays apart.
 *
 * A sighting decides for the texts from it on. Earlier texts stay with the device that they were of then. A modem with
 * two SIMs is one device, whose SIM is the one seen last.
 */

/** The kinds of identifiers that are known, the firmest first. */
export const deviceKinds: readonly string[] = ['imei', 'meid', 'esn', 'eid', 'iccid', 'mdn', 'msisdn', 'min', 'imsi'];

/** The lower, the firmer; unknown kinds come last. */
function order({ kind }: DeviceId): number {
  const place = deviceKinds.indexOf(kind);
  return place === -1 ? deviceKinds.length : place;
}

/** Whether an identifier is of a kind that stays with a device, be it for a time. */
export function staysWithDevice(id: DeviceId): boolean {
  return order(id) < deviceKinds.length;
}

/** Firmest first, each once. Only the unknown kinds where there is nothing else. */
function links(ids: readonly DeviceId[]): readonly DeviceId[] {
  const known = ids.filter(staysWithDevice);
  return (known.length > 0 ? known : ids).toSorted((a, b) => order(a) - order(b));
}

function same(a: DeviceId, b: DeviceId): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** What is known of devices so far. */
export interface Sightings {
  /** The device that has an identifier now; null where none has. */
  holder(id: DeviceId): number | null;
  /** All that a device has now. */
  heldBy(device: number): readonly DeviceId[];
  /** Whether a device never lost an identifier. */
  isWhole(device: number): boolean;
}

export interface Placement {
  /** null: one that was not seen before. */
  readonly device: number | null;
  /** Devices that turn out to be the same: all theirs becomes its. */
  readonly absorbed: readonly number[];
  /** What it has from now on and had not before. */
  readonly taken: readonly DeviceId[];
  /** What it had before and has no longer. */
  readonly dropped: readonly DeviceId[];
}

/** Whether both have identifiers of a kind, and none in common, among the kinds firmer than `limit`. */
function differ(held: readonly DeviceId[], named: readonly DeviceId[], limit: number): boolean {
  const kindsOfBoth = new Set(named.filter((id) => order(id) < limit).map(({ kind }) => kind));
  return [...kindsOfBoth].some((kind) => {
    const own = held.filter((id) => id.kind === kind);
    return own.length > 0 && !own.some((id) => named.some((other) => same(id, other)));
  });
}

/** The device that a sighting is of (rule 3); null where it is one that was not seen before. */
export function deviceOf(ids: readonly DeviceId[], known: Pick<Sightings, 'holder' | 'heldBy'>): number | null {
  for (const link of links(ids)) {
    const holder = known.holder(link);
    if (holder !== null && !differ(known.heldBy(holder), ids, order(link))) return holder;
  }
  return null;
}

/** What a sighting of identifiers, together, changes. `ids` must not be empty. */
export function place(ids: readonly DeviceId[], known: Sightings): Placement {
  const named = links(ids);
  const device = deviceOf(ids, known);
  const held = device === null ? [] : known.heldBy(device);
  const taken = named.filter((id) => !held.some((other) => same(id, other)));
  const isNamed = (id: DeviceId) => named.some((other) => same(id, other));
  const dropped = held.filter((id) => !isNamed(id) && taken.some(({ kind }) => kind === id.kind));
  const others = new Set(taken.map((id) => known.holder(id)).filter((holder) => holder !== null));
  const isMaimed = dropped.length > 0 || (device !== null && !known.isWhole(device));
  let all = [...held, ...taken];
  const absorbed: number[] = [];
  for (const other of isMaimed ? [] : others) {
    const theirs = known.heldBy(other);
    if (!known.isWhole(other) || differ(theirs, all, Number.POSITIVE_INFINITY)) continue;
    absorbed.push(other);
    all = [...all, ...theirs];
  }
  return { device, absorbed, taken, dropped };
}

/** Whether seeing these together again would change nothing. */
export function isSettled(ids: readonly DeviceId[], device: number, known: Pick<Sightings, 'holder'>): boolean {
  return links(ids).every((id) => known.holder(id) === device);
}
