import type { Lane } from '../../../preload/contract/message.ts';
import { sameTextWindowMs } from '../../core/message.ts';

/*
 * Where a text that may be the same is looked for. A key is 47 bits (six bytes in SQLite): the slot of time in which
 * the delivery lies, its lane, and a hash of account, device and text. Slots are as long as the window in which two
 * deliveries may lie, so three neighbouring ones hold every candidate; and because the slot comes first, new entries
 * land close to one another in the table. A hash only proposes rows: account and text are compared afterwards.
 */

const hashBits = 23;
const keysInPart = 2 ** hashBits;
const lastSlot = 2 ** 23 - 1;

function hashText(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** 32 bits for account, device and text. */
export function identityOf(account: number, device: number, text: string): number {
  return hashText(text, Math.imul(account, 0x9e3779b1) ^ Math.imul(device, 0x85ebca6b));
}

/** 32 bits for any text, to find equal ones. */
export function hashOf(text: string): number {
  return hashText(text, 0);
}

function slotOf(at: number): number {
  return Math.min(Math.max(Math.floor(at / sameTextWindowMs), 0), lastSlot);
}

/** The least key of the deliveries by one lane in one slot; they reach to `keysInPart` above it. */
function partOf(lane: Lane, slot: number): number {
  return (slot * 2 + (lane === 'callback' ? 0 : 1)) * keysInPart;
}

const requestPart = -(2 ** 46) - 1;

/** The least key of the part of the table in which a key stands: one lane and slot, or all ids of the service. */
export function partOfKey(key: number): number {
  return key < 0 ? requestPart : key - (key % keysInPart);
}

/** The first key after a part. */
export function endOfPart(part: number): number {
  return part < 0 ? 0 : part + keysInPart;
}

/** Key of a delivery by `lane` at the time `at` (milliseconds since 1970). */
export function entryKey(identity: number, lane: Lane, at: number): number {
  return partOf(lane, slotOf(at)) + (identity >>> (32 - hashBits));
}

/** Keys of all deliveries by `lane` that lie within `slots` windows of the time `at`. */
export function nearbyKeys(identity: number, lane: Lane, at: number, slots: number): readonly number[] {
  const keys: number[] = [];
  const middle = slotOf(at);
  for (let slot = Math.max(middle - slots, 0); slot <= Math.min(middle + slots, lastSlot); slot++)
    keys.push(partOf(lane, slot) + (identity >>> (32 - hashBits)));
  return keys;
}

/** Key under which the service's own id of a callback is found, at any time: below zero, away from the slots. */
export function requestKey(account: number, requestId: string): number {
  const low = hashText(requestId, account);
  const high = hashText(requestId, ~account) & 0x3fff;
  return -(high * 2 ** 32 + low) - 1;
}
