import { afterEach, beforeEach, describe, expect, onTestFailed, test, vi } from 'vitest';
import { appAddress, type BuiltPlace, freshPlace, listening, patience, snapshot } from './built-place.ts';
import type { guards, notices, SeenItem } from './person.ts';
import { runBuiltApp } from './running-app.ts';

let place: BuiltPlace;

beforeEach(async () => {
  place = await freshPlace();
});

afterEach(async () => {
  await place.close();
});

describe('the built app', { timeout: 60_000 }, () => {
  test('starts with a locked-down window that gets the built page under the strict policy', async () => {
    const app = await place.started();
    const [window] =
      await app.ask<readonly { options: Electron.BrowserWindowConstructorOptions; urls: string[] }[]>('windows');
    expect(window?.urls).toEqual([`${appAddress}#/`]);
    expect(window?.options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, webSecurity: true });
    expect(window?.options.webPreferences?.preload).toMatch(/out.preload.index\.cjs$/);
    const index = await app.ask<{ status: number; headers: Record<string, string>; text: string }>(
      'fetchApp',
      appAddress,
    );
    expect(index.status).toBe(200);
    expect(index.headers['content-security-policy']).toContain("default-src 'none'");
    const parts = [...index.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, path]) => new URL(path ?? '', appAddress).href,
    );
    expect(parts.length).toBeGreaterThan(1);
    for (const url of parts) expect(await app.ask('fetchApp', url), url).toMatchObject({ status: 200 });
    expect(await app.ask('schemes')).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
    ]);
  });

  test('answers its own page alone, and refuses what the contract does not list', async () => {
    const app = await place.started();
    expect((await snapshot(app)).accounts).toEqual([]);
    const foreign = { url: 'https://example.com/' };
    expect(await app.ask('call', 'snapshot.get', {}, foreign)).toMatchObject({ error: { code: 'not-allowed' } });
    expect(await app.ask('call', 'app.quit', {})).toMatchObject({ ok: false });
    expect(await app.ask('call', 'account.drain', { account: 7 })).toMatchObject({ error: { code: 'bad-input' } });
  });

  test('gives a page nothing but itself and the right to copy', async () => {
    const app = await place.started();
    expect(await app.ask<ReturnType<typeof guards>>('guards')).toEqual({
      windows: false,
      navigation: false,
      redirect: false,
      webview: false,
      download: false,
      permissions: [],
      devices: false,
      outside: [],
      copying: true,
      own: true,
      sandboxed: true,
    });
  });

  test('opens only pages that its own words name, in the browser, and only after a yes', async () => {
    const app = await place.started();
    await app.ask('followLink', 'https://evil.example/');
    await app.ask('followLink', 'https://thingspace.verizon.com/documentation');
    await vi.waitFor(async () => {
      expect(await app.ask('opened')).toEqual(['https://thingspace.verizon.com/documentation']);
    }, patience);
    expect(await app.ask('questions')).toHaveLength(1);
  });

  test('follows links to messages however they come, and nothing else that a link says', async () => {
    const app = place.start({}, ['--hidden', 'thingspace-sms://message/m1']);
    const urls = async () => (await app.ask<readonly { urls: string[] }[]>('windows')).flatMap((window) => window.urls);
    await vi.waitFor(async () => expect(await urls()).toEqual([`${appAddress}#/message/m1`]), patience);
    await app.ask('secondInstance', ['app', 'thingspace-sms://message/m2']);
    await app.ask('openUrl', 'thingspace-sms://message/m3');
    await app.ask('openUrl', 'thingspace-sms://account.stop/m4');
    await app.ask('openUrl', 'thingspace-sms://message/../settings');
    expect(await urls()).toEqual(['m1', 'm2', 'm3'].map((id) => `${appAddress}#/message/${id}`));
  });

  test('proves everything anew after sleep', async () => {
    const app = await place.started();
    const account = await listening(app, place.simulator);
    const asked = () => place.simulator.requests().filter(({ route }) => route === 'history').length;
    const before = asked();
    await app.ask('resume');
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), patience);
    await vi.waitFor(async () => {
      expect(['live', 'polling']).toContain((await snapshot(app)).accounts[0]?.state);
    }, patience);
    expect((await snapshot(app)).accounts[0]?.name).toBe(account);
  });

  test('shows each account in the tray, and clicks there reach ThingSpace', async () => {
    const app = await place.started();
    const account = await listening(app, place.simulator);
    await vi.waitFor(async () => {
      const menu = await app.ask<readonly SeenItem[]>('menu');
      const { sentence, accounts } = await snapshot(app);
      expect(menu[0]?.label).toBe(sentence);
      expect(menu.find(({ label }) => label.startsWith(account))?.items[0]?.label).toBe(accounts[0]?.sentence);
    }, patience);
    const asked = (route: string) => place.simulator.requests().filter((request) => request.route === route).length;
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
    const app = await place.started();
    const account = await listening(app, place.simulator);
    await app.ask('blur');
    const [device] = place.simulator.devices();
    place.simulator.queueText(account, { deviceIds: device?.deviceIds ?? [], text: 'Door open' });
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
    const app = await place.started();
    const account = await listening(app, place.simulator);
    await app.ask('blur');
    const [device] = place.simulator.devices();
    const deviceIds = device?.deviceIds ?? [];
    for (let text = 0; text < 10_000; text += 1)
      place.simulator.queueText(account, { deviceIds, text: `text ${text}` });
    const asked = Date.now();
    expect(await app.ask('call', 'account.drain', { account })).toMatchObject({ ok: true });
    const tookMs = Date.now() - asked;
    await vi.waitFor(async () => {
      const shown = await app.ask<ReturnType<typeof notices>>('notices');
      expect(shown.filter(({ showing }) => showing)).toMatchObject([{ title: '10,000 new texts' }]);
    }, patience);
    // A machine that needed longer than 10 s has told once more for each minute.
    const most = 3 + Math.max(0, Math.ceil((tookMs - 10_000) / 60_000));
    expect((await app.ask<ReturnType<typeof notices>>('notices')).length).toBeLessThanOrEqual(most);
    const page = await app.ask('call', 'inbox.page', { limit: 1 });
    expect(page).toMatchObject({ ok: true, value: { total: 10_000 } });
    expect((await snapshot(app)).inbox.unread).toBe(10_000);
  });

  test('stays in the tray when its window is closed, says so once, and ends when it is told to quit', async () => {
    const app = await place.started();
    await app.ask('closeWindow');
    await vi.waitFor(async () => expect(await app.ask('notices')).toMatchObject([{ title: 'Still here' }]), patience);
    await app.ask('secondInstance', ['app']);
    expect(await app.ask('windows')).toMatchObject([{ destroyed: true }, { destroyed: false }]);
    const asked = app.ask('clickMenu', 'Quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await asked;
  });

  test('shows the simulator in the place of its accounts while the window wants it, in the tray as well, which leads out of it', async () => {
    const app = await place.started();
    expect((await snapshot(app)).demo).toBe('offered');
    expect(await app.ask('call', 'demo.enter', {})).toMatchObject({ ok: true });
    await vi.waitFor(async () => {
      const { demo, simulated, inbox } = await snapshot(app);
      expect({ demo, simulated }).toEqual({ demo: 'shown', simulated: true });
      expect(inbox.total).toBeGreaterThan(0);
    }, patience);
    await vi.waitFor(async () => {
      const [first] = await app.ask<readonly SeenItem[]>('menu');
      expect(first?.label).toBe((await snapshot(app)).sentence);
    }, patience);
    expect(await app.ask('call', 'account.add', { account: 'mine', mode: 'auto' })).toMatchObject({ ok: false });
    await app.ask('clickMenu', 'Leave the simulator');
    await vi.waitFor(async () => {
      expect(await snapshot(app)).toMatchObject({ demo: 'offered', accounts: [], inbox: { total: 0 } });
    }, patience);
    expect(place.simulator.requests()).toEqual([]);
  });

  test('shows texts of its built-in ThingSpace when it is started for a demo', async () => {
    const app = runBuiltApp(place.home, {}, ['--demo', '--hidden']);
    onTestFailed(() => void process.stderr.write(app.output()));
    await vi.waitFor(async () => {
      expect(await app.ask<readonly unknown[]>('notices')).not.toEqual([]);
    }, patience);
    expect(await app.ask('windows')).toEqual([]);
    const asked = app.ask('quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await asked;
  });

  test('leaves a second start to the first', async () => {
    const app = place.start({ STAND_IN_LOCK: 'taken' });
    expect(await app.ended).toBe(0);
  });

  test('says in words why it cannot start', async () => {
    const app = place.start({ THINGSPACE_API_BASE: 'http://example.com' });
    expect(await app.ended).toBe(1);
    expect(app.output()).toContain('--api-base must be an https: URL');
  });
});
