import type { EventEmitter } from 'node:events';
import { handlers, machine, record, session } from './electron-stand-in.ts';

/* What the person and the system do, and what they see, in plain data: for tests in this process and in another. */

export interface SeenItem {
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean | null;
  readonly items: readonly SeenItem[];
}

type Template = readonly (Electron.MenuItem | Electron.MenuItemConstructorOptions)[];

function latestMenu(): Template {
  return record.trays.at(-1)?.menus.at(-1) ?? [];
}

function inside(item: Template[number]): Template {
  return Array.isArray(item.submenu) ? item.submenu : [];
}

function seen(template: Template): readonly SeenItem[] {
  return template.map((item) => ({
    label: item.type === 'separator' ? '-' : (item.label ?? ''),
    enabled: item.enabled !== false,
    checked: item.checked ?? null,
    items: seen(inside(item)),
  }));
}

export function menu(): readonly SeenItem[] {
  return seen(latestMenu());
}

function barTemplate(): Template {
  const bar = record.applicationMenu as { readonly template: Template } | null | undefined;
  return bar?.template ?? [];
}

/** The menu bar of the app. */
export function menuBar(): readonly SeenItem[] {
  return seen(barTemplate());
}

/** Clicks the item at the end of `path`; a disabled one cannot be clicked. */
export function clickMenu(...path: readonly string[]): void {
  click(latestMenu(), path);
}

export function clickMenuBar(...path: readonly string[]): void {
  click(barTemplate(), path);
}

function click(template: Template, path: readonly string[]): void {
  let items = template;
  for (const label of path) {
    const item = items.find((candidate) => candidate.label === label);
    if (!item) throw new Error(`no menu item ${label}`);
    if (label !== path.at(-1)) items = inside(item);
    else if (item.enabled === false) throw new Error(`${label} is disabled`);
    else (item.click as () => void)();
  }
}

export function currentWindow() {
  return record.windows.find((window) => !window.destroyed);
}

export interface Frame {
  readonly url?: string;
  readonly parent?: object | null;
  readonly senderId?: number;
}

/** Calls as our window does, or as whoever `frame` describes. */
export async function call(name: unknown, input: unknown, frame: Frame | null = {}): Promise<unknown> {
  const contents = currentWindow()?.webContents;
  const senderFrame = frame && { url: frame.url ?? contents?.getURL() ?? '', parent: frame.parent ?? null };
  return handlers.get('call')?.({ sender: { id: frame?.senderId ?? contents?.id }, senderFrame }, name, input);
}

export async function fetchApp(url: string, method = 'GET') {
  const response = await session.defaultSession.served.get('app')?.(new Request(url, { method }));
  return {
    status: response?.status,
    headers: Object.fromEntries(response?.headers ?? []),
    text: await response?.text(),
  };
}

export function notices() {
  return record.notifications.map(({ options, shown, closed }) => ({
    title: options.title,
    body: options.body,
    silent: options.silent ?? false,
    showing: shown && !closed,
  }));
}

/** What Electron's own hooks answer to what a page might try; each true is something that it gets. */
export function guards() {
  const contents = currentWindow()?.webContents;
  const { permissionCheck, permissionRequest, device, beforeRequest } = session.defaultSession;
  const passes = (event: string, from: EventEmitter | undefined): boolean => {
    let prevented = false;
    from?.emit(event, { preventDefault: () => (prevented = true), url: 'https://example.com/' });
    return !prevented;
  };
  const asked = (permission: string): boolean => {
    let granted = true;
    permissionRequest?.(contents as never, permission as never, (answer) => (granted = answer), {} as never);
    return granted || permissionCheck?.(contents as never, permission as never, '', {} as never) !== false;
  };
  const fetched = (url: string): boolean => {
    let cancelled = false;
    beforeRequest?.({ url } as never, ({ cancel }) => (cancelled = cancel === true));
    return !cancelled;
  };
  return {
    windows: contents?.openHandler?.({ url: 'https://example.com/' } as never).action !== 'deny',
    navigation: passes('will-frame-navigate', contents),
    redirect: passes('will-redirect', contents),
    webview: passes('will-attach-webview', contents),
    download: passes('will-download', session.defaultSession),
    permissions: ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid', 'usb'].filter(
      asked,
    ),
    devices: device?.({} as never) !== false,
    outside: ['https://example.com/', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://example.com/'].filter(fetched),
    copying: asked('clipboard-sanitized-write'),
    own: fetched('app://thingspace-sms/index.html'),
    sandboxed: record.sandboxed,
  };
}

/** The page asks for a new window at `url`, as a link with a target does. */
export function followLink(url: string): void {
  currentWindow()?.webContents.openHandler?.({ url } as never);
}

export { machine, record };
