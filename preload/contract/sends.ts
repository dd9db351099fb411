import { z } from 'zod';
import { serviceWords } from './errors.ts';
import { delivery, deviceId } from './message.ts';
import { smsEncoding } from './sms-text.ts';

export const sendState = z.enum(['asking', 'queued', 'sent', 'delivered', 'expired', 'failed', 'unknown']);
/**
 * Where a text to a device is. `asking`: ThingSpace has not answered yet. `queued`: ThingSpace took it. `sent`: the
 * network sent it to the device. `delivered`: the device received it. `expired`: ThingSpace gave up after its time to
 * live. `failed`: it was refused or could not be sent. `unknown`: it is not known whether ThingSpace took it.
 */
export type SendState = z.infer<typeof sendState>;

export const replyPattern = z
  .object({
    /**
     * `any`: whatever the device texts. `text`: a part of the text, upper and lower case alike. `search`: the search
     * language. `regex`: a regular expression in RE2's syntax, which has no look-around and no back references.
     */
    kind: z.enum(['any', 'text', 'search', 'regex']),
    value: z.string().max(200).default(''),
  })
  .strict()
  .refine(({ kind, value }) => kind === 'any' || value !== '', 'Say what the answer must hold.');
export type ReplyPattern = Readonly<z.infer<typeof replyPattern>>;

/** A day: what is asked of a device today is answered today, or not at all. */
export const replySeconds = z.number().int().min(1).max(86_400);

export const expectation = z.object({ pattern: replyPattern, seconds: replySeconds }).strict();
/** The answer that a device is to give, and within which time. */
export type Expectation = Readonly<z.infer<typeof expectation>>;

const reply = z.object({
  messageId: z.string(),
  text: z.string(),
  /** ISO 8601: when it reached this computer. */
  receivedAt: z.string(),
  /** Seconds from when ThingSpace took the command to the answer. */
  seconds: z.number(),
});

export const awaitedReply = z.object({
  expected: expectation,
  /** ISO 8601: until when the answer counts. */
  dueAt: z.string(),
  /** `late`: it came, but after its time. `cancelled`: a person stopped waiting. */
  result: z.enum(['waiting', 'passed', 'failed', 'late', 'cancelled']),
  reply: reply.nullable(),
  /** Why it did not pass, in a sentence; null while waiting and when passed. */
  reason: z.string().nullable(),
});
export type AwaitedReply = Readonly<z.infer<typeof awaitedReply>>;

export const send = z.object({
  id: z.number().int(),
  account: z.string(),
  to: deviceId,
  text: z.string(),
  encoding: smsEncoding,
  /** null: ThingSpace's own 5 days. */
  timeToLiveSeconds: z.number().int().nullable(),
  /** ISO 8601: when ThingSpace was asked. */
  askedAt: z.string(),
  /** null while ThingSpace has not answered, and where its answer was lost. */
  requestId: z.string().nullable(),
  /** The request id was learnt from a report of the network on the same device, because ThingSpace's answer was lost. */
  requestIdInferred: z.boolean(),
  state: sendState,
  /** When it came to each state that it has been in, oldest first (ISO 8601). */
  history: z.array(z.object({ state: sendState, at: z.string() })).readonly(),
  /** Why it failed, or what is not known, in a sentence; null else. */
  reason: z.string().nullable(),
  /** ThingSpace's own words to that. */
  service: serviceWords.nullable(),
  /** What the network reported, oldest first. */
  deliveries: z.array(delivery).readonly(),
  awaited: awaitedReply.nullable(),
});
/** A text to a device, kept from before ThingSpace was asked. */
export type Send = Readonly<z.infer<typeof send>>;
