import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createClock } from './adapters/clock.ts';
import { type DesktopStart, readDesktopStart } from './config.ts';
import { withdrawSecrets } from './config-network.ts';
import type { Clock } from './core/ports.ts';
import { createDemoFolder } from './demo-setting.ts';
import { startDesktop } from './desktop/desktop.ts';
import { createExportPlace } from './desktop/exporting.ts';
import { startUtility } from './desktop/helper-process.ts';
import { type Launches, listenForLaunches } from './desktop/launches.ts';
import type { DesktopPorts } from './desktop/ports.ts';
import { registerAppScheme } from './desktop/protocol.ts';
import { sandboxAll } from './desktop/session-guard.ts';
import { openDesktopCore } from './desktop-core.ts';
import { createAssetReader, createSmallFile, findTray, writeChosenFile } from './desktop-ports.ts';
import { createLogReader } from './log-reader.ts';
import { openReleaseFeed } from './release-feed.ts';
import type { Core } from './services/core.ts';
import { createSpeakCore } from './services/spoken-core.ts';
import { createWindowExports } from './services/window-exports.ts';
import { outputToFile } from './terminal/export-output.ts';

/** The built files stand in out/, the drawn lights in resources/; the same in the package. */
const root = join(import.meta.dirname, '..', '..');
const autostartEntry = join('.config', 'autostart', 'thingspace-sms-tray.desktop');

function refuse(sentence: string): void {
  dialog.showErrorBox('ThingSpace SMS Tray cannot start', sentence);
  app.exit(1);
}

function withExports(core: Core, clock: Clock): Core {
  return createWindowExports({
    core,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    now: () => clock.now(),
    newId: () => randomUUID(),
    place: createExportPlace((path) => outputToFile(path, process.pid)),
  }).core;
}

async function realPorts(core: Core, { appImage, surroundings }: DesktopStart): Promise<DesktopPorts> {
  const { platform } = process;
  const clock = createClock();
  return {
    core: createSpeakCore()(withExports(core, clock), app.getPreferredSystemLanguages()),
    clock,
    platform,
    paths: {
      preload: join(root, 'out', 'preload', 'index.cjs'),
      trayIcons: join(root, 'resources', 'tray'),
      windowIcon: join(root, 'resources', 'app', '256x256.png'),
      unreadOverlay: join(root, 'resources', 'tray', 'windows', 'overlay-unread.png'),
      executable: appImage ?? app.getPath('exe'),
    },
    readAsset: createAssetReader(join(root, 'out', 'renderer')),
    windowPlace: createSmallFile(join(app.getPath('userData'), 'window.json')),
    autostartEntry: createSmallFile(join(app.getPath('home'), autostartEntry)),
    readLog: createLogReader(join(surroundings.dataDirectory, 'logs')),
    writeFile: writeChosenFile,
    releases: app.isPackaged ? await openReleaseFeed(process.resourcesPath) : null,
    hasTray: () => findTray(platform, clock),
  };
}

async function start(desktop: DesktopStart, launches: Launches): Promise<void> {
  await app.whenReady();
  const core = await openDesktopCore(desktop, startUtility);
  if (!core.ok) return refuse(core.error.message);
  await startDesktop(await realPorts(core.value, desktop), launches, desktop.hidden);
}

/** What must be done before Electron is ready; never awaited at the top, for it is ready only after this module ran. */
function begin(): void {
  const read = readDesktopStart(process.argv, process.env);
  withdrawSecrets(process.env);
  if (!read.ok) return refuse(read.error);
  const { surroundings, demo } = read.value;
  const dataDirectory = demo ? createDemoFolder() : surroundings.dataDirectory;
  // Chromium's own files, and with them the lock of the single instance, go where the data is.
  app.setPath('userData', join(dataDirectory, 'electron'));
  registerAppScheme();
  sandboxAll();
  if (!app.requestSingleInstanceLock()) return app.quit();
  start({ ...read.value, surroundings: { ...surroundings, dataDirectory } }, listenForLaunches(process.argv)).catch(
    (error: unknown) => refuse(error instanceof Error ? error.message : String(error)),
  );
}

begin();
