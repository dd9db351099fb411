import { join } from 'node:path';
import type { PublicError } from '../preload/contract/errors.ts';
import { ok, type Result } from '../preload/contract/result.ts';
import type { DesktopStart } from './config.ts';
import type { StartHelper } from './core/ports.ts';
import { openDemoCore } from './demo-core.ts';
import type { PortChoices } from './open-core.ts';
import type { Core } from './services/core.ts';
import { createDemoSwitch } from './services/demo-switch.ts';
import { openSharedCore } from './shared-core.ts';
import type { RunRequest } from './terminal/command.ts';

/** The settings' own accounts and address. */
const asSet: RunRequest = { wishes: null, port: null, publicUrl: null, tunnel: null };

/** The core for the desktop: its own, or that of a terminal which owns the data directory. A demo's is removed when it stops. */
export async function openDesktopCore(
  { demo, surroundings }: Pick<DesktopStart, 'demo' | 'surroundings'>,
  startHelper: StartHelper,
): Promise<Result<Core, PublicError>> {
  const choices: PortChoices = {
    settingsBackend: 'electron-store',
    // This file is bundled; what runs beside the main thread stands beside the bundle (electron.vite.config.ts).
    storeWorker: new URL('./store-worker.js', import.meta.url),
    keychainHelper: { path: join(import.meta.dirname, 'keychain-helper.js'), start: startHelper },
  };
  if (demo) return openDemoCore(false, choices, surroundings.dataDirectory);
  const own = await openSharedCore(surroundings, asSet, choices);
  if (!own.ok) return own;
  return ok(createDemoSwitch({ own: own.value, openDemo: () => openDemoCore(false, choices) }));
}
