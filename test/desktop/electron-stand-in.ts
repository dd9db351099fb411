/// <reference types="electron" />
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Records what the desktop face asks of Electron, and lets a test act as the person and the system. It stands in place
 * of the module `electron`; each part is checked against electron.d.ts, so that a method that changes or goes away
 * there does not compile here. Events are checked where they are used, in main/desktop.
 */

type Plain = string | number | boolean | undefined | null | Promise<void> | Promise<boolean>;
/** The chosen members of T, taking what they take there; plain answers are the same, objects may be smaller. */
type Part<T, K extends keyof T> = {
  [P in K]: T[P] extends (...args: infer A) => infer R ? (...args: A) => [R] extends [Plain] ? R : unknown : unknown;
};

interface Cancelable {
  readonly preventDefault: () => void;
}

function cancelable(): { readonly event: Cancelable; readonly prevented: () => boolean } {
  let prevented = false;
  return { event: { preventDefault: () => void (prevented = true) }, prevented: () => prevented };
}

/** What was asked for, in the words of Electron. */
export interface StandInRecord {
  trays: TrayStandIn[];
  windows: BrowserWindow[];
  notifications: NotificationStandIn[];
  badge: number;
  clipboard: string;
  quits: number;
  ended: boolean;
  exitCode: number | null;
  errorBoxes: string[];
  applicationMenu: unknown;
  appUserModelId: string | null;
  toastActivator: string | null;
  /** What stood there when the identifier was set, which writes both into the shortcut. */
  shortcutActivator: string | null;
  sandboxed: boolean;
  loginItem: { openAtLogin?: boolean; args?: string[] };
  protocolClients: string[];
  schemes: Electron.CustomScheme[];
  badges: number[];
  overlays: string[];
  questions: { message: string; detail: string }[];
  opened: string[];
  shownFiles: string[];
  /** The places that were suggested for files. */
  suggested: string[];
}

/** What a test decides about the machine. */
export interface StandInMachine {
  lock: boolean;
  packaged: boolean;
  openedAtLogin: boolean;
  home: string;
  displays: Electron.Rectangle[];
  notificationsSupported: boolean;
  /** Which button the person presses in a question. */
  answer: number;
  /** Where the person saves files; null: not at all. */
  saveTo: string | null;
  /** Called once the app has quit or exited. */
  onEnd: () => void;
  /** Called with each tray that is made, and each notification that is shown. */
  onTray: (tray: TrayStandIn) => void;
  onNotification: (notification: NotificationStandIn) => void;
}

const noRecord = (): StandInRecord => ({
  trays: [],
  windows: [],
  notifications: [],
  badge: 0,
  clipboard: '',
  quits: 0,
  ended: false,
  exitCode: null,
  errorBoxes: [],
  applicationMenu: undefined,
  appUserModelId: null,
  toastActivator: null,
  shortcutActivator: null,
  sandboxed: false,
  loginItem: {},
  protocolClients: [],
  schemes: [],
  badges: [],
  overlays: [],
  questions: [],
  opened: [],
  shownFiles: [],
  suggested: [],
});

export const record: StandInRecord = noRecord();
export const machine: StandInMachine = {
  lock: true,
  packaged: false,
  openedAtLogin: false,
  home: join(tmpdir(), 'electron-stand-in'),
  displays: [{ x: 0, y: 0, width: 1920, height: 1040 }],
  notificationsSupported: true,
  answer: 0,
  saveTo: null,
  onEnd: () => undefined,
  onTray: () => undefined,
  onNotification: () => undefined,
};

function end(code: number): void {
  record.ended = true;
  record.exitCode = code;
  machine.onEnd();
}

class AppStandIn extends EventEmitter {
  readonly dock = undefined;
  get isPackaged(): boolean {
    return machine.packaged;
  }
  readonly getPreferredSystemLanguages = (): string[] => ['en-US'];
  readonly getVersion = (): string => '0.0.0';
  readonly setPath = (name: string, path: string): void => void this.paths.set(name, path);
  readonly paths = new Map<string, string>();
  readonly whenReady = async (): Promise<void> => undefined;
  readonly requestSingleInstanceLock = (): boolean => machine.lock;
  readonly getPath = (name: string): string => this.paths.get(name) ?? join(machine.home, name);
  readonly setBadgeCount = (count = 0): boolean => {
    record.badge = count;
    record.badges.push(count);
    return true;
  };
  readonly setAppUserModelId = (id: string): void => {
    record.appUserModelId = id;
    record.shortcutActivator = record.toastActivator;
  };
  readonly setToastActivatorCLSID = (id: string): void => void (record.toastActivator = id);
  readonly enableSandbox = (): void => void (record.sandboxed = true);
  readonly setAsDefaultProtocolClient = (scheme: string): boolean => record.protocolClients.push(scheme) > 0;
  readonly getLoginItemSettings = () => ({
    openAtLogin: record.loginItem.openAtLogin ?? false,
    wasOpenedAtLogin: machine.openedAtLogin,
  });
  readonly setLoginItemSettings = (settings: Electron.Settings): void => void (record.loginItem = { ...settings });
  readonly exit = (code = 0): void => end(code);
  readonly quit = (): void => {
    record.quits += 1;
    const { event, prevented } = cancelable();
    this.emit('before-quit', event);
    if (prevented()) return;
    for (const window of record.windows) window.close();
    end(0);
  };
}

export const app = new AppStandIn() satisfies Part<
  Electron.App,
  | 'enableSandbox'
  | 'exit'
  | 'getLoginItemSettings'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setPath'
  | 'setToastActivatorCLSID'
  | 'whenReady'
>;

let contentsMade = 0;

class WebContentsStandIn extends EventEmitter {
  readonly id = ++contentsMade;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly mainFrame = { url: '', parent: null };
  openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null;
  readonly getURL = (): string => this.mainFrame.url;
  readonly send = (channel: string, ...args: unknown[]): void => void this.sent.push({ channel, args });
  readonly setWindowOpenHandler = (handler: NonNullable<WebContentsStandIn['openHandler']>): void =>
    void (this.openHandler = handler);
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContentsStandIn() satisfies Part<
    Electron.WebContents,
    'getURL' | 'id' | 'send' | 'setWindowOpenHandler'
  >;
  readonly urls: string[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  shown = false;
  minimized = false;
  maximized = false;
  focusCount = 0;
  destroyed = false;
  bounds: Electron.Rectangle;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 0, height: options.height ?? 0 };
    record.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  readonly loadURL = async (url: string): Promise<void> => {
    this.urls.push(url);
    this.webContents.mainFrame.url = url;
    if (this.urls.length === 1) queueMicrotask(() => this.emit('ready-to-show'));
  };
  readonly setOverlayIcon = (image: unknown, words: string): void =>
    void record.overlays.push(image === null ? '' : words);
  readonly show = (): void => {
    this.shown = true;
    this.emit('show');
  };
  readonly focus = (): void => {
    this.focusCount += 1;
    this.emit('focus');
  };
  readonly isMinimized = (): boolean => this.minimized;
  readonly restore = (): void => void (this.minimized = false);
  readonly maximize = (): void => void (this.maximized = true);
  readonly isMaximized = (): boolean => this.maximized;
  readonly getNormalBounds = (): Electron.Rectangle => this.bounds;
  readonly destroy = (): void => {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('closed');
    if (record.windows.every((window) => window.destroyed)) app.emit('window-all-closed');
  };
  readonly close = (): void => {
    if (this.destroyed) return;
    this.emit('close', cancelable().event);
    this.destroy();
  };
}
void (BrowserWindow satisfies new (
  options: Electron.BrowserWindowConstructorOptions,
) => Part<
  Electron.BrowserWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setOverlayIcon'
  | 'show'
>);

interface ImageStandIn {
  readonly path: string;
  readonly isEmpty: () => boolean;
}

export const nativeImage = {
  createFromPath: (path: string): ImageStandIn => ({ path, isEmpty: () => !existsSync(path) }),
} satisfies Part<typeof Electron.nativeImage, 'createFromPath'>;

interface MenuStandIn {
  readonly template: readonly (Electron.MenuItem | Electron.MenuItemConstructorOptions)[];
}

export const Menu = {
  buildFromTemplate: (template: (Electron.MenuItem | Electron.MenuItemConstructorOptions)[]): MenuStandIn => ({
    template,
  }),
  setApplicationMenu: (menu: unknown): void => void (record.applicationMenu = menu),
} satisfies Part<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;

class TrayStandIn extends EventEmitter {
  readonly images: string[] = [];
  readonly tooltips: string[] = [];
  readonly menus: MenuStandIn['template'][] = [];

  constructor(image: ImageStandIn) {
    super();
    this.images.push(image.path);
    record.trays.push(this);
    machine.onTray(this);
  }

  readonly setImage = (image: ImageStandIn): void => void this.images.push(image.path);
  readonly setToolTip = (words: string): void => void this.tooltips.push(words);
  readonly setContextMenu = (menu: MenuStandIn): void => void this.menus.push(menu.template);
}
// The images and menus given to it are the stand-ins made above.
void (TrayStandIn satisfies new (
  image: never,
) => {
  [K in keyof Pick<Electron.Tray, 'setContextMenu' | 'setImage' | 'setToolTip'>]: (value: never) => void;
});

export type { TrayStandIn };
export { TrayStandIn as Tray };

class NotificationStandIn extends EventEmitter {
  static readonly isSupported = (): boolean => machine.notificationsSupported;
  readonly options: Electron.NotificationConstructorOptions;
  shown = false;
  closed = false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.options = options;
    record.notifications.push(this);
  }

  readonly show = (): void => {
    this.shown = true;
    machine.onNotification(this);
  };
  readonly close = (): void => {
    this.closed = true;
    this.emit('close');
  };
}
void (NotificationStandIn satisfies new (
  options?: Electron.NotificationConstructorOptions,
) => Part<Electron.Notification, 'close' | 'show'>);
void (NotificationStandIn satisfies Part<typeof Electron.Notification, 'isSupported'>);

export type { NotificationStandIn };
export { NotificationStandIn as Notification };

type Handler = (event: unknown, ...args: unknown[]) => unknown;
export const handlers = new Map<string, Handler>();
class IpcMainStandIn extends EventEmitter {
  readonly handle = (
    channel: string,
    handler: (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown,
  ): void => void handlers.set(channel, handler as Handler);
}
export const ipcMain = new IpcMainStandIn() satisfies Part<Electron.IpcMain, 'handle'>;

class SessionStandIn extends EventEmitter {
  readonly served = new Map<string, (request: Request) => Response | Promise<Response>>();
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;
  beforeRequest: ((details: never, answer: (response: Electron.CallbackResponse) => void) => void) | null = null;
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void =>
      void this.served.set(scheme, handler),
  } satisfies Part<Electron.Protocol, 'handle'>;
  readonly webRequest = {
    onBeforeRequest: (listener: SessionStandIn['beforeRequest']): void => void (this.beforeRequest = listener),
  };
  readonly setPermissionRequestHandler = (handler: SessionStandIn['permissionRequest']): void =>
    void (this.permissionRequest = handler);
  readonly setPermissionCheckHandler = (handler: SessionStandIn['permissionCheck']): void =>
    void (this.permissionCheck = handler);
  readonly setDevicePermissionHandler = (handler: SessionStandIn['device']): void => void (this.device = handler);
}

export const session = {
  defaultSession: new SessionStandIn() satisfies Part<
    Electron.Session,
    'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
  >,
};

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]): void => void record.schemes.push(...schemes),
} satisfies Part<Electron.Protocol, 'registerSchemesAsPrivileged'>;

const display = (workArea: Electron.Rectangle, id: number) => ({ id, workArea });
export const screen = {
  getAllDisplays: () => machine.displays.map(display),
  getPrimaryDisplay: () => display(machine.displays[0] ?? { x: 0, y: 0, width: 1024, height: 768 }, 0),
} satisfies Part<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;

export const powerMonitor = new EventEmitter();

/** Plain Node's fork in place of Electron's own, so that the built helper runs. */
export const utilityProcess = {
  fork: (path: string): EventEmitter => {
    const child = fork(path, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.unref();
    child.channel?.unref();
    return Object.assign(child, { postMessage: (message: unknown) => void child.send(message as object) });
  },
} satisfies Part<typeof Electron.utilityProcess, 'fork'>;

export const clipboard = {
  writeText: async (text: string): Promise<void> => void (record.clipboard = text),
} satisfies Part<Electron.Clipboard, 'writeText'>;

export const dialog = {
  showErrorBox: (title: string, content: string): void => void record.errorBoxes.push(`${title}: ${content}`),
  showMessageBox: async ({ message, detail = '' }: Electron.MessageBoxOptions) => {
    record.questions.push({ message, detail });
    return { response: machine.answer, checkboxChecked: false };
  },
  showSaveDialog: async ({ defaultPath = '' }: Electron.SaveDialogOptions) => {
    record.suggested.push(defaultPath);
    return { canceled: machine.saveTo === null, filePath: machine.saveTo ?? '' };
  },
};
void (dialog.showErrorBox satisfies Electron.Dialog['showErrorBox']);
void (dialog.showMessageBox satisfies (options: Electron.MessageBoxOptions) => Promise<Electron.MessageBoxReturnValue>);
void (dialog.showSaveDialog satisfies (options: Electron.SaveDialogOptions) => Promise<Electron.SaveDialogReturnValue>);

export const shell = {
  openExternal: async (url: string): Promise<void> => void record.opened.push(url),
  showItemInFolder: (path: string): void => void record.shownFiles.push(path),
} satisfies Part<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

/** Forgets everything, for the next test. */
export function resetStandIn(): void {
  Object.assign(record, noRecord());
  for (const emitter of [app, powerMonitor, session.defaultSession]) emitter.removeAllListeners();
  handlers.clear();
  Object.assign(machine, {
    lock: true,
    packaged: false,
    openedAtLogin: false,
    notificationsSupported: true,
    answer: 0,
    saveTo: null,
  });
}
