import { z } from 'zod';
import { deviceId, message, textsDevice } from './message.ts';
import { send } from './sends.ts';

const nickname = z.string().trim().min(1).max(64);
const note = z.string().max(2000);

/** A device by its number, or by any one identifier that it has now. */
export const deviceKey = z.union([z.number().int().min(1), deviceId]);
export type DeviceKey = Readonly<z.infer<typeof deviceKey>>;

export const device = textsDevice.extend({
  note: z.string(),
  /** Those that it had before: given to another device, or replaced. */
  formerIds: z.array(deviceId).readonly(),
  /** Of the newest text from it or to it; null where there is none. */
  account: z.string().nullable(),
  /** ISO 8601: when its newest text was received, also if that was deleted since; null where it never texted. */
  lastTextAt: z.string().nullable(),
  texts: z.number().int(),
  unread: z.number().int(),
});
/** A device, whatever its texts called it. */
export type Device = Readonly<z.infer<typeof device>>;

export const deviceRow = device.extend({
  /** The newest text of it, or of those of it that were asked for; null where there is none. */
  latest: message.nullable(),
  /** How many of its texts were asked for. */
  found: z.number().int(),
});
/** A device as a row of a list that is grouped by device. */
export type DeviceRow = Readonly<z.infer<typeof deviceRow>>;

/** Where a page of devices ended. */
export const deviceCursor = z.object({ sequence: z.number().int(), device: z.number().int() }).strict();
export type DeviceCursor = Readonly<z.infer<typeof deviceCursor>>;

export const threadEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), message }),
  z.object({ kind: z.literal('sent'), sent: send }),
]);
/** One line of what was said with a device. */
export type ThreadEntry = Readonly<z.infer<typeof threadEntry>>;

/** Where a page of a thread ended: older texts and older sent ones come after. */
export const threadCursor = z.object({ sequence: z.number().int(), sent: z.number().int() }).strict();
export type ThreadCursor = Readonly<z.infer<typeof threadCursor>>;

/** What a person may say of a device. null takes the nickname away; what is left out stays. */
export const deviceChange = z
  .object({ device: deviceKey, nickname: nickname.nullable().optional(), note: note.optional() })
  .strict();
export type DeviceChange = Readonly<z.infer<typeof deviceChange>>;
