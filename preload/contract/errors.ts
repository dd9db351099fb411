import { z } from 'zod';

/** Every reason that is told to a person or a script. A closed list: faces may switch over it. */
export const problemCodes = [
  'account-unknown',
  'bad-input',
  'callback-held',
  'callback-taken',
  'credentials-missing',
  'forward-failed',
  'internal',
  'keychain-locked',
  'keychain-missing',
  'listener-failed',
  'network',
  'not-allowed',
  'not-found',
  'owner-busy',
  'public-url-refused',
  'public-url-unreachable',
  'rate-limited',
  'service-failed',
  'service-refused',
  'settings-set-aside',
  'sign-in-refused',
  'sign-in-stopped',
  'storage-failed',
  'store-set-aside',
  'tunnel-failed',
] as const;

export const problemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof problemCode>;

/** The service's own words, shown beneath ours and never matched on. */
export const serviceWords = z.object({
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  status: z.number().int().nullable(),
});
export type ServiceWords = z.infer<typeof serviceWords>;

/** A failure as it crosses to a window or another process: a code, and a sentence that says what to do. */
export const publicError = z.object({
  code: problemCode,
  message: z.string(),
  service: serviceWords.nullable(),
});
export type PublicError = Readonly<z.infer<typeof publicError>>;
