import { z } from 'zod';
import { deviceId } from './message.ts';
import { replyPattern, replySeconds } from './sends.ts';
import { smsEncoding, timeToLiveSeconds } from './sms-text.ts';

/* A technician's bench: commands sent to one device one after the other, each answer waited for before the next. */

const benchStep = z
  .object({
    /** The command, with places such as `{apn}`; left out: only an answer is waited for. */
    send: z.string().min(1).max(1000).optional(),
    /** What the answer must hold: a part of the text, or a pattern. Left out: ThingSpace need only take the command. */
    expect: z.union([z.string().min(1).max(200), replyPattern]).optional(),
    /** Seconds within which it must come. */
    within: replySeconds.optional(),
    encoding: smsEncoding.optional(),
    timeToLive: timeToLiveSeconds.optional(),
  })
  .strict()
  .refine((step) => step.send !== undefined || step.expect !== undefined, 'A step sends, expects, or both.');
export type BenchStep = Readonly<z.infer<typeof benchStep>>;

export const benchScript = z
  .object({
    name: z.string().min(1).max(80).default('Bench'),
    /** Values for the places in the commands. */
    values: z.record(z.string().max(32), z.string().max(200)).readonly().default({}),
    /** Whether the steps after a failed one are run all the same. */
    keepGoing: z.boolean().default(false),
    steps: z.array(benchStep).min(1).max(100).readonly(),
  })
  .strict();
/** What a file for `bench` holds. */
export type BenchScript = Readonly<z.infer<typeof benchScript>>;

const stepResult = z.enum(['waiting', 'running', 'passed', 'failed', 'skipped', 'stopped']);

const benchStepRun = z.object({
  /** Filled in; null where nothing is sent. */
  send: z.string().nullable(),
  expect: replyPattern.nullable(),
  within: z.number().int().nullable(),
  result: stepResult,
  /** ISO 8601; null before it began. */
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** ISO 8601: until when its answer counts; null where none is waited for. */
  dueAt: z.string().nullable(),
  sendId: z.number().int().nullable(),
  requestId: z.string().nullable(),
  /** The answer that was found. */
  reply: z.object({ messageId: z.string(), text: z.string(), receivedAt: z.string() }).nullable(),
  /** Why it did not pass, in a sentence. */
  reason: z.string().nullable(),
});
export type BenchStepRun = Readonly<z.infer<typeof benchStepRun>>;

export const benchRun = z.object({
  id: z.string(),
  name: z.string(),
  account: z.string(),
  to: deviceId,
  startedAt: z.string(),
  /** null while it runs. */
  endedAt: z.string().nullable(),
  result: z.enum(['running', 'passed', 'failed', 'stopped']),
  steps: z.array(benchStepRun).readonly(),
});
/** One run of a script on a device, kept for the visit's report. */
export type BenchRun = Readonly<z.infer<typeof benchRun>>;
