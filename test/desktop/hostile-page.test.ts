import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectWindows } from '../../main/desktop/ipc.ts';
import { appPage, serveApp } from '../../main/desktop/protocol.ts';
import { guardContents, guardSession } from '../../main/desktop/session-guard.ts';
import { createWindows } from '../../main/desktop/windows.ts';
import { createRouter, type Handlers } from '../../main/services/router.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { methodNames } from './contract-inputs.ts';
import { resetStandIn, session } from './electron-stand-in.ts';
import { createFakeCore } from './fake-core.ts';
import { hostileScript } from './hostile-page.ts';
import { call, currentWindow, fetchApp } from './person.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

/*
 * Chromium is real, and so are the built preload, the policy and headers of the app's own protocol, the guards and the
 * router. Chromium knows no app: scheme, so the page stands at an https: address that is taken for it.
 */
const standsAt = 'https://thingspace-sms.test';
const preload = join(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs');

function asApp(url: string): string {
  return url.replace(`${standsAt}/`, appPage.slice(0, -'index.html'.length));
}

let browser: Browser;
let evil: Server;
let evilAt = '';
const reached: string[] = [];
const handled: string[] = [];

async function connect(): Promise<void> {
  const handlers = Object.fromEntries(
    methodNames.map((name) => [
      name,
      async () => {
        handled.push(name);
        return { ok: true, value: {} };
      },
    ]),
  ) as unknown as Handlers;
  const core = { ...createFakeCore(), router: createRouter(handlers, { write: () => undefined }) };
  const assets = new Map([
    [
      'index.html',
      '<!doctype html><title>ours</title><script src="/assets/index.js"></script><script>window.early=1</script><body>',
    ],
    ['assets/index.js', hostileScript(evilAt)],
  ]);
  guardContents(async () => undefined);
  guardSession(session.defaultSession as never);
  serveApp(session.defaultSession as never, async (path) => Buffer.from(assets.get(path) ?? ''));
  const paths = { preload: '', trayIcons: '', windowIcon: '', unreadOverlay: '', executable: '' };
  const windowPlace = { read: async () => null, write: async () => undefined };
  const windows = await createWindows(
    { clock: createFakeClock(), paths, platform: 'linux', windowPlace },
    { onFront: () => undefined, onClosed: () => undefined },
  );
  connectWindows(core, windows, () => undefined);
  windows.open({ kind: 'messages' });
}

/** Electron's part: each request passes the session's guard, each navigation the guard of contents. */
async function route(request: Route): Promise<void> {
  const url = asApp(request.request().url());
  const isOurs = url.startsWith('app:');
  if (request.request().isNavigationRequest() && !isOurs) {
    let prevented = false;
    currentWindow()?.webContents.emit('will-frame-navigate', { preventDefault: () => (prevented = true) });
    // No content: the page stays, as it does where Electron stops a navigation before it begins.
    if (prevented) return request.fulfill({ status: 204 });
  }
  let cancelled = false;
  session.defaultSession.beforeRequest?.({ url } as never, ({ cancel }) => (cancelled = cancel === true));
  if (cancelled || !isOurs) return cancelled ? request.abort() : request.continue();
  const { status, headers, text } = await fetchApp(url);
  await request.fulfill({ status: status ?? 500, headers, body: text ?? '' });
}

async function openPage() {
  const context = await browser.newContext();
  // Windows that it opens are refused by Electron (desktop.test.ts); here they open, and must reach nothing either.
  await context.route('**/*', route);
  const page = await context.newPage();
  await page.exposeBinding('standInInvoke', ({ frame }, name: unknown, input: unknown) =>
    call(name, input, { url: asApp(frame.url()), parent: frame.parentFrame() }),
  );
  await page.addInitScript(`{
    const invoke = window.standInInvoke;
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) =>
        Object.defineProperty(window, name, { value: Object.freeze(value), writable: false, configurable: false }) },
      ipcRenderer: { invoke: (_channel, name, input) => invoke(name, input), on: () => undefined, off: () => undefined },
    };
    const module = { exports: {} };
    ((require, exports) => { ${await readFile(preload, 'utf8')} })(() => electron, module.exports);
  }`);
  return page;
}

describe.skipIf(!hasChromium)(browserSuite('a hostile page in Chromium'), () => {
  beforeAll(async () => {
    evil = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('x');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    evilAt = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    evil.closeAllConnections();
    await new Promise((resolve) => evil.close(resolve));
  });

  beforeEach(async () => {
    resetStandIn();
    reached.length = 0;
    handled.length = 0;
    await connect();
  });

  test('reaches the bridge and nothing else, and nothing outside', { timeout: 60_000 }, async () => {
    const page = await openPage();
    await page.goto(`${standsAt}/index.html`);
    // Not waitForFunction: the policy forbids the eval that it polls with.
    const outcome = await vi.waitFor(
      async () => {
        const found = (await page.evaluate('window.outcome')) as Record<string, string> | undefined;
        if (!found) throw new Error('the page is still trying');
        return found;
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(outcome['reach']).toBe('undefined,undefined,undefined,undefined,call,onSnapshot');
    expect(await page.evaluate('window.early')).toBeUndefined();
    expect(Object.entries(outcome).filter(([, what]) => /RAN|SENT|LOADED|REPLACED|ANSWERED/.test(what))).toEqual([]);
    expect(outcome).toMatchObject({ unlisted: 'refused', 'wrong input': 'refused', replace: 'kept', own: 'answered' });
    expect(['refused', 'has no bridge']).toContain(outcome['subframe']);
    expect(reached).toEqual([]);
    expect(new Set(handled)).toEqual(new Set(['snapshot.get']));
    expect(page.url()).toBe(`${standsAt}/index.html`);
  });

  test('would reach outside without the policy and the guards, so that the test can fail', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(evilAt);
    await page.evaluate(`fetch(${JSON.stringify(`${evilAt}fetch`)})`);
    expect(reached).toContain('/fetch');
  });
});
