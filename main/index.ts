import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createClock } from './adapters/clock.ts';
import { readInvocation } from './config.ts';
import { hiddenArgument } from './desktop/autostart.ts';
import { startDesktop } from './desktop/desktop.ts';
import { listenForLaunches } from './desktop/launches.ts';
import { registerAppScheme } from './desktop/protocol.ts';
import { openDesktopCore } from './desktop-core.ts';
import { createAssetReader, createSmallFile, findTray } from './desktop-ports.ts';
import type { Core } from './services/core.ts';

/** The built files stand in out/, the drawn lights in resources/; the same in the package. */
const root = join(import.meta.dirname, '..', '..');
const autostartEntry = join('.config', 'autostart', 'thingspace-sms-tray.desktop');

function refuse(sentence: string): void {
  dialog.showErrorBox('ThingSpace SMS Tray cannot start', sentence);
  app.exit(1);
}

async function openCore(): Promise<Core | string> {
  const invocation = readInvocation(['serve'], process.env);
  if (!invocation.ok) return invocation.error;
  if (invocation.value.kind !== 'run') return 'The surroundings cannot be read.';
  const core = await openDesktopCore(invocation.value.surroundings);
  return core.ok ? core.value : core.error.message;
}

async function start(): Promise<void> {
  const launches = listenForLaunches(process.argv);
  await app.whenReady();
  const core = await openCore();
  if (typeof core === 'string') return refuse(core);
  const { platform } = process;
  const clock = createClock();
  const paths = {
    preload: join(root, 'out', 'preload', 'index.cjs'),
    trayIcons: join(root, 'resources', 'tray'),
    windowIcon: join(root, 'resources', 'app', '256x256.png'),
    executable: process.env['APPIMAGE'] ?? app.getPath('exe'),
  };
  const ports = {
    ...{ core, clock, platform, paths },
    readAsset: createAssetReader(join(root, 'out', 'renderer')),
    windowPlace: createSmallFile(join(app.getPath('userData'), 'window.json')),
    autostartEntry: createSmallFile(join(app.getPath('home'), autostartEntry)),
    hasTray: () => findTray(platform, clock),
  };
  await startDesktop(ports, launches, process.argv.includes(hiddenArgument));
}

registerAppScheme();
// Not awaited at the top: Electron is ready only after this module has run.
if (!app.requestSingleInstanceLock()) app.quit();
else start().catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)));
