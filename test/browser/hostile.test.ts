import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../main/adapters/clock.ts';
import type { Core } from '../../main/services/core.ts';
import { startWebFace, type WebFace } from '../../main/web/web-face.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { sampleSnapshot } from '../fakes/samples.ts';
import { freshFolder } from '../flows/place.ts';
import { browserSuite, hasChromium } from './chromium.ts';

const secretWords = 'what only the owner may read';

interface Stage {
  readonly face: WebFace;
  readonly calls: string[];
  readonly browser: Browser;
  /** A site of somebody else's, with any page at any path. */
  readonly evil: string;
  readonly evilPort: number;
}

async function setStage(pages: Readonly<Record<string, (face: WebFace) => string>>): Promise<Stage> {
  const calls: string[] = [];
  const snapshot = sampleSnapshot({ sentence: secretWords, accounts: [] });
  const core = {
    router: {
      async handle(_caller: string, name: string) {
        calls.push(name);
        return { ok: true, value: { words: secretWords } };
      },
    },
    snapshot: () => snapshot,
    settings: () => defaultSettings,
    onSnapshot: () => () => undefined,
    onHappening: () => () => undefined,
  } as unknown as Core;
  const assets = freshFolder();
  mkdirSync(join(assets, 'assets'));
  writeFileSync(join(assets, 'index.html'), `<!doctype html><title>${secretWords}</title>`);
  const started = await startWebFace({ core, clock: createClock(), assets, makeReport: async () => '' });
  if (!started.ok) throw new Error(started.error.message);
  const face = started.value;
  onTestFinished(() => face.close());
  const server = createServer((request: IncomingMessage, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html' }).end(page?.(face) ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // Names of the attacker's that lead to this computer, as DNS rebinding makes them.
      '--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebound.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  onTestFinished(() => browser.close());
  return { face, calls, browser, evil: `http://evil.example:${port}`, evilPort: port };
}

/** The person's own browser, in which the window is open. */
async function signedIn({ face, browser }: Stage) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(face.url);
  const status = await page.evaluate(async () => {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return answer.status;
  });
  expect(status).toBe(204);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  const told = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const line = new WebSocket(`ws://${location.host}/line`);
        line.addEventListener('message', ({ data }) => resolve(data));
        line.addEventListener('error', () => resolve('no line'));
      }),
  );
  expect(told).toContain(secretWords);
  return { context, page };
}

describe.skipIf(!hasChromium)(browserSuite('a hostile page in the browser in which the window is open'), () => {
  test('reads and does nothing by fetch, form, image, script, event source or WebSocket', async () => {
    const stage = await setStage({
      '/': () => '<!doctype html><body></body>',
    });
    const { face, calls, evil, evilPort } = stage;
    const { context } = await signedIn(stage);
    // Another site; and another port of this very host, to which the browser sends the cookie.
    for (const site of [evil, `http://127.0.0.1:${evilPort}`, `http://localhost:${evilPort}`]) {
      const page = await context.newPage();
      await page.goto(`${site}/`);
      const got = await page.evaluate(async (port) => {
        const target = `http://127.0.0.1:${port}`;
        const attempt = async (work: () => Promise<unknown>): Promise<string> =>
          work().then(
            (value) => `got ${String(value)}`,
            () => 'refused',
          );
        const read = (path: string, init: RequestInit = {}) =>
          attempt(async () => (await fetch(target + path, { credentials: 'include', ...init })).text());
        const loaded = (tag: 'img' | 'script' | 'iframe' | 'object') =>
          attempt(
            () =>
              new Promise((resolve, reject) => {
                const element = document.createElement(tag);
                element.addEventListener('load', () =>
                  tag === 'iframe' ? reject(new Error('tells nothing')) : resolve('loaded'),
                );
                element.addEventListener('error', reject);
                if (tag === 'object') element.setAttribute('data', `${target}/`);
                else element.setAttribute('src', `${target}/`);
                document.body.append(element);
                setTimeout(() => reject(new Error('nothing')), 1_000);
              }),
          );
        const json = { 'Content-Type': 'application/json' };
        return [
          await read('/'),
          await read('/line'),
          await read('/session', { method: 'POST', headers: json, body: '{}' }),
          await attempt(async () => {
            const opaque = await fetch(`${target}/session`, {
              method: 'POST',
              mode: 'no-cors',
              credentials: 'include',
              body: '{}',
            });
            return opaque.type === 'opaque' ? Promise.reject(new Error('tells nothing')) : opaque.text();
          }),
          await attempt(
            () =>
              new Promise((resolve, reject) => {
                const source = new EventSource(`${target}/line`, { withCredentials: true });
                source.addEventListener('message', resolve);
                source.addEventListener('error', reject);
              }),
          ),
          await attempt(
            () =>
              new Promise((resolve, reject) => {
                const socket = new WebSocket(`ws://127.0.0.1:${port}/line`);
                socket.addEventListener('open', resolve);
                socket.addEventListener('error', reject);
              }),
          ),
          await loaded('img'),
          await loaded('script'),
          await loaded('object'),
        ];
      }, face.port);
      expect([site, got]).toEqual([site, got.map(() => 'refused')]);
      await page.evaluate((port) => {
        const form = document.createElement('form');
        Object.assign(form, {
          method: 'POST',
          action: `http://127.0.0.1:${port}/session`,
          enctype: 'text/plain',
        });
        document.body.append(form);
        form.submit();
      }, face.port);
      await page.waitForURL(/session/).catch(() => undefined);
      await page.close();
    }
    expect(calls).toEqual([]);
  });

  test('finds another host when its name is rebound to this computer', async () => {
    const stage = await setStage({});
    const { face, calls, browser } = stage;
    await signedIn(stage);
    const page = await (await browser.newContext()).newPage();
    // The attacker's server gives the page, then the name leads here.
    const first = `http://rebound.example:${face.port}/page`;
    await page.route(first, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(first);
    const read = await page.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json' };
      const asked: readonly (readonly [string, RequestInit])[] = [
        ['/', {}],
        ['/session', {}],
        ['/session', { method: 'POST', headers, body: '{}' }],
      ];
      const tell = async ([path, init]: readonly [string, RequestInit]): Promise<string> => {
        // The connection may end before the whole request was taken.
        const answer = await fetch(path, init).catch(() => null);
        return answer === null ? '403 ' : `${answer.status} ${await answer.text()}`;
      };
      const line = new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/line`);
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('close', () => resolve('no line'));
      });
      return Promise.all([...asked.map(tell), line]);
    });
    expect(read).toEqual(['403 ', '403 ', '403 ', 'no line']);
    expect(calls).toEqual([]);
  });

  test('cannot show the window in a frame, nor reach it from an opened window', async () => {
    const stage = await setStage({
      '/': ({ port }) => `<!doctype html><iframe src="http://127.0.0.1:${port}/"></iframe>`,
    });
    const { evil, face } = stage;
    const { context } = await signedIn(stage);
    const page = await context.newPage();
    await page.goto(`${evil}/`);
    expect(page.frames().map((frame) => frame.url())).not.toContain(`http://127.0.0.1:${face.port}/`);
    for (const frame of page.frames()) expect(await frame.content()).not.toContain(secretWords);
    const opened = context.waitForEvent('page');
    const reached = page.evaluate(async (port) => {
      const other = window.open(`http://127.0.0.1:${port}/`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return other === null || other.closed;
    }, face.port);
    await opened;
    expect(await reached).toBe(true);
  });

  test('finds nothing of it in the cache or in the history of addresses', async () => {
    const stage = await setStage({});
    const { page } = await signedIn(stage);
    const cached = await page.evaluate(async () => {
      const answer = await fetch('/', { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => null);
      return answer?.ok ?? false;
    });
    expect(cached).toBe(false);
  });
});
