import { app, clipboard, Menu, session } from 'electron';
import { settings } from '../../preload/contract/settings.ts';
import { linkScheme } from '../core/deep-link.ts';
import type { Command, FaceCommand } from '../core/tray-menu.ts';
import { appId } from './app-id.ts';
import { type Autostart, createAutostart } from './autostart.ts';
import { connectWindows } from './ipc.ts';
import type { Launches } from './launches.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import type { DesktopPorts } from './ports.ts';
import { watchPower } from './power.ts';
import { serveApp } from './protocol.ts';
import { stopBeforeQuit } from './quitting.ts';
import { guardContents, guardSession } from './session-guard.ts';
import { createTray } from './tray.ts';
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
}

/** Says once what closing the window does; `tray` tells whether the app stays. */
async function explainClosing({ ports, notifications }: Parts, tray: boolean): Promise<void> {
  const { router } = ports.core;
  const answer = await router.handle('window', 'settings.get', {});
  const chosen = settings.safeParse(answer.ok ? answer.value : null);
  if (!chosen.success || chosen.data.closeExplained) return;
  notifications.tell(
    tray
      ? { title: 'Still here', body: 'ThingSpace SMS Tray stays in the tray. To end it, choose Quit in its menu.' }
      : {
          title: 'No tray here',
          body: 'This desktop shows no tray icons. Closing the window ends ThingSpace SMS Tray.',
        },
  );
  await router.handle('window', 'settings.change', { closeExplained: true });
}

async function perform({ ports, windows, notifications, autostart }: Parts, command: FaceCommand): Promise<void> {
  switch (command.face) {
    case 'open':
      return windows.open(command.view);
    case 'copy':
      return clipboard.writeText(command.text).catch(() => {
        notifications.tell({ title: 'The public URL was not copied', body: command.text });
      });
    case 'mute': {
      const until = command.forMs === null ? null : ports.clock.now() + command.forMs;
      return notifications.feed({ type: 'mute', until });
    }
    case 'autostart':
      return autostart.set(command.on);
    case 'quit':
      return app.quit();
  }
}

/** What a click in the tray menu does. A call that fails is told in the core's own words. */
async function run(parts: Parts, command: Command): Promise<void> {
  if (!('call' in command)) return perform(parts, command);
  const result = await parts.ports.core.router.handle('window', command.call.method, command.call.input);
  if (!result.ok) parts.notifications.tell({ title: 'ThingSpace SMS Tray', body: result.error.message });
}

function startTray(parts: Parts): void {
  const { ports, notifications, autostart } = parts;
  const { core, clock } = ports;
  const tray = createTray(ports, core.snapshot(), {
    run: (command) => {
      void run(parts, command).then(() => {
        tray.update(core.snapshot());
      });
    },
    surroundings: () => ({
      now: clock.now(),
      mutedUntil: notifications.mutedUntil(),
      autostart: autostart.isOn(),
    }),
  });
  core.onSnapshot((snapshot) => {
    tray.update(snapshot);
  });
}

function feedNotifications({ ports, notifications }: Parts): void {
  ports.core.onSnapshot((snapshot) => {
    app.setBadgeCount(snapshot.inbox.unread);
    notifications.feed({ type: 'snapshot', snapshot });
  });
  ports.core.onHappening((happening) => {
    if (happening.type === 'message') notifications.feed({ type: 'text', message: happening.message });
  });
}

async function createParts(ports: DesktopPorts, onClosed: (parts: Parts) => void): Promise<Parts> {
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
  const parts: Parts = { ports, windows, notifications, autostart: await createAutostart(ports) };
  return parts;
}

/** Icons beside the clock come and go with the desktop: the answer can take seconds after a login. */
async function startTrayIfAny(parts: Parts): Promise<boolean> {
  const tray = await parts.ports.hasTray();
  if (tray) startTray(parts);
  else await explainClosing(parts, tray);
  return tray;
}

function prepare({ platform, readAsset }: DesktopPorts): void {
  introduce(platform);
  guardContents();
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
  const parts = await createParts(ports, (closed) => {
    if (quitting()) return;
    if (tray === true) void explainClosing(closed, tray);
    else if (tray === false) app.quit();
  });
  connectWindows(core, parts.windows);
  feedNotifications(parts);
  watchPower(() => {
    core.woke();
  });
  core.start();
  if (!hidden) parts.windows.open({ kind: 'messages' });
  launches.listen((view) => {
    parts.windows.open(view);
  });
  tray = await startTrayIfAny(parts);
  if (!tray) parts.windows.open({ kind: 'messages' });
}
