import { join } from 'node:path';
import type { PublicError } from '../preload/contract/errors.ts';
import { ok, type Result } from '../preload/contract/result.ts';
import type { Surroundings } from './config.ts';
import { openCore } from './open-core.ts';
import type { Core } from './services/core.ts';

/** The core for the desktop, on the settings' own accounts. Stopping it also gives the data directory free. */
export async function openDesktopCore(surroundings: Surroundings): Promise<Result<Core, PublicError>> {
  const opened = await openCore(
    surroundings,
    { wishes: null, port: null, publicUrl: null },
    {
      settingsBackend: 'electron-store',
      // This file is bundled; what runs beside the main thread stands beside the bundle (electron.vite.config.ts).
      storeWorker: new URL('./store-worker.js', import.meta.url),
      keychainHelper: join(import.meta.dirname, 'keychain-helper.js'),
    },
  );
  if (!opened.ok) return opened;
  const { core, close } = opened.value;
  return ok({ ...core, stop: close });
}
