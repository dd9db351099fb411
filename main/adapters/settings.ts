import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../preload/contract/result.ts';
import { defaultSettings, type Settings, settings as settingsSchema } from '../../preload/contract/settings.ts';
import type { Clock, SettingsStore } from '../core/ports.ts';
import { fileFailure, keepAside, replaceFile } from './document.ts';
import { makeFolder } from './folder.ts';

export interface SettingsStoreOptions {
  readonly directory: string;
  /** `electron-store` on the desktop; elsewhere the same file in the same format, without what it takes to load that. */
  readonly backend: 'file' | 'electron-store';
  readonly clock: Clock;
}

/** Writes all settings, or throws what the file system throws. */
type Write = (settings: Settings) => void;

const name = 'settings';

async function openBackend({ directory, backend }: SettingsStoreOptions, path: string): Promise<Write> {
  if (backend === 'file') return (settings) => replaceFile(path, JSON.stringify(settings, undefined, '\t'));
  // Only where it is wanted: outside Electron its import looks for Electron.
  const { default: ElectronStore } = await import('electron-store');
  // Keys are whole names and the file is the user's alone.
  const store = new ElectronStore({
    cwd: directory,
    name,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return (settings) => {
    store.store = { ...settings };
  };
}

/** The settings in a file; null when there is none, `unreadable` when it is broken or of a version not known here. */
function readFile(path: string): Settings | 'unreadable' | null {
  try {
    return settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? 'unreadable';
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Opens the settings; an unreadable file is kept aside and the defaults are used. Throws when the folder is unusable. */
export async function createSettingsStore(options: SettingsStoreOptions): Promise<SettingsStore> {
  const path = join(options.directory, `${name}.json`);
  makeFolder(options.directory);
  const found = readFile(path);
  const setAside = found === 'unreadable' ? keepAside(path, options.clock) : null;
  const write = await openBackend(options, path);
  let current = found === null || found === 'unreadable' ? defaultSettings : found;
  return {
    setAside,
    read: () => current,
    change(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = settingsSchema.parse({ ...current, ...Object.fromEntries(given) });
      try {
        write(next);
      } catch (error) {
        return fail(fileFailure(error, path));
      }
      current = next;
      return ok(current);
    },
  };
}
