import { z } from 'zod';

export const exportFormat = z.enum(['ndjson', 'csv']);
/** As docs/export-format.md describes them. */
export type ExportFormatName = z.infer<typeof exportFormat>;

export const exportProgress = z.object({
  /** `waiting`: the browser has not begun to fetch it. */
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  /** Texts written so far, and of how many: those that matched when it began, and all that were written once it is done. */
  written: z.number().int(),
  total: z.number().int(),
  /** Hash of the last text, once it is done: whoever keeps it can tell later whether the file was changed. */
  hash: z.string().nullable(),
  /** Where the file stands; null where the browser chose the place. */
  path: z.string().nullable(),
  /** Why it failed, in words. */
  reason: z.string().nullable(),
});
/** How far an export is. */
export type ExportProgress = Readonly<z.infer<typeof exportProgress>>;
