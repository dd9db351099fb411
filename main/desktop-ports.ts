import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from './core/ports.ts';
import type { SmallFile } from './desktop/ports.ts';

/** A small text at `path`. What cannot be read or written is as good as absent. */
export function createSmallFile(path: string): SmallFile {
  const absent = () => null;
  return {
    read: () => readFile(path, 'utf8').catch(absent),
    async write(text) {
      if (text === null) return rm(path, { force: true }).catch(() => undefined);
      await mkdir(dirname(path), { recursive: true }).catch(absent);
      await writeFile(path, text, { mode: 0o600 }).catch(absent);
    },
  };
}

/** Reads a file within `folder`; null when it is not there. `path` has no `..` (desktop/protocol.ts). */
export function createAssetReader(folder: string): (path: string) => Promise<Uint8Array | null> {
  return (path) => readFile(join(folder, path)).catch(() => null);
}

export async function writeChosenFile(path: string, text: string): Promise<boolean> {
  return writeFile(path, text, { mode: 0o600 }).then(
    () => true,
    () => false,
  );
}

const askForHost = [
  '--session',
  '--print-reply',
  '--reply-timeout=1000',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
];
const askEveryMs = 500;
const panelStartsWithinMs = 10_000;

async function hasStatusNotifierHost(): Promise<boolean> {
  const { stdout } = await promisify(execFile)('dbus-send', askForHost, { timeout: 2_000 });
  return stdout.includes('boolean true');
}

/**
 * Whether this desktop shows tray icons. On Linux some show none, and Electron does not tell; at login the panel may
 * come after us. Where nobody can be asked, a tray is assumed: a second start of the app opens the window anyway.
 */
export async function findTray(platform: NodeJS.Platform, clock: Clock): Promise<boolean> {
  if (platform !== 'linux') return true;
  const until = clock.now() + panelStartsWithinMs;
  for (;;) {
    const found = await hasStatusNotifierHost().catch(() => null);
    if (found !== false) return true;
    if (clock.now() >= until) return false;
    await new Promise<void>((resolve) => {
      clock.after(askEveryMs, resolve);
    });
  }
}
