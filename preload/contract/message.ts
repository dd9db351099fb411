import { z } from 'zod';

export const deviceId = z.object({ id: z.string().min(1).max(256), kind: z.string().min(1).max(64) });
/** One identifier of a device. `kind` is lower case (`mdn`, `imei`, `iccid` …); `id` is a string: leading zeros stay. */
export type DeviceId = Readonly<z.infer<typeof deviceId>>;

export const lane = z.enum(['callback', 'history']);
/** The way a text came: pushed to our callback URL, or fetched from the account's queue. */
export type Lane = z.infer<typeof lane>;

export const textsDevice = z.object({
  /** Stable; of two devices that turn out to be one, both numbers lead to it. */
  id: z.number().int(),
  /** What the person calls it; null where it has no name. */
  nickname: z.string().nullable(),
  /** The name that ThingSpace's device list gives it; null where it gives none. */
  serviceName: z.string().nullable(),
  /** Those that it has now, the one that is shown first. */
  deviceIds: z.array(deviceId).readonly(),
});
/** The device of a text: all that is known to be one with the identifiers that the text carried. */
export type TextsDevice = Readonly<z.infer<typeof textsDevice>>;

export const message = z.object({
  /** Stable: the same in the terminal, exports and windows. */
  id: z.string(),
  /** Place in the order of arrival; grows with each stored text. */
  sequence: z.number().int(),
  account: z.string(),
  deviceIds: z.array(deviceId).readonly(),
  text: z.string(),
  /** ISO 8601, UTC, milliseconds: when this computer received it. */
  receivedAt: z.string(),
  /** ThingSpace's own time as it was given, or null. */
  platformTime: z.string().nullable(),
  lanes: z.array(lane).readonly(),
  unread: z.boolean(),
  /** There where a person starred it. */
  starred: z.literal(true).optional(),
  /** Left out while it is not known, or where the text carried no identifier. */
  device: textsDevice.optional(),
});
/** A mobile-originated text. */
export type Message = Readonly<z.infer<typeof message>>;

export const arrival = z.object({
  lane,
  /** ISO 8601. null: not kept, as of a callback for a text that the queue had brought before. */
  receivedAt: z.string().nullable(),
  /** ISO 8601: when it was safely on disk; null: not kept. */
  syncedAt: z.string().nullable(),
  /** ISO 8601: when our 2xx was sent, or when ThingSpace showed that it knows that we have the block; null: not known. */
  acknowledgedAt: z.string().nullable(),
});
/** One way by which a text came. */
export type Arrival = Readonly<z.infer<typeof arrival>>;

export const messageDetail = z.object({
  message,
  /** The body of the callback as it came, its password cut out; null where it came by history alone. */
  rawCallback: z.string().nullable(),
  /** The history item as it came; null where it came by callback alone. */
  rawHistory: z.string().nullable(),
  /** When our 2xx was sent (ISO 8601), or null while that is not known. */
  answeredAt: z.string().nullable(),
  /** Every way by which it came. */
  arrivals: z.array(arrival).readonly(),
});
export type MessageDetail = Readonly<z.infer<typeof messageDetail>>;

export const delivery = z.object({
  account: z.string().nullable(),
  requestId: z.string(),
  deviceIds: z.array(deviceId).readonly(),
  /** The service's own word: `Success`, `Failed`, or what `confirmation` says. */
  status: z.string(),
  /** What it says besides, such as `Sent by network`; null when nothing. */
  confirmation: z.string().nullable(),
  /** The same as a state of the text: see core/delivery-report.ts. */
  meaning: z.enum(['sent', 'delivered', 'expired', 'failed']),
  /** The service's own words for why it failed; null when it did not. */
  fault: z.string().nullable(),
  receivedAt: z.string(),
});
/** What the network reports of a text that was sent to a device. */
export type Delivery = Readonly<z.infer<typeof delivery>>;

export const unverified = z.object({
  id: z.number().int(),
  receivedAt: z.string(),
  account: z.string().nullable(),
  reason: z.string(),
  /** The body with everything secret cut out, shortened to what is kept. */
  body: z.string(),
});
/** Something that reached the listener or the queue and is not trusted: kept apart, never shown as a text. */
export type Unverified = Readonly<z.infer<typeof unverified>>;
