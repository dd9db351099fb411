import { app, clipboard, Menu, session } from 'electron';
import type { MethodName } from '../../preload/contract/methods.ts';
import { linkScheme } from '../core/deep-link.ts';
import { type Command, type FaceCommand, mutesAfter, unreadWords } from '../core/tray-menu.ts';
import { appId } from './app-id.ts';
import { type Autostart, createAutostart } from './autostart.ts';
import { checkEverything } from './checking.ts';
import { connectWindows } from './ipc.ts';
import type { Launches } from './launches.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import type { DesktopPorts } from './ports.ts';
import { watchPower } from './power.ts';
import { serveApp } from './protocol.ts';
import { createLinkOpener } from './questions.ts';
import { stopBeforeQuit } from './quitting.ts';
import { saveReport } from './report.ts';
import { guardContents, guardSession } from './session-guard.ts';
import { createTray } from './tray.ts';
import { type Updates, watchForUpdates } from './updating.ts';
import { createWindows, type Windows } from './windows.ts';

/** Keyboard shortcuts come from Chromium, but on macOS from the menu. */
function setApplicationMenu(platform: NodeJS.Platform): void {
  const menu =
    platform === 'darwin' ? ([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const) : null;
  Menu.setApplicationMenu(menu && Menu.buildFromTemplate([...menu]));
}

function introduce(platform: NodeJS.Platform): void {
  setApplicationMenu(platform);
  if (platform !== 'win32') return;
  app.setAppUserModelId(appId);
  // Elsewhere the installed package says so.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
}

interface Parts {
  readonly ports: DesktopPorts;
  readonly windows: Windows;
  readonly notifications: Notifications;
  readonly autostart: Autostart;
  readonly updates: Updates;
}

/** Says once what closing the window does; `tray` tells whether the app stays. */
async function explainClosing({ ports, notifications }: Parts, tray: boolean): Promise<void> {
  if (ports.core.settings().closeExplained) return;
  notifications.tell(
    tray
      ? { title: 'Still here', body: 'ThingSpace SMS Tray stays in the tray. To end it, choose Quit in its menu.' }
      : {
          title: 'No tray here',
          body: 'This desktop shows no tray icons. Closing the window ends ThingSpace SMS Tray.',
        },
  );
  await ports.core.router.handle('window', 'settings.change', { closeExplained: true });
}

/** A change of mutes, through the contract like any other change of the settings. */
async function mute({ ports, notifications }: Parts, command: Extract<FaceCommand, { face: 'mute' }>): Promise<void> {
  const mutes = mutesAfter(ports.core.settings().mutes, command, ports.clock.now());
  await call({ ports, notifications }, 'settings.change', { mutes });
  notifications.feed({ type: 'choices' });
}

function tellIfAny({ notifications }: Pick<Parts, 'notifications'>, failure: string | null): void {
  if (failure !== null) notifications.tell({ title: 'ThingSpace SMS Tray', body: failure });
}

async function perform(parts: Parts, command: FaceCommand): Promise<void> {
  const { ports, windows, notifications, autostart, updates } = parts;
  switch (command.face) {
    case 'open':
      return windows.open(command.view);
    case 'copy':
      return clipboard.writeText(command.text).catch(() => {
        notifications.tell({ title: 'The public URL was not copied', body: command.text });
      });
    case 'mute':
      return mute(parts, command);
    case 'check':
      return checkEverything(ports);
    case 'report':
      return tellIfAny(parts, await saveReport(ports));
    case 'update':
      return tellIfAny(parts, await updates.update());
    case 'autostart':
      return autostart.set(command.on);
    case 'quit':
      return app.quit();
  }
}

/** A call that fails is told in the core's own words. */
async function call(parts: Pick<Parts, 'notifications' | 'ports'>, method: MethodName, input: unknown): Promise<void> {
  const result = await parts.ports.core.router.handle('window', method, input);
  tellIfAny(parts, result.ok ? null : result.error.message);
}

/** What a click in the tray menu does. */
async function run(parts: Parts, command: Command): Promise<void> {
  return 'call' in command ? call(parts, command.call.method, command.call.input) : perform(parts, command);
}

function startTray(parts: Parts): () => void {
  const { ports, autostart, updates } = parts;
  const { core, clock } = ports;
  const tray = createTray(ports, core.snapshot(), {
    run: (command) => {
      void run(parts, command).then(() => {
        tray.update(core.snapshot());
      });
    },
    surroundings: () => ({
      now: clock.now(),
      mutes: core.settings().mutes,
      update: updates.found(),
      autostart: autostart.isOn(),
    }),
  });
  core.onSnapshot((snapshot) => {
    tray.update(snapshot);
  });
  return () => {
    tray.update(core.snapshot());
  };
}

function feedNotifications({ ports, notifications, windows }: Parts): void {
  ports.core.onSnapshot((snapshot) => {
    app.setBadgeCount(snapshot.inbox.unread);
    windows.badge(unreadWords(snapshot.inbox.unread));
    notifications.feed({ type: 'snapshot', snapshot });
  });
  ports.core.onHappening((happening) => {
    if (happening.type === 'message') notifications.feed({ type: 'text', message: happening.message });
  });
}

async function createParts(
  ports: DesktopPorts,
  onClosed: (parts: Parts) => void,
  onUpdate: () => void,
): Promise<Parts> {
  const notifications = createNotifications(ports, (view) => {
    parts.windows.open(view);
  });
  const windows = await createWindows(ports, {
    onFront: (inFront) => {
      notifications.feed({ type: 'window', inFront });
    },
    onClosed: () => {
      onClosed(parts);
    },
  });
  const updates = watchForUpdates(ports, onUpdate);
  const parts: Parts = { ports, windows, notifications, updates, autostart: await createAutostart(ports) };
  return parts;
}

/** Icons beside the clock come and go with the desktop: the answer can take seconds after a login. */
async function startTrayIfAny(parts: Parts): Promise<(() => void) | null> {
  if (await parts.ports.hasTray()) return startTray(parts);
  await explainClosing(parts, false);
  return null;
}

function prepare({ platform, readAsset }: DesktopPorts): void {
  introduce(platform);
  guardContents(createLinkOpener());
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, readAsset);
  // Without a listener Electron would quit by itself.
  app.on('window-all-closed', () => undefined);
}

/** Puts tray, window and notifications onto a core, and starts it. Ends it when the app quits. The app must be ready. */
export async function startDesktop(ports: DesktopPorts, launches: Launches, hidden: boolean): Promise<void> {
  const { core } = ports;
  prepare(ports);
  const quitting = stopBeforeQuit(() => core.stop(), ports.clock);
  let tray: boolean | null = null;
  let refreshTray = (): void => undefined;
  const parts = await createParts(
    ports,
    (closed) => {
      if (quitting()) return;
      if (tray === true) void explainClosing(closed, tray);
      else if (tray === false) app.quit();
    },
    () => {
      refreshTray();
    },
  );
  connectWindows(core, parts.windows, () => {
    parts.notifications.feed({ type: 'choices' });
    refreshTray();
  });
  feedNotifications(parts);
  watchPower(() => {
    core.woke();
  });
  core.start();
  if (!hidden) parts.windows.open({ kind: 'messages' });
  launches.listen((view) => {
    parts.windows.open(view);
  });
  const refresh = await startTrayIfAny(parts);
  tray = refresh !== null;
  if (refresh) refreshTray = refresh;
  if (!tray) parts.windows.open({ kind: 'messages' });
}
