import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes a folder, with those above it, for this user alone (0700), where there is none. Throws what the file system
 * throws. Node's own `recursive` never ends where a folder that is there takes no other, as in /proc.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(path)) throw error;
  }
}

const troubleInWords: Readonly<Record<string, string>> = {
  EEXIST: 'it is no folder',
  ENOTDIR: 'it is no folder',
  ENOENT: 'it cannot be made there',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  SQLITE_FULL: 'the disk is full',
};

/** Why a data folder cannot be used, in words, and what to do: by the code of the error, else as its maker has it. */
export function folderTrouble(directory: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = troubleInWords[code] ?? (error instanceof Error ? error.message : String(error));
  return `The data folder ${directory} cannot be used: ${why}. Check that it exists and may be written, or give another with --data-dir.`;
}
