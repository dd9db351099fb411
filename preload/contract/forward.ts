import { z } from 'zod';

export const forwardFormat = z.enum(['original', 'cloudevents']);
/** The body as it came, its password cut out; or a CloudEvent 1.0 in JSON. */
export type ForwardFormat = z.infer<typeof forwardFormat>;

export const forwardUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s/]+/, 'Give an http or https URL, such as http://localhost:3000/sms.');

export const forwardRule = z.object({
  url: forwardUrl,
  /** In the search language; empty: every text. */
  query: z.string().max(1024),
  format: forwardFormat,
});
/** Which texts are sent on, where to, and as what. */
export type ForwardRule = Readonly<z.infer<typeof forwardRule>>;

export const forwardResult = z.object({
  url: z.string(),
  /** Sent by hand, not by a rule; the last time counts. */
  replay: z.boolean(),
  /** `parked`: given up on after many tries. `stopped`: the endpoint said that it is gone. */
  state: z.enum(['pending', 'delivered', 'parked', 'stopped']),
  attempts: z.number().int(),
  /** Of the last answer; null where there was none. */
  status: z.number().int().nullable(),
  /** Why the last try failed; null where it did not. */
  reason: z.string().nullable(),
  /** Of the last try (ISO 8601); null before the first. */
  at: z.string().nullable(),
});
/** What became of sending a text on. */
export type ForwardResult = Readonly<z.infer<typeof forwardResult>>;
