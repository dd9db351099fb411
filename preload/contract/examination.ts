import { z } from 'zod';
import { problemCode } from './errors.ts';

/** What stands between a device's text and this computer, in the order in which it is looked at. */
export const hops = [
  'node',
  'data-dir',
  'clock',
  'keychain',
  'dns',
  'tls',
  'oauth',
  'session',
  'account',
  'registration',
  'listener',
  'tunnel',
  'public-probe',
  'port-rule',
  'queue',
] as const;
export const hop = z.enum(hops);
export type Hop = z.infer<typeof hop>;

export const check = z.object({
  hop,
  /** Its name; null where it is about none. */
  account: z.string().nullable(),
  outcome: z.enum(['pass', 'fail', 'not-tried']),
  /** What kind of failure it is, where it is one that other calls tell too. */
  code: problemCode.nullable(),
  /** What was found, or why it was not tried. */
  reason: z.string(),
  /** What to do; null where there is nothing. */
  fix: z.string().nullable(),
});
/** One hop of an examination. Nothing private is in it. */
export type Check = Readonly<z.infer<typeof check>>;
