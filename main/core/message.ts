import type { DeviceId, Lane } from '../../preload/contract/message.ts';

/*
 * What makes two deliveries the same text.
 *
 * ThingSpace gives a text no id, and the callback not even a time (API notes, 2.5 and 4.4). Two rules follow from what
 * the service promises, and decide everything here:
 *
 * 1. A delivery that the service does not know us to have can come again, by either way. A callback is known to be had
 *    once our 2xx was sent; a history item once the request that acknowledges its block was answered. Until then an
 *    equal text is the same text, and afterwards an equal text by the same way is a new one.
 * 2. A text that came by one way may come by the other, because the service can miss our 2xx. Then the two times lie
 *    within ten minutes of each other. Each row matches at most one delivery of the other way.
 *
 * `callbackCount` above 1, within the time in which the service tries again, and an equal `requestId` are its own word
 * that a callback is a repeat.
 */

/** Deliveries of one text by both ways lie at most this far apart (milliseconds). */
export const sameTextWindowMs = 10 * 60_000;

/** Documented repeats of a callback come within 15 minutes (API notes, 2.3): milliseconds, with some to spare. */
export const repeatWindowMs = 20 * 60_000;

/** One arrival of a text, by either way. Times are milliseconds since 1970 on this computer's clock. */
export interface Delivered {
  readonly lane: Lane;
  readonly deviceIds: readonly DeviceId[];
  readonly receivedAt: number;
  /** ThingSpace's own time, moved to this computer's clock; null when it gave none. */
  readonly platformAt: number | null;
  /** The same as it was given: the service's clock is estimated anew for each of its answers. */
  readonly platformTime: string | null;
  readonly requestId: string | null;
  /** Attempt number from 1; null when the service did not say. */
  readonly callbackCount: number | null;
}

/** A stored row with the same account and text, as far as the decision needs it. */
export interface Candidate {
  readonly deviceIds: readonly DeviceId[];
  readonly lanes: readonly Lane[];
  readonly receivedAt: number;
  readonly platformAt: number | null;
  readonly platformTime: string | null;
  readonly requestId: string | null;
  readonly callbackCount: number | null;
  /** Whether our 2xx to its callback is known to have been sent; false where it came by history alone. */
  readonly answered: boolean;
  /** Whether the request that acknowledges its history block was answered; false where it came by callback alone. */
  readonly acknowledged: boolean;
}

/** Lower-case kind, trimmed id: ThingSpace varies the case of kinds (API notes, section 6). */
export function canonicalDeviceId(device: DeviceId): DeviceId {
  return { id: device.id.trim(), kind: device.kind.trim().toLowerCase() };
}

/** Whether the two lists name the same device: one identifier in common is enough, both empty counts as the same. */
export function sameDevice(left: readonly DeviceId[], right: readonly DeviceId[]): boolean {
  if (left.length === 0 || right.length === 0) return left.length === right.length;
  return left.some((a) => right.some((b) => a.id === b.id && a.kind === b.kind));
}

function within(a: number, b: number, window = sameTextWindowMs): boolean {
  return Math.abs(a - b) <= window;
}

function sameByCallback(delivered: Delivered, row: Candidate): boolean {
  if (delivered.requestId !== null && row.requestId !== null) return delivered.requestId === row.requestId;
  if (!row.answered && !row.acknowledged) return true;
  const counted = delivered.callbackCount !== null && delivered.callbackCount > Math.max(1, row.callbackCount ?? 1);
  return counted && within(delivered.receivedAt, row.receivedAt, repeatWindowMs);
}

function sameByHistory(delivered: Delivered, row: Candidate): boolean {
  return !row.acknowledged && delivered.platformTime === row.platformTime;
}

function sameAcross(delivered: Delivered, row: Candidate): boolean {
  const [callback, history] = delivered.lane === 'callback' ? [delivered, row] : [row, delivered];
  const pushedAt = callback.platformAt ?? callback.receivedAt;
  if (within(pushedAt, history.platformAt ?? history.receivedAt)) return true;
  // Had, but not known to be had: an unanswered callback may wait in the queue for any time, and what was fetched
  // but not acknowledged may be pushed at that moment.
  return delivered.lane === 'history' ? !row.answered : !row.acknowledged && within(pushedAt, history.receivedAt);
}

/**
 * Whether a delivery is the text that `row` already holds. The caller compares account and text itself, tries rows
 * oldest first and stops at the first match. `row` must not have matched another item of the same history block.
 */
export function isSameText(delivered: Delivered, row: Candidate): boolean {
  if (!sameDevice(delivered.deviceIds, row.deviceIds)) return false;
  if (!row.lanes.includes(delivered.lane)) return sameAcross(delivered, row);
  return delivered.lane === 'callback' ? sameByCallback(delivered, row) : sameByHistory(delivered, row);
}

const shownFirst = ['mdn', 'imei', 'iccid', 'msisdn', 'esn', 'meid'];

/** The identifiers of a device, the one that says most to a person first (API notes, section 6). */
export function inOrder(deviceIds: readonly DeviceId[]): readonly DeviceId[] {
  const place = ({ kind }: DeviceId) => (shownFirst.includes(kind) ? shownFirst.indexOf(kind) : shownFirst.length);
  return deviceIds.toSorted((a, b) => place(a) - place(b));
}

/** The identifier shown for a device, or null when it has none. */
export function preferredDeviceId(deviceIds: readonly DeviceId[]): DeviceId | null {
  return inOrder(deviceIds)[0] ?? null;
}
