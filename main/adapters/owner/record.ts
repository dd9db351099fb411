import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ownerRecord = z.object({
  version: z.literal(1),
  pid: z.number().int().positive(),
  /** ISO 8601: when that process began. */
  startedAt: z.string(),
  /** Where it answers other processes; null while it does not. */
  socket: z.string().nullable(),
});
/** What the owner of a data dir tells about itself. A hint only: who owns it is decided by the lock. */
export type OwnerRecord = Readonly<z.infer<typeof ownerRecord>>;

function pathIn(directory: string): string {
  return join(directory, 'owner.json');
}

/** The record in a data dir, or null when there is none that can be read. */
export function readOwnerRecord(directory: string): OwnerRecord | null {
  try {
    return ownerRecord.parse(JSON.parse(readFileSync(pathIn(directory), 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the record as a whole: a reader sees the old one or the new one. */
export function writeOwnerRecord(directory: string, record: OwnerRecord): void {
  const path = pathIn(directory);
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

export function removeOwnerRecord(directory: string): void {
  rmSync(pathIn(directory), { force: true });
}
