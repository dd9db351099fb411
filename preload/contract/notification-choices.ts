import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written 22:00.');
/** In the search language, as in the window's search field. */
const search = z.string().trim().min(1).max(256);

const muted = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everything') }).strict(),
  z.object({ kind: z.literal('account'), account: z.string().min(1).max(64) }).strict(),
  /** Any identifier of the device, as a whole. */
  z.object({ kind: z.literal('device'), id: z.string().min(1).max(256) }).strict(),
]);
/** What a mute is for. */
export type Muted = Readonly<z.infer<typeof muted>>;

const mute = z.object({ of: muted, until: z.iso.datetime().nullable() }).strict();
/** No notification of this; `until` is ISO 8601 in UTC, null: until it is taken back. */
export type Mute = Readonly<z.infer<typeof mute>>;

const quietHours = z
  .object({
    /** Local time; where `to` is not later than `from`, it is that of the next day. */
    from: timeOfDay,
    to: timeOfDay,
    /** Searches; a text that one of them finds is told all the same. */
    unless: z.array(search).max(32).readonly(),
  })
  .strict();
export type QuietHours = Readonly<z.infer<typeof quietHours>>;

/** For the texts that `search` finds. The first rule that finds a text decides, before mutes and quiet hours. */
const notificationRule = z.object({ search, notify: z.enum(['always', 'never']) }).strict();

/** Which texts are told, and when. */
export const notificationChoices = {
  mutes: z.array(mute).max(500).readonly(),
  quietHours: quietHours.nullable(),
  notificationRules: z.array(notificationRule).max(100).readonly(),
};
