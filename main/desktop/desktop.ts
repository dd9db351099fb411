import { app, Menu, session } from 'electron';
import { linkScheme } from '../core/deep-link.ts';
import { type FaceAction, faceActions } from '../core/face-actions.ts';
import { unreadWords } from '../core/tray-menu.ts';
import { withFaceActions } from '../services/face-actions.ts';
import { appId, toastActivator } from './app-id.ts';
import { createAutostart, startedAtLogin } from './autostart.ts';
import { type Parts, perform, run } from './commands.ts';
import { connectWindows } from './ipc.ts';
import type { Launches } from './launches.ts';
import { createNotifications } from './notifications.ts';
import { atMostEvery } from './pace.ts';
import type { DesktopPorts } from './ports.ts';
import { watchPower } from './power.ts';
import { serveApp } from './protocol.ts';
import { createLinkOpener, tellAtLength } from './questions.ts';
import { stopBeforeQuit } from './quitting.ts';
import { guardContents, guardSession } from './session-guard.ts';
import { createTray } from './tray.ts';
import { watchForUpdates } from './updating.ts';
import { createWindows } from './windows.ts';

/** So often the menu is made anew though nothing happened: mutes end, and today's times become yesterday's. */
const timePassesMs = 60_000;
const badgeEveryMs = 500;

/** Keyboard shortcuts come from Chromium, but on macOS from the menu. */
function setApplicationMenu(platform: NodeJS.Platform): void {
  const menu =
    platform === 'darwin' ? ([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const) : null;
  Menu.setApplicationMenu(menu && Menu.buildFromTemplate([...menu]));
}

function introduce(platform: NodeJS.Platform): void {
  setApplicationMenu(platform);
  if (platform !== 'win32') return;
  // Before the identifier: with that Electron writes the activator into the shortcut, and registers it.
  app.setToastActivatorCLSID(toastActivator);
  app.setAppUserModelId(appId);
  // Elsewhere the installed package says so.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
}

/** Says once what closing the window does; `tray` tells whether the app stays. */
async function explainClosing({ ports, notifications }: Parts, tray: boolean): Promise<void> {
  if (ports.core.settings().closeExplained) return;
  const words = tray
    ? { title: 'Still here', body: 'ThingSpace SMS Tray stays in the tray. To end it, choose Quit in its menu.' }
    : {
        title: 'No tray here',
        body: 'This desktop shows no tray icons: the menu is in the window. Closing the window ends ThingSpace SMS Tray.',
      };
  if (!notifications.tell(words)) void tellAtLength(ports.core.say(words.title), [ports.core.say(words.body)]);
  await ports.core.router.handle('window', 'settings.change', { closeExplained: true });
}

/** Puts icon or menu bar in place. Returns what shows anew how things are. */
function startTray(parts: Parts, hasTray: boolean): () => void {
  const { ports, autostart, updates } = parts;
  const { core, clock } = ports;
  const tray = createTray(ports, hasTray, {
    run: (command) => {
      void run(parts, command).then(refresh);
    },
    surroundings: () => ({
      now: clock.now(),
      mutes: core.settings().mutes,
      update: updates.found(),
      autostart: autostart.isOn(),
      say: core.say,
    }),
  });
  const refresh = () => {
    tray.update(core.snapshot());
  };
  const timePasses = () => {
    refresh();
    clock.after(timePassesMs, timePasses);
  };
  clock.after(timePassesMs, timePasses);
  core.onSnapshot((snapshot) => {
    tray.update(snapshot);
  });
  return refresh;
}

function offeredActions({ updates, autostart }: Parts): readonly FaceAction[] {
  return faceActions({ update: updates.found(), canLook: updates.canLook(), autostart: autostart.isOn() });
}

function feedNotifications({ ports, notifications, windows }: Parts): void {
  let marked = -1;
  const mark = atMostEvery(ports.clock, badgeEveryMs, (unread: number) => {
    if (unread === marked) return;
    marked = unread;
    app.setBadgeCount(unread);
    windows.badge(ports.core.say(unreadWords(unread)));
  });
  ports.core.onSnapshot((snapshot) => {
    mark(snapshot.inbox.unread);
    notifications.feed({ type: 'snapshot', snapshot });
  });
  ports.core.onHappening((happening) => {
    if (happening.type === 'message') notifications.feed({ type: 'text', message: happening.message });
  });
}

interface Hooks {
  readonly onClosed: (parts: Parts) => void;
  readonly onUpdate: () => void;
  readonly endFor: (last: () => void) => void;
}

async function createParts(ports: DesktopPorts, { onClosed, onUpdate, endFor }: Hooks): Promise<Parts> {
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
  const updates = watchForUpdates(ports, { onFound: onUpdate, endFor });
  const parts: Parts = { ports, windows, notifications, updates, autostart: await createAutostart(ports) };
  return parts;
}

function prepare({ core, platform, readAsset }: DesktopPorts): void {
  introduce(platform);
  guardContents(createLinkOpener(core.say));
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, readAsset);
  // Without a listener Electron would quit by itself.
  app.on('window-all-closed', () => undefined);
}

/** Puts tray, window and notifications onto a core, and starts it. Ends it when the app quits. The app must be ready. */
export async function startDesktop(ports: DesktopPorts, launches: Launches, hidden: boolean): Promise<void> {
  const { core } = ports;
  prepare(ports);
  let end = (): Promise<void> => core.stop();
  const quitting = stopBeforeQuit(() => end(), ports.clock);
  let tray: boolean | null = null;
  let refresh = (): void => undefined;
  const parts = await createParts(ports, {
    onClosed(closed) {
      if (quitting.begun()) return;
      if (tray === true) void explainClosing(closed, tray);
      else if (tray === false) app.quit();
    },
    onUpdate: () => {
      refresh();
    },
    endFor: (last) => {
      quitting.endFor(last);
    },
  });
  end = async () => {
    // The window goes at once; the rest may take some seconds.
    await Promise.all([parts.windows.close(), core.stop()]);
  };
  const face = withFaceActions(core, {
    offered: () => offeredActions(parts),
    async perform({ command }) {
      const sentence = await perform(parts, command);
      refresh();
      return { sentence, file: null };
    },
  });
  connectWindows(face, parts.windows, () => {
    parts.notifications.feed({ type: 'choices' });
    refresh();
  });
  feedNotifications(parts);
  watchPower(() => {
    core.woke();
  });
  core.start();
  if (!hidden && !startedAtLogin(ports.platform)) parts.windows.open({ kind: 'messages' });
  launches.listen((view) => {
    parts.windows.open(view);
  });
  // Icons beside the clock come and go with the desktop: the answer can take seconds after a login.
  tray = await ports.hasTray();
  refresh = startTray(parts, tray);
  if (tray) return;
  await explainClosing(parts, tray);
  parts.windows.open({ kind: 'messages' });
}
