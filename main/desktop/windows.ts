import { app, BrowserWindow, type IpcMainInvokeEvent, nativeImage, screen } from 'electron';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { viewFragment, type WindowView } from '../core/deep-link.ts';
import { parseWindowPlace, smallestWindow, type WindowPlace, windowPlace } from '../core/window-bounds.ts';
import type { DesktopPorts } from './ports.ts';
import { appPage, isAppPage } from './protocol.ts';

export interface WindowHooks {
  /** Whether the window has the person's eyes. */
  readonly onFront: (inFront: boolean) => void;
  readonly onClosed: () => void;
}

export interface Windows {
  /** Opens the window, or brings it to the front, at `view`. */
  open(view: WindowView): void;
  send(snapshot: Snapshot): void;
  /** Marks the taskbar's icon on Windows; the words are for those who cannot see it, empty for no mark. */
  badge(words: string): void;
  /** Whether a call comes from our window's main frame while it shows our page. */
  owns(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean;
  /** Closes the window; resolves once it is written down where it stood. */
  close(): Promise<void>;
}

type Ports = Pick<DesktopPorts, 'clock' | 'paths' | 'platform' | 'windowPlace'>;

/** A window whose page crashes is opened again, but not more often than this. */
const reopenEveryMs = 30_000;

function windowOptions({ paths }: Ports, { bounds }: WindowPlace): Electron.BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'ThingSpace SMS Tray',
    icon: paths.windowIcon,
    webPreferences: {
      preload: paths.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Chromium fetches its dictionaries from outside.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  };
}

function placeNow(saved: WindowPlace | null): WindowPlace {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return windowPlace(saved, [primary.workArea, ...others.map((display) => display.workArea)]);
}

function go(window: BrowserWindow, view: WindowView): void {
  const url = appPage + viewFragment(view);
  // Chromium reloads a page that is sent to where it is.
  if (window.webContents.getURL() === url) return;
  // A load is cut short when the person closes the window or asks for another view; that is no failure.
  window.loadURL(url).catch(() => undefined);
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function watchFront(window: BrowserWindow, onFront: (inFront: boolean) => void): void {
  const away = () => {
    onFront(false);
  };
  window.on('focus', () => {
    onFront(true);
  });
  window.on('blur', away);
  window.on('hide', away);
  window.on('minimize', away);
}

interface WindowEvents {
  readonly onPlace: (place: WindowPlace) => void;
  readonly onClosed: (window: BrowserWindow) => void;
  readonly onCrashed: () => void;
}

function createWindow(ports: Ports, at: WindowPlace, events: WindowEvents): BrowserWindow {
  const window = new BrowserWindow(windowOptions(ports, at));
  window.once('ready-to-show', () => {
    if (at.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    events.onPlace({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.on('closed', () => {
    events.onClosed(window);
  });
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') events.onCrashed();
  });
  return window;
}

/** The one window: made when it is wanted, gone when it is closed, so that its memory is free while the app waits. */
export async function createWindows(ports: Ports, hooks: WindowHooks): Promise<Windows> {
  let saved = parseWindowPlace((await ports.windowPlace.read()) ?? '');
  let current: BrowserWindow | null = null;
  let crashedAt = -reopenEveryMs;
  let marked = '';
  let written = Promise.resolve();

  const mark = () => {
    if (ports.platform !== 'win32') return;
    current?.setOverlayIcon(marked === '' ? null : nativeImage.createFromPath(ports.paths.unreadOverlay), marked);
  };

  const onPlace = (place: WindowPlace) => {
    saved = place;
    written = ports.windowPlace.write(JSON.stringify(place));
  };
  const onClosed = (window: BrowserWindow) => {
    if (window !== current) return;
    current = null;
    app.dock?.hide();
    hooks.onFront(false);
    hooks.onClosed();
  };
  const onCrashed = () => {
    const now = ports.clock.now();
    const again = now - crashedAt >= reopenEveryMs;
    crashedAt = now;
    const crashed = current;
    if (again) current = null;
    crashed?.destroy();
    if (again) open({ kind: 'messages' });
  };
  const open = (view: WindowView): void => {
    if (current) {
      if (view.kind !== 'messages') go(current, view);
      bringToFront(current);
      return;
    }
    current = createWindow(ports, placeNow(saved), { onPlace, onClosed, onCrashed });
    watchFront(current, hooks.onFront);
    // The taskbar has a button only now.
    current.once('show', mark);
    go(current, view);
    void app.dock?.show();
  };

  return {
    open,
    badge(words) {
      if (words === marked) return;
      marked = words;
      mark();
    },
    send: (snapshot) => current?.webContents.send('snapshot', snapshot),
    owns: ({ sender, senderFrame }) =>
      current !== null &&
      senderFrame !== null &&
      sender.id === current.webContents.id &&
      senderFrame.parent === null &&
      isAppPage(senderFrame.url),
    close() {
      current?.close();
      return written;
    },
  };
}
