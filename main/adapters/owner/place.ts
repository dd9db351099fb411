import { createHash, randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../folder.ts';

/** The system takes no longer path for a socket: 104 bytes on macOS, 108 on Linux, with the closing zero. */
const longestPath = 100;

function privateFolder(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `thingspace-sms-${process.getuid?.() ?? 0}-${name}`);
  makeFolder(folder);
  const found = lstatSync(folder);
  // Anybody may have made a folder of that name in the shared place first.
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to somebody else`);
  }
  return folder;
}

/** Where the owner of `directory` answers other processes of the same user. Throws where there is no safe place. */
export function choosePlace(directory: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\thingspace-sms-${randomBytes(16).toString('hex')}`;
  const path = join(directory, 'owner.sock');
  return Buffer.byteLength(path) <= longestPath ? path : join(privateFolder(directory), 'owner.sock');
}
