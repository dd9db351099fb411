import { join } from 'node:path';
import type { PublicError } from '../preload/contract/errors.ts';
import { ok, type Result } from '../preload/contract/result.ts';
import type { DesktopStart } from './config.ts';
import type { StartHelper } from './core/ports.ts';
import { openDemoCore } from './demo-core.ts';
import { openCore, type PortChoices } from './open-core.ts';
import type { Core } from './services/core.ts';
import { createDemoSwitch } from './services/demo-switch.ts';
import type { RunRequest } from './terminal/command.ts';

/** The settings' own accounts and address. */
const asSet: RunRequest = { wishes: null, port: null, publicUrl: null, tunnel: null };

/** The core for the desktop. Stopping it also gives the data directory free; a demo's is removed. */
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
  const opened = await openCore(surroundings, asSet, choices);
  if (!opened.ok) return opened;
  const own: Core = { ...opened.value.core, stop: () => opened.value.close() };
  return ok(createDemoSwitch({ own, openDemo: () => openDemoCore(false, choices) }));
}
