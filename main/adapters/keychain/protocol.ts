import { z } from 'zod';

/** What the keychain's process is asked. One request at a time. */
export const nativeRequest = z.discriminatedUnion('call', [
  z.object({ call: z.literal('read'), name: z.string() }),
  z.object({ call: z.literal('write'), name: z.string(), value: z.string() }),
  z.object({ call: z.literal('remove'), name: z.string() }),
]);
export type NativeRequest = z.infer<typeof nativeRequest>;

export const nativeReply = z.discriminatedUnion('kind', [
  /** The value that was read, or null; for the others whether there was one. */
  z.object({ kind: z.literal('done'), value: z.union([z.string(), z.boolean(), z.null()]) }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  z.object({ kind: z.literal('not-loaded'), message: z.string() }),
]);
export type NativeReply = z.infer<typeof nativeReply>;
