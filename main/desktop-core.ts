import { join } from 'node:path';
import type { PublicError } from '../preload/contract/errors.ts';
import { ok, type Result } from '../preload/contract/result.ts';
import type { DesktopStart, Surroundings } from './config.ts';
import type { StartHelper } from './core/ports.ts';
import { openDemo } from './demo-setting.ts';
import { openCore } from './open-core.ts';
import type { Core } from './services/core.ts';
import type { RunRequest } from './terminal/command.ts';

/** The settings' own accounts and address. */
const asSet: RunRequest = { wishes: null, port: null, publicUrl: null, tunnel: null };
/** Texts per second over all sample devices. */
const demoRate = 1;

async function open(surroundings: Surroundings, request: RunRequest, startHelper: StartHelper) {
  return openCore(surroundings, request, {
    settingsBackend: 'electron-store',
    // This file is bundled; what runs beside the main thread stands beside the bundle (electron.vite.config.ts).
    storeWorker: new URL('./store-worker.js', import.meta.url),
    keychainHelper: { path: join(import.meta.dirname, 'keychain-helper.js'), start: startHelper },
  });
}

async function openDemoCore(folder: string, startHelper: StartHelper): Promise<Result<Core, PublicError>> {
  const demo = await openDemo(folder, false);
  const opened = await open(demo.surroundings, demo.request, startHelper);
  if (!opened.ok) {
    await demo.close();
    return opened;
  }
  const { core } = opened.value;
  return ok({
    ...core,
    start() {
      core.start();
      demo.simulator.startDevices({ rate: demoRate });
    },
    async stop() {
      await opened.value.close();
      await demo.close();
    },
  });
}

/** The core for the desktop. Stopping it also gives the data directory free; a demo's is removed. */
export async function openDesktopCore(
  { demo, surroundings }: Pick<DesktopStart, 'demo' | 'surroundings'>,
  startHelper: StartHelper,
): Promise<Result<Core, PublicError>> {
  if (demo) return openDemoCore(surroundings.dataDirectory, startHelper);
  const opened = await open(surroundings, asSet, startHelper);
  if (!opened.ok) return opened;
  return ok({ ...opened.value.core, stop: () => opened.value.close() });
}
