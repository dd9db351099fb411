import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReleaseFeed } from '../../main/core/updates.ts';
import { appId, toastActivator } from '../../main/desktop/app-id.ts';
import { hiddenArgument } from '../../main/desktop/autostart.ts';
import { startDesktop } from '../../main/desktop/desktop.ts';
import { listenForLaunches } from '../../main/desktop/launches.ts';
import type { DesktopPorts, SmallFile } from '../../main/desktop/ports.ts';
import { light } from '../../preload/contract/snapshot.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { sampleAccount, sampleMessage } from '../fakes/samples.ts';
import { app, powerMonitor, resetStandIn, session } from './electron-stand-in.ts';
import { createFakeCore } from './fake-core.ts';
import {
  call,
  clickMenu,
  clickMenuBar,
  currentWindow,
  fetchApp,
  machine,
  menu,
  menuBar,
  notices,
  record,
} from './person.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

const page = 'app://thingspace-sms/index.html';
const trayIcons = join(import.meta.dirname, '..', '..', 'resources', 'tray');

interface Choices {
  readonly platform?: NodeJS.Platform;
  readonly hidden?: boolean;
  readonly tray?: boolean;
  readonly argv?: readonly string[];
  readonly place?: string;
  readonly log?: readonly string[];
  readonly diskFull?: boolean;
  readonly releases?: ReleaseFeed;
}

function memoryFile(text: string | null = null): SmallFile & { text: string | null } {
  const file = {
    text,
    read: async () => file.text,
    write: async (wanted: string | null) => void (file.text = wanted),
  };
  return file;
}

async function started(choices: Choices = {}) {
  const core = createFakeCore();
  core.strict = true;
  const clock = createFakeClock();
  const windowPlace = memoryFile(choices.place ?? null);
  const autostartEntry = memoryFile();
  const written = new Map<string, string>();
  const assets = new Map([['index.html', Buffer.from('<html>ours</html>')]]);
  const ports: DesktopPorts = {
    core,
    clock,
    platform: choices.platform ?? 'linux',
    paths: {
      preload: '/app/preload.cjs',
      trayIcons,
      windowIcon: '/app/icon.png',
      unreadOverlay: '/app/unread.png',
      executable: '/opt/app/it "is"',
    },
    readAsset: async (path) => assets.get(path) ?? null,
    windowPlace,
    autostartEntry,
    readLog: async () => choices.log ?? [],
    writeFile: async (path, text) => {
      if (choices.diskFull) return false;
      written.set(path, text);
      return true;
    },
    releases: choices.releases ?? null,
    hasTray: async () => choices.tray ?? true,
  };
  await startDesktop(ports, listenForLaunches(choices.argv ?? []), choices.hidden ?? false);
  return { core, clock, windowPlace, autostartEntry, written };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

beforeEach(resetStandIn);

describe('the tray', () => {
  test('shows the sentence first, and in its tooltip', async () => {
    await started();
    expect(menu()[0]).toMatchObject({ label: 'Listening, nothing is missing.', enabled: false });
    expect(record.trays[0]?.tooltips).toEqual(['Listening, nothing is missing.']);
  });

  test.each([
    ['Start callbacks', 'account.startCallbacks'],
    ['Fetch the queue now', 'account.drain'],
    ['Stop', 'account.stop'],
  ])('hands %s to the core', async (label, method) => {
    const { core } = await started();
    clickMenu('0000123456-00001', label);
    expect(core.calls).toContainEqual(['window', method, { account: '0000123456-00001' }]);
  });

  test('says in words when a click could not be carried out', async () => {
    const { core } = await started();
    const error = { code: 'callback-held' as const, message: 'Another server holds the callback.', service: null };
    core.answers.set('account.startCallbacks', { ok: false, error });
    clickMenu('0000123456-00001', 'Start callbacks');
    await settled();
    expect(notices().at(-1)).toMatchObject({ body: error.message, showing: true });
  });

  test('has a drawn icon for each light, with and without unread, on each system', async () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      resetStandIn();
      const { core, clock } = await started({ platform });
      for (const each of light.options) {
        for (const unread of [0, 3]) {
          core.show({ light: each, inbox: { total: 3, unread, newest: 3, revision: 3, unverified: 0 } });
          await clock.advance(600);
        }
      }
      const images = new Set(record.trays[0]?.images);
      expect(images.size).toBe(14);
      for (const image of images) expect(existsSync(image), image).toBe(true);
    }
  });

  test('follows the core, but redraws at most twice a second, and only what changed', async () => {
    const { core, clock } = await started();
    await clock.advance(1_000);
    const tray = record.trays[0];
    const before = tray?.menus.length ?? 0;
    for (let number = 0; number < 100; number += 1) core.show({ sentence: `Catching up: ${number}.` });
    await clock.advance(1_000);
    expect(menu()[0]?.label).toBe('Catching up: 99.');
    expect((tray?.menus.length ?? 0) - before).toBe(2);
    core.show({});
    await clock.advance(1_000);
    expect((tray?.menus.length ?? 0) - before).toBe(2);
  });

  test('opens the window at a click, but not on macOS, where it opens the menu', async () => {
    await started({ hidden: true });
    record.trays[0]?.emit('click');
    expect(record.windows).toHaveLength(1);
    resetStandIn();
    await started({ hidden: true, platform: 'darwin' });
    record.trays[0]?.emit('click');
    expect(record.windows).toHaveLength(0);
  });

  test('copies the public URL, opens settings, and mutes', async () => {
    const { core, clock } = await started();
    core.show({ publicOrigin: 'https://ops.example.com' });
    await clock.advance(1_000);
    clickMenu('Copy the public URL');
    clickMenu('Settings…');
    clickMenu('Mute notifications for an hour');
    await settled();
    expect(record.clipboard).toBe('https://ops.example.com');
    expect(currentWindow()?.webContents.getURL()).toBe(`${page}#/settings`);
    await clock.advance(1_000);
    expect(menu().some(({ label }) => label.startsWith('Show notifications again'))).toBe(true);
    currentWindow()?.emit('blur');
    core.happen({ type: 'message', message: sampleMessage(1) });
    await settled();
    expect(notices()).toEqual([]);
  });

  test('starts at login only when the person says so, hidden', async () => {
    machine.packaged = true;
    const linux = await started();
    clickMenu('Start at login');
    await settled();
    expect(linux.autostartEntry.text).toContain(`Exec="/opt/app/it \\"is\\"" ${hiddenArgument}\n`);
    await linux.clock.advance(1_000);
    expect(menu().find(({ label }) => label === 'Start at login')?.checked).toBe(true);
    clickMenu('Start at login');
    await settled();
    expect(linux.autostartEntry.text).toBeNull();
    resetStandIn();
    machine.packaged = true;
    await started({ platform: 'win32' });
    clickMenu('Start at login');
    expect(record.loginItem).toEqual({ openAtLogin: true, args: [hiddenArgument] });
    expect(record.appUserModelId).toBe(appId);
    expect(record.shortcutActivator).toBe(toastActivator);
    expect(record.protocolClients).toEqual(['thingspace-sms']);
  });

  test('is missed once, in words; then the app lives as a window and ends with it', async () => {
    const { core } = await started({ tray: false, hidden: true });
    await settled();
    expect(record.trays).toEqual([]);
    expect(notices()).toMatchObject([{ title: 'No tray here' }]);
    expect(core.chosen.closeExplained).toBe(true);
    currentWindow()?.close();
    expect(core.stopped).toBe(1);
  });

  test('that is missing leaves its whole menu to the window', async () => {
    const { core, clock } = await started({ tray: false });
    core.show({ sentence: 'Catching up.' });
    await clock.advance(1_000);
    const [bar] = menuBar();
    expect(bar?.label).toBe('ThingSpace SMS Tray');
    expect(bar?.items[0]?.label).toBe('Catching up.');
    clickMenuBar('ThingSpace SMS Tray', '0000123456-00001', 'Start callbacks');
    expect(core.calls).toContainEqual(['window', 'account.startCallbacks', { account: '0000123456-00001' }]);
    clickMenuBar('ThingSpace SMS Tray', 'Quit');
    expect(core.stopped).toBe(1);
  });

  test('says what is not said by a notification in a box where there are none', async () => {
    machine.notificationsSupported = false;
    const { core } = await started({ tray: false });
    await settled();
    expect(record.questions).toMatchObject([{ message: 'No tray here' }]);
    expect(core.chosen.closeExplained).toBe(true);
  });

  test('lets go of a mute that ends while nothing else happens', async () => {
    const { clock } = await started({ hidden: true });
    clickMenu('Mute notifications for an hour');
    await settled();
    await clock.advance(60_000);
    expect(menu().some(({ label }) => label.startsWith('Show notifications again'))).toBe(true);
    await clock.advance(3_600_000);
    expect(menu().some(({ label }) => label === 'Mute notifications for an hour')).toBe(true);
  });

  test('is redrawn though the clock is set back by hours', async () => {
    const { core, clock } = await started();
    core.show({ sentence: 'Before.' });
    clock.jump(-7_200_000);
    core.show({ sentence: 'After.' });
    await clock.advance(1_000);
    expect(menu()[0]?.label).toBe('After.');
  });
});

describe('the window', () => {
  test('is locked down', async () => {
    await started();
    expect(currentWindow()?.options).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/app/preload.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
      },
    });
    expect(currentWindow()?.urls).toEqual([`${page}#/`]);
  });

  test('is shown only once it is drawn, and not at all at a hidden start', async () => {
    await started();
    expect(currentWindow()?.shown).toBe(true);
    resetStandIn();
    const { core } = await started({ hidden: true });
    expect(record.windows).toEqual([]);
    expect(core.started).toBe(1);
    resetStandIn();
    // macOS hands a login item no arguments.
    machine.openedAtLogin = true;
    await started({ platform: 'darwin' });
    expect(record.windows).toEqual([]);
  });

  test('goes nowhere, opens nothing, holds no other page', async () => {
    await started();
    const contents = currentWindow()?.webContents;
    expect(contents?.openHandler?.({ url: 'https://example.com' } as never)).toEqual({ action: 'deny' });
    for (const event of ['will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      contents?.emit(event, { preventDefault });
      expect(preventDefault, event).toHaveBeenCalledOnce();
    }
    const preventDefault = vi.fn();
    session.defaultSession.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('has no rights but to copy, and fetches nothing from outside', async () => {
    await started();
    const contents = currentWindow()?.webContents as never;
    const { permissionCheck, permissionRequest, device, beforeRequest } = session.defaultSession;
    const details = {} as never;
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
    ] as const) {
      expect(permissionCheck?.(contents, permission, page, details)).toBe(false);
      const answer = vi.fn();
      permissionRequest?.(contents, permission, answer, details);
      expect(answer).toHaveBeenCalledWith(false);
    }
    expect(permissionCheck?.(contents, 'clipboard-sanitized-write', page, details)).toBe(true);
    expect(permissionCheck?.(null, 'clipboard-sanitized-write', page, details)).toBe(false);
    expect(device?.(details)).toBe(false);
    const cancels = (url: string) => {
      const answer = vi.fn();
      beforeRequest?.({ url } as never, answer);
      return answer.mock.calls.some(([response]) => (response as Electron.CallbackResponse).cancel);
    };
    expect(['https://example.com/', 'file:///etc/passwd', 'ws://127.0.0.1/', 'data:text/html,x'].map(cancels)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(cancels(page)).toBe(false);
  });

  test('gets its files under a strict policy, and nothing else', async () => {
    await started();
    const { status, headers, text } = await fetchApp(page);
    expect([status, text]).toEqual([200, '<html>ours</html>']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    for (const url of [
      'app://thingspace-sms/',
      'app://thingspace-sms/missing.html',
      'app://thingspace-sms/%2e%2e/secret.html',
      'app://thingspace-sms/..%2fsecret.html',
      'app://thingspace-sms/..%5csecret.html',
      'app://thingspace-sms/.hidden.html',
      'app://thingspace-sms//index.html',
      'app://thingspace-sms/index.html?x',
      'app://elsewhere/index.html',
    ]) {
      expect((await fetchApp(url)).status, url).toBe(404);
    }
    expect((await fetchApp(page, 'POST')).status).toBe(404);
  });

  test('gets each snapshot, and answers to its calls', async () => {
    const { core } = await started();
    core.show({ sentence: 'Anew.' });
    const { sent } = currentWindow()?.webContents ?? { sent: [] };
    expect(sent.map(({ channel }) => channel)).toEqual(['snapshot']);
    expect(await call('account.drain', { account: 'A' })).toEqual({ ok: true, value: {} });
    expect(core.calls).toContainEqual(['window', 'account.drain', { account: 'A' }]);
  });

  test('alone may call: no other page, frame or window gets an answer', async () => {
    const { core } = await started();
    core.calls.length = 0;
    const strangers = [
      null,
      { url: 'https://example.com/' },
      { url: 'app://thingspace-sms.example/index.html' },
      { url: 'app://thingspace-sms/other.html' },
      { url: `${page}.evil` },
      { url: '' },
      { parent: {} },
      { senderId: 999 },
    ];
    for (const stranger of strangers) {
      expect(await call('snapshot.get', {}, stranger)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    expect(await call(7, {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(core.calls).toEqual([]);
  });

  test('is gone when it is closed, said once, and opens again where it was', async () => {
    const { core, windowPlace } = await started();
    const first = currentWindow();
    Object.assign(first ?? {}, { bounds: { x: 200, y: 100, width: 900, height: 600 } });
    first?.close();
    await settled();
    expect(notices()).toMatchObject([{ title: 'Still here' }]);
    expect(core.chosen.closeExplained).toBe(true);
    expect(core.stopped).toBe(0);
    clickMenu('Open');
    expect(currentWindow()).not.toBe(first);
    expect(currentWindow()?.options).toMatchObject({ x: 200, y: 100, width: 900, height: 600 });
    currentWindow()?.close();
    await settled();
    expect(record.notifications).toHaveLength(1);
    expect(windowPlace.text).toContain('"width":900');
  });

  test('survives a crash of its page, and does not crash in a circle', async () => {
    const { core, clock } = await started();
    currentWindow()?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(currentWindow()).toBeDefined();
    expect(record.windows).toHaveLength(2);
    await clock.advance(1_000);
    currentWindow()?.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(currentWindow()).toBeUndefined();
    expect(core.stopped).toBe(0);
  });
});

describe('other starts of the app', () => {
  test('bring the window to the front', async () => {
    await started();
    Object.assign(currentWindow() ?? {}, { minimized: true, focusCount: 0 });
    app.emit('second-instance', {}, ['/opt/app'], '/', null);
    expect(record.windows).toHaveLength(1);
    expect(currentWindow()).toMatchObject({ minimized: false, focusCount: 1 });
  });

  test('open the message that a link names, however it comes', async () => {
    await started({ hidden: true, argv: ['app', 'thingspace-sms://message/m1'] });
    expect(currentWindow()?.urls).toEqual([`${page}#/message/m1`]);
    app.emit('second-instance', {}, ['app', 'thingspace-sms://message/m2'], '/', null);
    const preventDefault = vi.fn();
    app.emit('open-url', { preventDefault }, 'thingspace-sms://message/m3');
    app.emit('open-url', { preventDefault }, 'thingspace-sms://account.stop/m4');
    expect(preventDefault).toHaveBeenCalledTimes(2);
    expect(currentWindow()?.urls).toEqual(['m1', 'm2', 'm3'].map((id) => `${page}#/message/${id}`));
    app.emit('second-instance', {}, ['app', 'thingspace-sms://device/7'], '/', null);
    expect(currentWindow()?.urls.at(-1)).toBe(`${page}#/device/7`);
  });
});

describe('notifications', () => {
  test('tell a text at once, and open it at a click', async () => {
    const { core } = await started({ hidden: true });
    core.happen({ type: 'message', message: sampleMessage(1, { text: 'Door <b>open</b>' }) });
    await settled();
    expect(notices()).toEqual([
      { title: '5551230001', body: 'Door &lt;b&gt;open&lt;/b&gt;', silent: false, showing: true },
    ]);
    record.notifications[0]?.emit('click');
    expect(currentWindow()?.urls).toEqual([`${page}#/message/m1`]);
    expect(notices()).toMatchObject([{ showing: true }]);
    currentWindow()?.focus();
    await settled();
    expect(notices()).toMatchObject([{ showing: false }]);
  });

  test('call a device by the name that the person gave it', async () => {
    const { core } = await started({ hidden: true });
    const known = { note: '', serviceName: null, formerIds: [], account: null, lastTextAt: null, texts: 1, unread: 1 };
    const device = { id: 7, nickname: 'Pump 3', deviceIds: [{ id: '5551230001', kind: 'mdn' }], ...known };
    core.answers.set('devices.get', { ok: true, value: device });
    core.happen({ type: 'message', message: sampleMessage(1) });
    await settled();
    expect(core.calls).toContainEqual(['window', 'devices.get', { device: { id: '5551230001', kind: 'mdn' } }]);
    expect(notices()).toMatchObject([{ title: 'Pump 3', body: 'text 1' }]);
  });

  test('10,000 texts in 10 s make at most three, and one stays with the exact count', async () => {
    const { core, clock } = await started({ hidden: true });
    for (let second = 0; second < 10; second += 1) {
      for (let text = 0; text < 1_000; text += 1)
        core.happen({ type: 'message', message: sampleMessage(second * 1_000 + text + 1) });
      await clock.advance(1_000);
    }
    await clock.advance(120_000);
    expect(record.notifications.length).toBeLessThanOrEqual(3);
    expect(notices().filter(({ showing }) => showing)).toMatchObject([{ title: '10,000 new texts', silent: true }]);
  });

  test('tell no more than the person allows', async () => {
    const { core, clock } = await started({ hidden: true });
    core.chosen = { ...core.chosen, notifications: 'nothing' };
    core.happen({ type: 'message', message: sampleMessage(1) });
    await clock.advance(120_000);
    core.chosen = { ...core.chosen, notifications: 'off' };
    core.happen({ type: 'message', message: sampleMessage(2) });
    await settled();
    expect(notices()).toMatchObject([{ title: 'New text', body: '' }]);
  });

  test('ask for the person once when an account needs them', async () => {
    const { core } = await started({ hidden: true });
    const accounts = [sampleAccount({ state: 'needs-you', light: 'needs-you', sentence: 'Held by ops.example.com.' })];
    core.show({ accounts });
    core.show({ accounts });
    await settled();
    expect(notices()).toMatchObject([{ title: '0000123456-00001 needs you', body: 'Held by ops.example.com.' }]);
  });

  test('send a reply, and say when it was not sent', async () => {
    const { core } = await started({ hidden: true, platform: 'darwin' });
    core.happen({ type: 'message', message: sampleMessage(1) });
    await settled();
    record.notifications[0]?.emit('reply', { reply: 'reset' });
    const input = { account: '0000123456-00001', to: { id: '5551230001', kind: 'mdn' }, text: 'reset' };
    expect(core.calls).toContainEqual(['window', 'message.send', input]);
    const error = { code: 'network' as const, message: 'No connection.', service: null };
    core.answers.set('message.send', { ok: false, error });
    record.notifications[0]?.emit('reply', { reply: 'again' });
    await settled();
    expect(notices().at(-1)).toMatchObject({ title: 'The reply was not sent', body: 'No connection.' });
  });

  test('are left out where the system has none', async () => {
    machine.notificationsSupported = false;
    const { core } = await started({ hidden: true });
    core.happen({ type: 'message', message: sampleMessage(1) });
    await settled();
    expect(notices()).toEqual([]);
  });

  test('count on the badge, which follows a flood at leisure', async () => {
    const { core, clock } = await started();
    for (let unread = 1; unread <= 500; unread += 1)
      core.show({ inbox: { total: unread, unread, newest: unread, revision: unread, unverified: 0 } });
    await clock.advance(1_000);
    expect(record.badge).toBe(500);
    expect(record.badges.length).toBeLessThanOrEqual(3);
  });
});

describe('choices of what is told', () => {
  test('are kept in the settings: a mute from the tray outlives the app', async () => {
    const { core, clock } = await started({ hidden: true });
    clickMenu('0000123456-00001', 'Mute for an hour');
    await settled();
    const until = new Date(clock.now() + 3_600_000).toISOString();
    expect(core.chosen.mutes).toEqual([{ of: { kind: 'account', account: '0000123456-00001' }, until }]);
    core.happen({ type: 'message', message: sampleMessage(1) });
    core.happen({ type: 'message', message: sampleMessage(2, { account: 'B' }) });
    await settled();
    expect(notices()).toMatchObject([{ body: 'text 2' }]);
    await clock.advance(3_600_000);
    core.happen({ type: 'message', message: sampleMessage(3) });
    await settled();
    expect(notices().at(-1)).toMatchObject({ body: 'text 3', showing: true });
  });

  test('that the window changes hold at once, in the tray too', async () => {
    const { core, clock } = await started();
    core.happen({ type: 'message', message: sampleMessage(1) });
    currentWindow()?.emit('blur');
    core.happen({ type: 'message', message: sampleMessage(2) });
    await settled();
    expect(notices().at(-1)).toMatchObject({ showing: true });
    await call('settings.change', { mutes: [{ of: { kind: 'everything' }, until: null }] });
    await clock.advance(1_000);
    expect(notices().at(-1)).toMatchObject({ showing: false });
    expect(menu().some(({ label }) => label === 'Show notifications again (muted)')).toBe(true);
  });

  test('a notification goes when its text is read elsewhere', async () => {
    const { core } = await started({ hidden: true });
    const message = sampleMessage(2);
    const inbox = (unread: number) => ({ total: 2, unread, newest: 2, revision: 9 - unread, unverified: 0 });
    core.happen({ type: 'message', message });
    core.show({ inbox: inbox(2) });
    const detail = {
      message: { ...message, unread: false },
      rawCallback: null,
      rawHistory: null,
      answeredAt: null,
      arrivals: [],
      forwards: [],
    };
    core.answers.set('inbox.message', { ok: true, value: detail });
    core.show({ inbox: inbox(1) });
    await settled();
    expect(core.calls).toContainEqual(['window', 'inbox.message', { id: 'm2' }]);
    expect(notices()).toMatchObject([{ body: 'text 2', showing: false }]);
  });
});

describe('unread texts', () => {
  test('are marked on the taskbar of Windows, also on a window that opens later', async () => {
    const { core, clock } = await started({ platform: 'win32', hidden: true });
    const inbox = (unread: number) => ({ total: 2, unread, newest: 2, revision: unread, unverified: 0 });
    core.show({ inbox: inbox(2) });
    expect(record.overlays).toEqual([]);
    clickMenu('Open');
    await clock.advance(1_000);
    core.show({ inbox: inbox(0) });
    expect(record.overlays).toEqual(['2 unread', '']);
  });
});

describe('links in the window', () => {
  const follow = (url: string) => currentWindow()?.webContents.openHandler?.({ url } as never);

  test('open in the browser after a yes, and never in a window', async () => {
    await started();
    expect(follow('https://thingspace.verizon.com/documentation')).toEqual({ action: 'deny' });
    await settled();
    expect(record.questions).toMatchObject([{ detail: 'https://thingspace.verizon.com/documentation' }]);
    expect(record.opened).toEqual(['https://thingspace.verizon.com/documentation']);
    machine.answer = 1;
    follow('https://tailscale.com/');
    await settled();
    expect(record.opened).toHaveLength(1);
  });

  test('that are not on the list are not even asked about', async () => {
    await started();
    follow('https://evil.example/');
    follow('file:///etc/passwd');
    Object.assign(currentWindow()?.webContents.mainFrame ?? {}, { url: 'https://evil.example/' });
    follow('https://tailscale.com/');
    await settled();
    expect([record.questions, record.opened]).toEqual([[], []]);
  });
});

describe('help', () => {
  const checks = [
    { hop: 'dns', account: null, outcome: 'pass', code: null, reason: 'The name is known.', fix: null },
    {
      hop: 'session',
      account: null,
      outcome: 'fail',
      code: 'sign-in-refused',
      reason: 'It was refused.',
      fix: 'Compare.',
    },
    { hop: 'queue', account: 'account 1', outcome: 'not-tried', code: null, reason: 'A hop failed.', fix: null },
  ];

  test('the check says hop by hop what works, and tries everything anew after a yes', async () => {
    const { core } = await started();
    core.answers.set('app.examine', { ok: true, value: { checks } });
    clickMenu('Check the connection…');
    await settled();
    expect(record.questions).toEqual([
      {
        message: 'The first that fails: Signing in. It was refused.',
        detail:
          'Compare.\n\n✓ Name of the service: The name is known.\n✗ Signing in: It was refused.\n– Queue of account 1: A hop failed.',
      },
    ]);
    expect(core.calls).toContainEqual(['window', 'app.retry', {}]);
  });

  test('the check changes nothing without a yes, and says when it could not be made', async () => {
    const { core } = await started();
    core.answers.set('app.examine', { ok: true, value: { checks: [] } });
    machine.answer = 1;
    clickMenu('Check the connection…');
    await settled();
    expect(core.calls).not.toContainEqual(['window', 'app.retry', {}]);
    const error = { code: 'internal' as const, message: 'No store.', service: null };
    core.answers.set('app.examine', { ok: false, error });
    clickMenu('Check the connection…');
    await settled();
    expect(notices().at(-1)).toMatchObject({ body: 'No store.' });
  });

  test('a problem report is saved where the person says, and shown there', async () => {
    machine.saveTo = '/home/me/report.txt';
    const { written } = await started({
      log: ['{"time":"2026-11-24T00:00:00Z","level":"warn","event":"probe-failed"}'],
    });
    clickMenu('Save a problem report…');
    await settled();
    expect(written.get('/home/me/report.txt')).toContain('2026-11-24T00:00:00Z warn probe-failed');
    expect(record.shownFiles).toEqual(['/home/me/report.txt']);
  });

  test('says when a report could not be written, and nothing when the person changed their mind', async () => {
    await started({ diskFull: true });
    clickMenu('Save a problem report…');
    await settled();
    expect(notices()).toEqual([]);
    machine.saveTo = '/full/report.txt';
    clickMenu('Save a problem report…');
    await settled();
    expect(notices()).toMatchObject([{ body: 'The report could not be written there.' }]);
  });
});

describe('what a window asks of the desktop itself', () => {
  const titles = async (): Promise<readonly string[]> => {
    const answer = (await call('face.actions', {})) as { value: { actions: readonly { title: string }[] } };
    return answer.value.actions.map(({ title }) => title);
  };
  const nothingNewer: ReleaseFeed = {
    find: async () => ({ ok: true, value: null }),
    fetch: async () => ({ ok: true, value: undefined }),
    install: () => undefined,
  };

  test('is named as things stand, and done as from the tray', async () => {
    machine.packaged = true;
    machine.saveTo = '/home/me/report.txt';
    const { core, clock, written, autostartEntry } = await started();
    expect(await titles()).toEqual(['Save a problem report…', 'Start at login', 'Quit']);
    expect(await call('face.do', { id: 'report' })).toEqual({ ok: true, value: { sentence: null, file: null } });
    expect([...written.keys()]).toEqual(['/home/me/report.txt']);
    await call('face.do', { id: 'autostart' });
    expect(autostartEntry.text).toContain(hiddenArgument);
    expect(await titles()).toContain('Do not start at login');
    await clock.advance(600);
    expect(menu().find(({ label }) => label === 'Start at login')?.checked).toBe(true);
    await call('face.do', { id: 'quit' });
    expect(core.stopped).toBe(1);
  });

  test('is told in a sentence where nothing of it is seen', async () => {
    machine.saveTo = '/full/report.txt';
    await started({ diskFull: true, releases: nothingNewer });
    expect(await titles()).toContain('Look for a newer release');
    expect(await call('face.do', { id: 'report' })).toMatchObject({
      value: { sentence: 'The report could not be written there.' },
    });
    expect(await call('face.do', { id: 'look' })).toMatchObject({ value: { sentence: 'There is no newer release.' } });
  });

  test('is refused where it cannot be done now, and to a stranger', async () => {
    await started();
    expect(await call('face.do', { id: 'look' })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await call('face.do', { id: 'open' })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await call('face.do', { id: 'quit' }, { url: 'https://example.com/' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed' },
    });
  });

  test('looks for a release at once, and offers what it finds', async () => {
    const found: ReleaseFeed = {
      ...nothingNewer,
      find: async () => ({ ok: true, value: { version: '0.2.0', notes: '' } }),
    };
    const { clock } = await started({ releases: found });
    machine.answer = 1;
    expect(await call('face.do', { id: 'look' })).toEqual({ ok: true, value: { sentence: null, file: null } });
    expect(record.questions).toHaveLength(1);
    expect(await titles()).toContain('Update to 0.2.0…');
    await clock.advance(600);
    expect(menu().map(({ label }) => label)).toContain('Update to 0.2.0…');
  });
});

describe('releases', () => {
  function feed(
    asked: string[],
    fetched: Awaited<ReturnType<ReleaseFeed['fetch']>> = { ok: true, value: undefined },
  ): ReleaseFeed {
    return {
      find: async (channel) => {
        asked.push(channel);
        return { ok: true, value: { version: '0.2.0', notes: '<ul><li>Faster &amp; smaller</li></ul>' } };
      },
      fetch: async () => {
        asked.push('fetch');
        return fetched;
      },
      install: () => void asked.push('install'),
    };
  }

  test('are looked for a minute after the start, offered with their notes, and fetched and installed after a yes each', async () => {
    const asked: string[] = [];
    const { core, clock } = await started({ releases: feed(asked) });
    expect(asked).toEqual([]);
    await clock.advance(61_000);
    clickMenu('Update to 0.2.0…');
    await settled();
    expect([asked, core.stopped]).toEqual([['stable', 'fetch'], 1]);
    core.finishStop();
    await settled();
    expect(asked).toEqual(['stable', 'fetch', 'install']);
    expect(record.questions[0]).toMatchObject({ detail: '• Faster & smaller' });
  });

  test('are left alone after a no', async () => {
    const asked: string[] = [];
    const { clock } = await started({ releases: feed(asked) });
    await clock.advance(61_000);
    machine.answer = 1;
    clickMenu('Update to 0.2.0…');
    await settled();
    expect(asked).toEqual(['stable']);
  });

  test('are not looked for when the person wants none; the channel is theirs', async () => {
    const asked: string[] = [];
    const { core, clock } = await started({ releases: feed(asked) });
    core.chosen = { ...core.chosen, updates: 'off' };
    await clock.advance(25 * 3_600_000);
    expect(asked).toEqual([]);
    core.chosen = { ...core.chosen, updates: 'beta' };
    await clock.advance(25 * 3_600_000);
    expect(asked).toEqual(['beta']);
  });

  test('that cannot be fetched are told in words', async () => {
    const { clock } = await started({
      releases: feed([], { ok: false, error: 'The update could not be had: no space.' }),
    });
    await clock.advance(61_000);
    clickMenu('Update to 0.2.0…');
    await settled();
    expect(notices()).toMatchObject([{ body: 'The update could not be had: no space.' }]);
  });
});

describe('the system', () => {
  test('wakes the core after sleep', async () => {
    const { core } = await started();
    powerMonitor.emit('resume');
    powerMonitor.emit('unlock-screen');
    expect(core.woken).toBe(2);
  });

  test('is made to wait at quit until the core has stopped, once', async () => {
    const { core } = await started();
    clickMenu('Quit');
    app.quit();
    await settled();
    expect([core.stopped, record.ended]).toEqual([1, false]);
    core.finishStop();
    await settled();
    expect([core.stopped, record.ended, record.exitCode]).toEqual([1, true, 0]);
    expect(notices()).toEqual([]);
  });

  test('lets the core stop before it shuts down', async () => {
    const { core } = await started();
    const preventDefault = vi.fn();
    powerMonitor.emit('shutdown', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(core.stopped).toBe(1);
    core.finishStop();
    await settled();
    expect(record.ended).toBe(true);
  });

  test('sees the window go at once at quit, and where it stood is written down before the end', async () => {
    const { core, windowPlace } = await started();
    Object.assign(currentWindow() ?? {}, { bounds: { x: 5, y: 6, width: 700, height: 500 } });
    app.quit();
    expect([currentWindow(), record.ended]).toEqual([undefined, false]);
    core.finishStop();
    await settled();
    expect(windowPlace.text).toContain('"width":700');
  });

  test('does not wait for ever', async () => {
    const { clock } = await started();
    app.quit();
    await clock.advance(6_000);
    expect(record.ended).toBe(true);
  });
});
