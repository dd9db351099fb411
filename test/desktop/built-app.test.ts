import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFailed, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../main/simulator/server.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { notices, SeenItem } from './person.ts';
import { type RunningApp, runBuiltApp } from './running-app.ts';

/*
 * The bundle that ships, in a process of its own, against the simulator over real sockets. Only Electron is a stand-in.
 */

const page = 'app://thingspace-sms/index.html';
const patience = { timeout: 20_000, interval: 50 };

let home: string;
let simulator: Simulator;
let running: RunningApp | null = null;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'built-app-'));
  simulator = await startSimulator({ port: 0 });
});

afterEach(async () => {
  running?.kill();
  await running?.ended;
  running = null;
  await simulator.close();
  await rm(home, { recursive: true, force: true });
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const { appKey, appSecret, username, password } = simulator.credentials;
  const app = runBuiltApp(home, {
    THINGSPACE_SMS_DATA_DIR: join(home, 'data'),
    THINGSPACE_API_BASE: simulator.origin,
    THINGSPACE_APP_KEY: appKey,
    THINGSPACE_APP_SECRET: appSecret,
    THINGSPACE_USERNAME: username,
    THINGSPACE_PASSWORD: password,
    ...environment,
  });
  running = app;
  onTestFailed(() => {
    process.stderr.write(app.output());
  });
  return app;
}

/** Started, with tray and window there. */
async function started(): Promise<RunningApp> {
  const app = await start();
  await vi.waitFor(async () => {
    expect(await app.ask<readonly SeenItem[]>('menu')).not.toEqual([]);
  }, patience);
  return app;
}

async function snapshot(app: RunningApp): Promise<Snapshot> {
  const result = await app.ask<Result<Snapshot, unknown>>('call', 'snapshot.get', {});
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

/** Adds the sample account and waits until its texts arrive. */
async function listening(app: RunningApp): Promise<string> {
  const account = simulator.accounts[0] ?? '';
  expect(await app.ask('call', 'account.add', { account, mode: 'auto' })).toMatchObject({ ok: true });
  await vi.waitFor(async () => {
    expect(['live', 'polling']).toContain((await snapshot(app)).accounts[0]?.state);
  }, patience);
  return account;
}

describe('the built app', { timeout: 60_000 }, () => {
  test('starts with a locked-down window that gets the built page under the strict policy', async () => {
    const app = await started();
    const [window] =
      await app.ask<readonly { options: Electron.BrowserWindowConstructorOptions; urls: string[] }[]>('windows');
    expect(window?.urls).toEqual([`${page}#/`]);
    expect(window?.options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, webSecurity: true });
    expect(window?.options.webPreferences?.preload).toMatch(/out.preload.index\.cjs$/);
    const index = await app.ask<{ status: number; headers: Record<string, string>; text: string }>('fetchApp', page);
    expect(index.status).toBe(200);
    expect(index.headers['content-security-policy']).toContain("default-src 'none'");
    const parts = [...index.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path ?? '', page).href);
    expect(parts.length).toBeGreaterThan(1);
    for (const url of parts) expect(await app.ask('fetchApp', url), url).toMatchObject({ status: 200 });
    expect(await app.ask('schemes')).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  });

  test('answers its own page alone, and refuses what the contract does not list', async () => {
    const app = await started();
    expect((await snapshot(app)).accounts).toEqual([]);
    const foreign = { url: 'https://example.com/' };
    expect(await app.ask('call', 'snapshot.get', {}, foreign)).toMatchObject({ error: { code: 'not-allowed' } });
    expect(await app.ask('call', 'app.quit', {})).toMatchObject({ ok: false });
    expect(await app.ask('call', 'account.drain', { account: 7 })).toMatchObject({ error: { code: 'bad-input' } });
  });

  test('shows each account in the tray, and clicks there reach ThingSpace', async () => {
    const app = await started();
    const account = await listening(app);
    await vi.waitFor(async () => {
      const menu = await app.ask<readonly SeenItem[]>('menu');
      const { sentence, accounts } = await snapshot(app);
      expect(menu[0]?.label).toBe(sentence);
      expect(menu.find(({ label }) => label.startsWith(account))?.items[0]?.label).toBe(accounts[0]?.sentence);
    }, patience);
    const asked = (route: string) => simulator.requests().filter((request) => request.route === route).length;
    for (const [label, route] of [
      ['Start callbacks', 'start-callbacks'],
      ['Fetch the queue now', 'history'],
    ] as const) {
      const before = asked(route);
      await vi.waitFor(() => app.ask('clickMenu', account, label), patience);
      await vi.waitFor(() => expect(asked(route)).toBeGreaterThan(before), patience);
    }
    await app.ask('clickMenu', account, 'Stop');
    await vi.waitFor(async () => expect((await snapshot(app)).accounts[0]?.state).toBe('off'), patience);
  });

  test('tells of a text, and opens it at a click', async () => {
    const app = await started();
    const account = await listening(app);
    await app.ask('blur');
    const [device] = simulator.devices();
    simulator.queueText(account, { deviceIds: device?.deviceIds ?? [], text: 'Door open' });
    await app.ask('call', 'account.drain', { account });
    await vi.waitFor(async () => {
      expect(await app.ask<ReturnType<typeof notices>>('notices')).toMatchObject([
        { body: 'Door open', showing: true },
      ]);
    }, patience);
    await app.ask('closeWindow');
    await app.ask('clickNotification', 0);
    const windows = await app.ask<readonly { urls: string[]; destroyed: boolean }[]>('windows');
    expect(windows.map(({ destroyed }) => destroyed)).toEqual([true, false]);
    const id = /^app:\/\/thingspace-sms\/index\.html#\/message\/([A-Za-z0-9_-]{1,64})$/.exec(windows[1]?.urls[0] ?? '');
    expect(id).not.toBeNull();
    const detail = await app.ask('call', 'inbox.message', { id: id?.[1] });
    expect(detail).toMatchObject({ ok: true, value: { message: { text: 'Door open' } } });
  });

  test('10,000 texts in 10 s are all stored and make at most three notifications, the last with the exact count', async () => {
    const app = await started();
    const account = await listening(app);
    await app.ask('blur');
    const [device] = simulator.devices();
    const deviceIds = device?.deviceIds ?? [];
    for (let text = 0; text < 10_000; text += 1) simulator.queueText(account, { deviceIds, text: `text ${text}` });
    const asked = Date.now();
    expect(await app.ask('call', 'account.drain', { account })).toMatchObject({ ok: true });
    expect(Date.now() - asked).toBeLessThan(10_000);
    await vi.waitFor(async () => {
      const shown = await app.ask<ReturnType<typeof notices>>('notices');
      expect(shown.filter(({ showing }) => showing)).toMatchObject([{ title: '10,000 new texts' }]);
    }, patience);
    expect((await app.ask<ReturnType<typeof notices>>('notices')).length).toBeLessThanOrEqual(3);
    const page = await app.ask('call', 'inbox.page', { limit: 1 });
    expect(page).toMatchObject({ ok: true, value: { total: 10_000 } });
    expect((await snapshot(app)).inbox.unread).toBe(10_000);
  });

  test('stays in the tray when its window is closed, says so once, and ends when it is told to quit', async () => {
    const app = await started();
    await app.ask('closeWindow');
    await vi.waitFor(async () => expect(await app.ask('notices')).toMatchObject([{ title: 'Still here' }]), patience);
    await app.ask('secondInstance', ['app']);
    expect(await app.ask('windows')).toMatchObject([{ destroyed: true }, { destroyed: false }]);
    const asked = app.ask('clickMenu', 'Quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await asked;
  });

  test('shows texts of its built-in ThingSpace when it is started for a demo', async () => {
    const app = runBuiltApp(home, {}, ['--demo', '--hidden']);
    running = app;
    await vi.waitFor(async () => {
      expect(await app.ask<readonly unknown[]>('notices')).not.toEqual([]);
    }, patience);
    expect(await app.ask('windows')).toEqual([]);
    const asked = app.ask('quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await asked;
  });

  test('leaves a second start to the first', async () => {
    const app = await start({ STAND_IN_LOCK: 'taken' });
    expect(await app.ended).toBe(0);
  });

  test('says in words why it cannot start', async () => {
    const app = await start({ THINGSPACE_API_BASE: 'http://example.com' });
    expect(await app.ended).toBe(1);
    expect(app.output()).toContain('--api-base must be an https: URL');
  });
});
