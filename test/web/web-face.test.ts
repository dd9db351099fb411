import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Core } from '../../main/services/core.ts';
import { startWebFace, type WebFace } from '../../main/web/web-face.ts';
import { linePath } from '../../preload/contract/line.ts';
import type { Caller } from '../../preload/contract/methods.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { exchangeRaw, openRawSocket } from '../adapters/raw-socket.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { sampleSnapshot } from '../fakes/samples.ts';

const still = sampleSnapshot({ sentence: 'Listening.', accounts: [] });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

let clock: FakeClock;
const indexHtml = `<!doctype html>
  <link rel="icon" href="./assets/icon.svg">
  <script type="module" crossorigin src="./assets/main.js"></script>
  <link rel="stylesheet" crossorigin href="./assets/main.css">`;

let assets: string;
let calls: { caller: Caller; name: string; input: unknown }[];
let listeners: Set<(snapshot: Snapshot) => void>;
let face: WebFace;
let faces: WebFace[];

const core: Core = {
  router: {
    async handle(caller, name, input) {
      calls.push({ caller, name, input });
      return { ok: true, value: { changed: 3 } };
    },
  },
  snapshot: () => still,
  settings: () => defaultSettings,
  onSnapshot(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  onHappening: () => () => undefined,
  woke: () => undefined,
  start: () => undefined,
  stop: async () => undefined,
};

beforeEach(async () => {
  clock = createFakeClock();
  calls = [];
  listeners = new Set();
  faces = [];
  assets = mkdtempSync(join(tmpdir(), 'web-'));
  mkdirSync(join(assets, 'assets', 'deeper'), { recursive: true });
  writeFileSync(join(assets, 'index.html'), indexHtml);
  writeFileSync(join(assets, 'assets', 'main.js'), 'export {}');
  writeFileSync(join(assets, 'assets', 'main.css'), 'body {}');
  writeFileSync(join(assets, 'assets', 'notes.txt'), 'not for the window');
  writeFileSync(join(assets, 'secret.json'), '{}');
  face = await start();
});

afterEach(async () => {
  for (const one of faces) {
    const closed = one.close();
    await clock.advance(1_000);
    await closed;
  }
  rmSync(assets, { recursive: true });
});

const makeReport = async (): Promise<string> => 'problem report';

async function start(): Promise<WebFace> {
  const started = await startWebFace({ core, clock, assets, makeReport });
  if (!started.ok) throw new Error(started.error.message);
  faces.push(started.value);
  return started.value;
}

function send(path: string, { method = 'GET', headers = {}, body }: Ask, port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function ask(path: string, asked: Ask = {}, port = face.port): Promise<Answer> {
  const response = await send(path, asked, port);
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function tokenOf(one: WebFace): string {
  return new URLSearchParams(new URL(one.url).hash.slice(1)).get('token') ?? '';
}

const json = { 'content-type': 'application/json' };

function redeem(token: string, port = face.port, headers: Record<string, string> = {}): Promise<Answer> {
  return ask('/session', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ token }) }, port);
}

async function signIn(one = face): Promise<string> {
  const answer = await redeem(tokenOf(one), one.port);
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** A line as a window holds it. */
interface Line {
  readonly socket: WebSocket;
  /** All that was said so far. */
  readonly heard: () => readonly string[];
  readonly answerTo: (name: string, input: unknown) => Promise<unknown>;
  /** The code with which it is closed. */
  readonly closed: Promise<number>;
}

/** The status with which a line was refused, or null where it was opened. */
async function openLine(headers: Record<string, string>, path = linePath): Promise<number | Line> {
  const origin = `http://127.0.0.1:${face.port}`;
  const given = Object.fromEntries(Object.entries({ origin, ...headers }).filter(([, value]) => value !== ''));
  const socket = new WebSocket(`ws://127.0.0.1:${face.port}${path}`, { headers: given });
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const refused = await new Promise<number | null>((resolve, reject) => {
    socket.once('open', () => resolve(null));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  if (refused !== null) {
    socket.terminate();
    return refused;
  }
  let lastId = 0;
  const answerTo = async (name: string, input: unknown): Promise<unknown> => {
    const id = (lastId += 1);
    socket.send(JSON.stringify({ id, name, input }));
    const isMine = (text: string): boolean => JSON.parse(text).id === id;
    await vi.waitFor(() => expect(heard.some(isMine)).toBe(true));
    return JSON.parse(heard.find(isMine) ?? '').answer;
  };
  return { socket, heard: () => heard, answerTo, closed };
}

async function lineWith(headers: Record<string, string>): Promise<Line> {
  const line = await openLine(headers);
  if (typeof line === 'number') throw new Error(`The line was refused: ${line}`);
  return line;
}

describe('the files of the window', () => {
  it('are served as what they are', async () => {
    const types = {
      '/': 'text/html; charset=utf-8',
      '/index.html': 'text/html; charset=utf-8',
      '/?a=1': 'text/html; charset=utf-8',
      '/assets/main.js': 'text/javascript; charset=utf-8',
      '/assets/main.css': 'text/css; charset=utf-8',
    };
    for (const [path, type] of Object.entries(types)) {
      expect(await ask(path)).toMatchObject({ status: 200, headers: { 'content-type': type } });
    }
    expect((await ask('/assets/main.js')).body).toBe('export {}');
  });

  it('may be kept where their name says what is in them, by the browser alone', async () => {
    for (const path of ['/assets/main.js', '/assets/main.css'])
      expect((await ask(path)).headers['cache-control']).toBe('private, max-age=31536000, immutable');
  });

  it('are named in the page with what is in them: what another program left in the browser is not taken', async () => {
    const html = (await ask('/')).body;
    for (const [attribute, content] of [
      ['src="./assets/main.js"', 'export {}'],
      ['href="./assets/main.css"', 'body {}'],
    ] as const) {
      const hash = createHash('sha384').update(content).digest('base64');
      expect(html).toContain(`${attribute} integrity="sha384-${hash}"`);
    }
    expect(html).toContain('<link rel="icon" href="./assets/icon.svg">');
  });

  it.each([
    '/secret.json',
    '/assets/notes.txt',
    '/assets/deeper',
    '/assets/',
    '/assets/../secret.json',
    '/assets/..%2fsecret.json',
    '//etc/passwd',
    '/../../../etc/passwd',
    '/__proto__',
  ])('are a closed list: %s is not there', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: '' });
  });

  it('and every other answer may not be kept, framed, sniffed or read by another site', async () => {
    for (const [answer, connect] of [
      [await ask('/'), `'self' ws://127.0.0.1:${face.port}`],
      [await ask('/', { headers: { host: `localhost:${face.port}` } }), `'self' ws://localhost:${face.port}`],
      [await ask('/nothing'), "'self'"],
      [await ask('/session'), "'self'"],
      [await redeem('wrong'), "'self'"],
    ] as const) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ${connect}; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(Object.keys(answer.headers).filter((name) => /^(server|x-powered-by|access-control)/.test(name))).toEqual(
        [],
      );
    }
  });

  it('have to be built', async () => {
    const started = await startWebFace({ core, clock, assets: join(assets, 'nowhere'), makeReport });
    expect(started).toMatchObject({ ok: false, error: { kind: 'not-built' } });
  });
});

describe('the session', () => {
  it('is opened by the token of the address, once, for a cookie that scripts and other sites do not get', async () => {
    expect(face.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[A-Za-z0-9_-]{43}$/);
    expect((await ask('/session')).status).toBe(401);
    const answer = await redeem(tokenOf(face));
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^session-${face.port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect((await redeem(tokenOf(face))).status).toBe(401);
  });

  it('lasts for the browser that holds the cookie, also when it opens the address again', async () => {
    const cookie = await signIn();
    expect((await ask('/session', { headers: { cookie: `other=1; ${cookie}` } })).status).toBe(204);
    expect((await redeem(tokenOf(face), face.port, { cookie })).status).toBe(204);
  });

  it.each([
    ['a wrong token', '{"token":"wrong"}', 401],
    ['a number', '{"token":1}', 401],
    ['no object', '[]', 401],
    ['null', 'null', 401],
    ['no JSON', 'token', 400],
  ])('is not opened by %s', async (_name, body, status) => {
    expect((await ask('/session', { method: 'POST', headers: json, body })).status).toBe(status);
    expect((await redeem(tokenOf(face))).status).toBe(204);
  });

  it('is not opened by a form', async () => {
    const headers = { 'content-type': 'text/plain' };
    const body = JSON.stringify({ token: tokenOf(face) });
    expect((await ask('/session', { method: 'POST', headers, body })).status).toBe(415);
  });

  it('is of one instance alone', async () => {
    const other = await start();
    const mine = await signIn();
    const theirs = await signIn(other);
    const both = { headers: { cookie: `${mine}; ${theirs}` } };
    expect((await ask('/session', both)).status).toBe(204);
    expect((await ask('/session', both, other.port)).status).toBe(204);
    expect((await ask('/session', { headers: { cookie: mine } }, other.port)).status).toBe(401);
    const renamed = mine.replace(String(face.port), String(other.port));
    expect((await ask('/session', { headers: { cookie: renamed } }, other.port)).status).toBe(401);
  });

  it('cannot be guessed before it is opened, or from a cookie that is empty', async () => {
    expect((await ask('/session', { headers: { cookie: `session-${face.port}=` } })).status).toBe(401);
    await signIn();
    expect((await ask('/session', { headers: { cookie: `session-${face.port}=` } })).status).toBe(401);
  });
});

describe('a call', () => {
  it('goes to the router as a window, and its result comes back', async () => {
    const line = await lineWith({ cookie: await signIn() });
    expect(await line.answerTo('inbox.markRead', { ids: null })).toEqual({ ok: true, value: { changed: 3 } });
    expect(calls).toEqual([{ caller: 'window', name: 'inbox.markRead', input: { ids: null } }]);
  });

  it('that asks for more than the core does is answered here: a problem report, in the browser’s language', async () => {
    const { answerTo } = await lineWith({ cookie: await signIn(), 'accept-language': 'es' });
    expect(await answerTo('face.actions', {})).toEqual({
      ok: true,
      value: { actions: [{ id: 'report', title: 'Guardar un informe de problemas…' }] },
    });
    expect(await answerTo('face.do', { id: 'report' })).toEqual({
      ok: true,
      value: { sentence: null, file: { name: 'thingspace-sms-tray-report.txt', text: 'problem report' } },
    });
    expect(await answerTo('face.do', { id: 'quit' })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it('has no other way in', async () => {
    const headers = { ...json, cookie: await signIn(), origin: `http://127.0.0.1:${face.port}` };
    for (const path of [linePath, '/call/inbox.markRead', '/']) {
      expect((await ask(path, { method: 'POST', headers, body: '{}' })).status).toBe(404);
      for (const method of ['PUT', 'DELETE', 'OPTIONS', 'HEAD'])
        expect((await ask(path, { method, headers })).status).toBe(405);
    }
    expect((await ask(linePath, { headers })).status).toBe(404);
    expect(calls).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no number', '{"name":"app.retry","input":{}}'],
    ['a number below 0', '{"id":-1,"name":"app.retry","input":{}}'],
    ['no name', '{"id":1,"input":{}}'],
    ['a name without end', JSON.stringify({ id: 1, name: 'x'.repeat(65), input: {} })],
    ['bytes', Buffer.from('{"id":1,"name":"app.retry","input":{}}')],
  ])('that makes no sense ends the line, and never reaches the router: %s', async (_name, said) => {
    const line = await lineWith({ cookie: await signIn() });
    line.socket.send(said);
    expect(await line.closed).toBe(1007);
    expect(calls).toEqual([]);
    await vi.waitFor(() => expect(listeners.size).toBe(0));
  });

  it('has at most a megabyte', async () => {
    const line = await lineWith({ cookie: await signIn() });
    const around = JSON.stringify({ id: 1, name: 'app.retry', input: '' }).length;
    await line.answerTo('app.retry', 'x'.repeat(1024 * 1024 - around));
    line.socket.send(JSON.stringify({ id: 2, name: 'app.retry', input: 'x'.repeat(1024 * 1024 - around + 1) }));
    expect(await line.closed).toBe(1009);
    expect(calls).toHaveLength(1);
  });

  it('is answered in any order', async () => {
    const answers = new Map<string, () => void>();
    vi.spyOn(core.router, 'handle').mockImplementation(
      (_caller, name) =>
        new Promise((resolve) => {
          answers.set(name, () => resolve({ ok: true, value: name }));
        }),
    );
    const { answerTo } = await lineWith({ cookie: await signIn() });
    const [first, second] = [answerTo('app.retry', {}), answerTo('app.pause', {})];
    await vi.waitFor(() => expect(answers.size).toBe(2));
    answers.get('app.pause')?.();
    expect(await second).toEqual({ ok: true, value: 'app.pause' });
    answers.get('app.retry')?.();
    expect(await first).toEqual({ ok: true, value: 'app.retry' });
    vi.restoreAllMocks();
  });
});

describe('other sites', () => {
  const sites: readonly (readonly [string, Record<string, string>])[] = [
    ['another host name, rebound to this machine', { host: 'evil.example' }],
    ['another host name with our port', { host: 'evil.example:PORT' }],
    ['our host with another port', { host: '127.0.0.1:1' }],
    ['our host without a port', { host: '127.0.0.1' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin to be named', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['our other name', { origin: 'http://localhost:PORT' }],
    ['our origin, encrypted', { origin: 'https://127.0.0.1:PORT' }],
    ['a fetch of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a fetch of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    [
      'a frame of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
    ['what asks for other than HTTP', { connection: 'Upgrade', upgrade: 'h2c' }],
  ];

  it.each(sites)('get nothing, cookie or not: %s', async (_name, marks) => {
    const cookie = await signIn();
    const headers = Object.fromEntries(
      Object.entries(marks).map(([name, value]) => [name, value.replace('PORT', String(face.port))]),
    );
    for (const path of ['/', '/session', '/assets/main.js', '/export/x']) {
      expect((await ask(path, { headers: { cookie, ...headers } })).status).toBe(403);
    }
    expect((await ask('/session', { method: 'POST', headers: { ...json, ...headers }, body: '{}' })).status).toBe(403);
    const { connection: _connection, upgrade, ...line } = headers;
    if (upgrade === undefined) expect(await openLine({ cookie, ...line })).toBe(403);
    expect([calls, listeners.size]).toEqual([[], 0]);
  });

  it('open no line without saying who they are, to another place, or without the cookie', async () => {
    const cookie = await signIn();
    expect(await openLine({ cookie, origin: '' })).toBe(403);
    expect(await openLine({ cookie }, '/')).toBe(403);
    expect(await openLine({ cookie }, '/session')).toBe(403);
    expect(await openLine({})).toBe(401);
    expect(await openLine({ cookie: `${cookie.slice(0, -1)}_` })).toBe(401);
    expect(listeners.size).toBe(0);
  });

  it('cannot post a form into the app from a navigation', async () => {
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await redeem(tokenOf(face), face.port, navigation)).status).toBe(403);
    expect((await ask('/', { headers: navigation })).status).toBe(200);
    expect((await redeem(tokenOf(face))).status).toBe(204);
  });

  it('are not confused with our own page', async () => {
    const cookie = await signIn();
    for (const host of [`127.0.0.1:${face.port}`, `localhost:${face.port}`]) {
      const line = await lineWith({ cookie, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });
      expect(await line.answerTo('app.retry', {})).toMatchObject({ ok: true });
    }
  });

  it('get no answer to what is not HTTP', async () => {
    for (const shape of [
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\x16\x03\x01\x02',
      'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      expect(await exchangeRaw(face.port, shape)).toMatch(/^(HTTP\/1\.1 4|$)/);
    }
  });
});

describe('what a line brings', () => {
  function show(snapshot: Snapshot): void {
    for (const listener of listeners) listener(snapshot);
  }

  it('begins with how things stand, then is each new snapshot', async () => {
    const line = await lineWith({ cookie: await signIn() });
    await vi.waitFor(() => expect(line.heard()).toEqual([JSON.stringify({ snapshot: still })]));
    show({ ...still, number: 2, sentence: 'two\nlines' });
    await vi.waitFor(() => expect(line.heard()[1]).toMatch(/"number":2/));
    line.socket.close();
    await vi.waitFor(() => expect(listeners.size).toBe(0));
    expect(clock.waiting()).toBe(0);
  });

  it('is in the language that the browser asks for', async () => {
    const language = 'de;q=0.9, es-MX;q=0.8, en;q=0.5, <x>, *';
    const { heard } = await lineWith({ cookie: await signIn(), 'accept-language': language });
    await vi.waitFor(() => expect(heard()[0]).toContain('"sentence":"A la escucha."'));
  });

  it('has a sign of life every 15 s', async () => {
    const { socket } = await lineWith({ cookie: await signIn() });
    let signs = 0;
    socket.on('ping', () => {
      signs += 1;
    });
    await clock.advance(45_000);
    await vi.waitFor(() => expect(signs).toBe(3));
  });

  it('is the newest for a slow reader, and few of those before', async () => {
    const line = await lineWith({ cookie: await signIn() });
    line.socket.pause();
    const sentence = 'x'.repeat(10_000);
    for (let number = 2; number <= 5_000; number += 1) {
      show({ ...still, number, sentence });
      if (number % 100 === 0) await new Promise(setImmediate);
    }
    line.socket.resume();
    await vi.waitFor(() => expect(line.heard().at(-1)).toContain('"number":5000'));
    expect(line.heard().length).toBeLessThan(1_000);
  });

  it('ends with the face', async () => {
    const line = await lineWith({ cookie: await signIn() });
    const [, code] = await Promise.all([face.close(), line.closed]);
    expect(code).toBe(1001);
    await vi.waitFor(() => expect(listeners.size).toBe(0));
  });

  it('ends with the face also where the other side does not hear', async () => {
    const raw = await openRawSocket(face.port);
    const host = `127.0.0.1:${face.port}`;
    const cookie = await signIn();
    raw.send(
      `GET ${linePath} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    await raw.until(/^HTTP\/1\.1 101/);
    raw.socket.pause();
    const closed = face.close();
    await clock.advance(1_000);
    await closed;
    await vi.waitFor(() => expect(listeners.size).toBe(0));
    raw.socket.destroy();
  });
});

describe('another user of this computer', () => {
  const canChange = process.platform === 'linux' && process.getuid?.() === 0;

  it.skipIf(!canChange && process.env['CI'] !== 'true')('gets no answer, with the token or without', async () => {
    const ask = `
      const { connect } = require('node:net');
      const socket = connect(${face.port}, '127.0.0.1', () => socket.write('GET / HTTP/1.1\\r\\nHost: 127.0.0.1:${face.port}\\r\\n\\r\\n'));
      socket.on('data', (data) => process.stdout.write(data));
      socket.on('error', () => undefined);
      setTimeout(() => socket.destroy(), 500);`;
    const answerTo = async (uid: number): Promise<string> => {
      const child = spawn(process.execPath, ['-e', ask], { uid, stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' });
      let out = '';
      for await (const chunk of child.stdout) out += String(chunk);
      return out;
    };
    expect(await answerTo(process.getuid?.() ?? 0)).toContain('200 OK');
    expect(await answerTo(65_534)).toBe('');
  });
});
