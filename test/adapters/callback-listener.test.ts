import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListenerLimits } from '../../main/adapters/callback-listener/limits.ts';
import { createCallbackListener } from '../../main/adapters/callback-listener.ts';
import type { CallbackAnswer, ListenerRoute, OpenListener, ReceivedCallback } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { exchangeRaw, openRawSocket, type RawSocket } from './raw-socket.ts';

const path = '/callback/0123456789abcdef0123456789abcdef';
const text = JSON.stringify({ username: 'u', password: 'p', smsMessage: 'hello', deviceIds: [] });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

const routes: ListenerRoute[] = [
  route('0000000001-00001', 'ffffffffffffffffffffffffffffffff'),
  route('0000123456-00001', '0123456789abcdef0123456789abcdef'),
];

function route(account: string, secretPath: string): ListenerRoute {
  return { account, secretPath: createSecret(secretPath), username: createSecret('u'), password: createSecret('p') };
}

let clock: FakeClock;
let open: OpenListener | null;
let received: ReceivedCallback[];
let refused: { reason: string; account: string | null; bodyStart: string }[];
let answers: boolean[];
let respond: (callback: ReceivedCallback) => Promise<CallbackAnswer>;
let hosts: string[];
let agents: Agent[];

beforeEach(() => {
  clock = createFakeClock();
  open = null;
  received = [];
  refused = [];
  answers = [];
  hosts = ['sms.example:9001', 'Texts.Example'];
  agents = [];
  respond = async () => ({ status: 200, onAnswered: (sent) => void answers.push(sent) });
});

afterEach(async () => {
  for (const agent of agents) agent.destroy();
  const closed = open?.close(1);
  await clock.advance(1);
  await closed;
});

async function start(limits: Partial<ListenerLimits> = {}): Promise<number> {
  const opened = await createCallbackListener(clock, limits).open(
    {
      port: null,
      routes: () => routes,
      hosts: () => hosts,
      proof: (nonce) => (nonce.startsWith('ours') ? `signed-${nonce}` : null),
    },
    {
      receive(callback) {
        received.push(callback);
        return respond(callback);
      },
      refused: (reason, account, bodyStart) => void refused.push({ reason, account, bodyStart }),
    },
  );
  if (!opened.ok) throw new Error(opened.error.message);
  open = opened.value;
  return opened.value.port;
}

function keepAlive(maxSockets: number): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets });
  agents.push(agent);
  return agent;
}

function ask(
  port: number,
  { method = 'POST', path: at = path, headers, body = text, agent }: Ask = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method,
        path: at,
        headers: { 'content-type': 'application/json', ...headers },
        agent: agent ?? false,
      },
      (response) => {
        let all = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          all += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: all }));
      },
    );
    sent.on('error', reject);
    sent.end(method === 'GET' || method === 'HEAD' ? undefined : body);
  });
}

function head(port: number, lines: readonly string[] = []): string {
  return [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Content-Type: application/json', ...lines, '', ''].join(
    '\r\n',
  );
}

describe('a callback', () => {
  it('comes with its route, body and time, and is answered by what became of it, without a body', async () => {
    const port = await start();
    const answer = await ask(port);
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(received).toEqual([
      { route: routes[1], body: JSON.parse(text), bytes: Buffer.byteLength(text), receivedAt: clock.now() },
    ]);
    await vi.waitFor(() => expect(answers).toEqual([true]));
  });

  it('is answered with no header that tells about the program, and none for other sites', async () => {
    const port = await start();
    for (const answer of [await ask(port), await ask(port, { path: '/' }), await ask(port, { method: 'OPTIONS' })]) {
      expect(
        Object.keys(answer.headers).filter((name) => !/^(connection|keep-alive|content-length)$/.test(name)),
      ).toEqual([]);
    }
  });

  it.each([400, 403, 503] as const)('is answered %i when receive says so', async (status) => {
    respond = async () => ({ status });
    const answer = await ask(await start());
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  });

  it('is answered 503 when handling it fails, and the listener lives on', async () => {
    respond = async () => Promise.reject(new Error('bug'));
    const port = await start();
    expect((await ask(port)).status).toBe(503);
    expect(refused).toHaveLength(1);
    respond = async () => ({ status: 200 });
    expect((await ask(port)).status).toBe(200);
  });

  it('is known not to be answered when the sender has left', async () => {
    let store: () => void = () => undefined;
    respond = () =>
      new Promise((resolve) => {
        store = () => resolve({ status: 200, onAnswered: (sent) => void answers.push(sent) });
      });
    const raw = await openRawSocket(await start());
    raw.send(`${head(open?.port ?? 0, [`Content-Length: ${text.length}`])}${text}`);
    await vi.waitFor(() => expect(received).toHaveLength(1));
    raw.socket.resetAndDestroy();
    // A further exchange on the same loop: by then the listener has seen the reset.
    await ask(open?.port ?? 0, { path: '/' });
    store();
    await vi.waitFor(() => expect(answers).toEqual([false]));
  });

  it('may come in pieces, chunked, with a mark of byte order, and after Expect: 100-continue', async () => {
    const port = await start();
    const raw = await openRawSocket(port);
    raw.send(head(port, [`Content-Length: ${text.length}`]));
    for (const letter of text) raw.send(letter);
    await raw.until(/200 OK/);
    const marked = Buffer.from(`\uFEFF${text}`);
    expect((await ask(port, { headers: { 'transfer-encoding': 'chunked' }, body: marked })).status).toBe(200);
    raw.send(head(port, [`Content-Length: ${text.length}`, 'Expect: 100-continue']));
    await raw.until(/100 Continue/);
    raw.send(text);
    await raw.until(/100 Continue[^]*200 OK/);
    raw.socket.destroy();
    expect(received).toHaveLength(3);
  });

  it('keeps a text that is not UTF-8 readable', async () => {
    const port = await start();
    expect((await ask(port, { body: Buffer.from('{"smsMessage":"caf\xe9"}', 'latin1') })).status).toBe(200);
    expect(received[0]?.body).toEqual({ smsMessage: 'café' });
  });

  it('is answered in order when several come at once on one connection', async () => {
    const port = await start();
    const raw = await openRawSocket(port);
    const one = `${head(port, [`Content-Length: ${text.length}`])}${text}`;
    raw.send(one.repeat(20));
    await raw.until(/(?:200 OK[^]*){20}/);
    raw.socket.destroy();
    await vi.waitFor(() => expect(answers).toEqual(Array.from({ length: 20 }, () => true)));
  });
});

describe('where a request may come from and go to', () => {
  it('answers 404, empty, to everything but POST on a secret path', async () => {
    const port = await start();
    for (const asked of [
      { path: '/' },
      { path: '/callback/' },
      { path: '/callback/0123456789abcdef0123456789abcdee' },
      { path: `${path}/` },
      { path: `${path}?a=1` },
      { path: `/${path}` },
      { path: `/callback/${'a'.repeat(4000)}` },
      { method: 'GET' },
      { method: 'PUT' },
      { method: 'DELETE' },
      { method: 'OPTIONS' },
    ]) {
      expect([asked, await ask(port, asked)]).toMatchObject([asked, { status: 404, body: '' }]);
    }
    expect((await ask(port, { method: 'HEAD' })).status).toBe(404);
    expect(received).toEqual([]);
    expect(refused).toEqual([]);
  });

  it.each(['https://evil.example', 'null', ''])('answers 403 to any page, here with Origin %j', async (origin) => {
    const port = await start();
    expect((await ask(port, { headers: { origin } })).status).toBe(403);
    expect([received, refused]).toEqual([[], []]);
  });

  it('sees an Origin behind any number of header lines', async () => {
    const port = await start();
    const many = Array.from({ length: 3000 }, () => 'a:');
    const answer = await exchangeRaw(port, `${head(port, [...many, 'Origin: x', 'Content-Length: 2'])}{}`);
    expect(answer).toMatch(/^HTTP\/1.1 (403|431)/);
    expect(received).toEqual([]);
  });

  it('knows loopback with its own port and the hosts it is given, in any case and with a usual port', async () => {
    const port = await start();
    for (const host of [
      `127.0.0.1:${port}`,
      `LOCALHOST:${port}`,
      'SMS.example:9001',
      'texts.example',
      'texts.example:443',
    ]) {
      expect([host, (await ask(port, { headers: { host } })).status]).toEqual([host, 200]);
    }
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'sms.example',
      'sms.example:9002',
      '127.0.0.1',
      'localhost:1',
    ]) {
      expect([host, (await ask(port, { headers: { host } })).status]).toEqual([host, 403]);
    }
    expect(refused[0]).toMatchObject({ account: '0000123456-00001', bodyStart: '' });
    expect(received).toHaveLength(5);
  });

  it('proves itself to a nonce of its own, at a host of its own', async () => {
    const port = await start();
    const mine = await ask(port, { method: 'GET', path: '/proof/ours-0123456789ab' });
    expect(mine).toMatchObject({ status: 200, body: 'signed-ours-0123456789ab' });
    expect(mine.headers['content-type']).toBe('text/plain');
    for (const at of [
      '/proof/theirs-0123456789ab',
      '/proof/ours',
      '/proof/ours-0123456789/ab',
      `/proof/ours${'a'.repeat(200)}`,
    ]) {
      expect((await ask(port, { method: 'GET', path: at })).status).toBe(404);
    }
    const elsewhere = { method: 'GET', path: '/proof/ours-0123456789ab', headers: { host: 'evil.example' } };
    expect((await ask(port, elsewhere)).status).toBe(404);
  });

  it('listens on loopback only', async () => {
    const port = await start();
    const other = createServer().listen(port, '127.0.0.2');
    await once(other, 'listening');
    other.close();
    await once(other, 'close');
  });
});

describe('the form of a request', () => {
  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/jsonx', 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON;charset="UTF-8"', 200],
  ])('%s → %i', async (type, status) => {
    const port = await start();
    expect((await ask(port, { headers: { 'content-type': type } })).status).toBe(status);
    if (status === 415) expect(refused).toMatchObject([{ account: '0000123456-00001', bodyStart: text }]);
  });

  it('needs a content type', async () => {
    const port = await start();
    const sent = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 2\r\n\r\n{}`;
    expect(await exchangeRaw(port, sent)).toMatch(/^HTTP\/1.1 415/);
  });

  it('takes nothing compressed', async () => {
    const port = await start();
    const body = gzipSync(text);
    expect((await ask(port, { headers: { 'content-encoding': 'gzip' }, body })).status).toBe(415);
    const layered = head(port, ['Transfer-Encoding: gzip, chunked']);
    expect(await exchangeRaw(port, `${layered}2\r\n{}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 4/);
    expect(received).toEqual([]);
  });

  it('answers 400 to what is not JSON and tells how it began', async () => {
    const port = await start();
    expect((await ask(port, { body: `{"smsMessage":${'x'.repeat(5000)}` })).status).toBe(400);
    expect((await ask(port, { body: '' })).status).toBe(400);
    expect(refused[0]?.bodyStart).toHaveLength(2048);
  });

  it('takes 32 levels of nesting and no more, brackets in a text not counted', async () => {
    const port = await start();
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect((await ask(port, { body: nested(32) })).status).toBe(200);
    expect((await ask(port, { body: nested(33) })).status).toBe(400);
    expect((await ask(port, { body: JSON.stringify({ smsMessage: `"\\${'[{'.repeat(500)}` }) })).status).toBe(200);
    expect((await ask(port, { body: '['.repeat(60_000) })).status).toBe(400);
  });

  it('takes 64 KiB and no more, declared or not', async () => {
    const port = await start();
    const sized = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));
    expect((await ask(port, { body: sized(65_536) })).status).toBe(200);
    expect((await ask(port, { body: sized(65_537) })).status).toBe(413);
    const headers = { 'transfer-encoding': 'chunked' };
    expect((await ask(port, { headers, body: sized(65_537) })).status).toBe(413);
    expect((await ask(port, { headers, body: sized(900_000) })).status).toBe(413);
    expect(refused.map((one) => one.bodyStart.length)).toEqual([2048, 2048, 2048]);
    expect(received).toHaveLength(1);
  });

  it('does not ask for a body that it would refuse', async () => {
    const port = await start();
    const answer = await exchangeRaw(port, head(port, ['Content-Length: 99999999', 'Expect: 100-continue']));
    expect(answer).toMatch(/^HTTP\/1.1 413/);
  });

  it('stops reading a body without end', async () => {
    const port = await start();
    const raw = await openRawSocket(port);
    raw.send(head(port, ['Transfer-Encoding: chunked']));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 0x20), Buffer.from('\r\n')]);
    const pump = (): void => {
      while (!raw.socket.destroyed && raw.socket.write(chunk));
    };
    raw.socket.on('drain', pump);
    pump();
    await raw.ended();
    expect(raw.socket.bytesWritten).toBeLessThan(32 * 1024 * 1024);
    expect(received).toEqual([]);
  });
});

describe('requests that no client would make', () => {
  const body = `5\r\nhello\r\n0\r\n\r\n`;
  const shapes: readonly (readonly [string, (port: number) => string])[] = [
    ['length and chunks', (port) => `${head(port, ['Content-Length: 5', 'Transfer-Encoding: chunked'])}${body}`],
    ['chunks and length', (port) => `${head(port, ['Transfer-Encoding: chunked', 'Content-Length: 5'])}${body}`],
    ['two lengths', (port) => `${head(port, ['Content-Length: 2', 'Content-Length: 4'])}{}{}`],
    ['a length with a sign', (port) => `${head(port, ['Content-Length: +2'])}{}`],
    ['a negative length', (port) => `${head(port, ['Content-Length: -2'])}{}`],
    ['an unknown transfer', (port) => `${head(port, ['Transfer-Encoding: xchunked'])}${body}`],
    ['chunked twice', (port) => `${head(port, ['Transfer-Encoding: chunked, chunked'])}${body}`],
    ['a space before the colon', (port) => `${head(port, ['Transfer-Encoding : chunked'])}${body}`],
    ['a folded line', (port) => `${head(port, ['X-A: b\r\n c: d', 'Content-Length: 2'])}{}`],
    ['a bare line feed', (port) => head(port, ['Content-Length: 2']).replaceAll('\r\n', '\n')],
    ['a chunk size that is none', (port) => `${head(port, ['Transfer-Encoding: chunked'])}zz\r\n{}\r\n0\r\n\r\n`],
    ['a huge chunk size', (port) => `${head(port, ['Transfer-Encoding: chunked'])}${'f'.repeat(20)}\r\n{}`],
    ['two hosts', (port) => `${head(port, ['Host: evil.example', 'Content-Length: 2'])}{}`],
    ['no host', () => `POST ${path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`],
    [
      'no host, HTTP/1.0',
      () => `POST ${path} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    ],
    ['a null byte in a header', (port) => `${head(port, ['X-A: \0', 'Content-Length: 2'])}{}`],
    ['an HTTP/2 preface', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a header of 20 KiB', (port) => head(port, [`X-A: ${'a'.repeat(20_480)}`])],
    ['an address of 20 KiB', () => `GET /${'a'.repeat(20_480)} HTTP/1.1\r\n\r\n`],
    ['another expectation', (port) => `${head(port, ['Expect: tea', 'Content-Length: 2'])}{}`],
    ['a WebSocket', (port) => `${head(port, ['Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 2'])}{}`],
    ['a tunnel', () => 'CONNECT 10.0.0.1:22 HTTP/1.1\r\nHost: 10.0.0.1:22\r\n\r\n'],
    ['an address with its scheme', (port) => head(port).replace(path, `http://127.0.0.1:${port}${path}`)],
  ];

  it.each(shapes)('refuses %s and stores nothing', async (_name, shape) => {
    const port = await start();
    const smuggled = `GET /proof/ours-0123456789ab HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const answer = await exchangeRaw(port, Buffer.from(shape(port) + smuggled, 'latin1'));
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect(answer).not.toContain('signed-');
    expect(answer).not.toMatch(/\b(?:101 Switching|200 OK)\b/);
    expect(received).toEqual([]);
    expect((await ask(port)).status).toBe(200);
  });
});

describe('floods', () => {
  it('ends a header that does not come to its end in time, and a body too', async () => {
    const port = await start({ headersMs: 150, requestMs: 300 });
    const silent = await openRawSocket(port);
    const slowHeader = await openRawSocket(port);
    slowHeader.send(`POST ${path} HTTP/1.1\r\nX-A:`);
    const slowBody = await openRawSocket(port);
    slowBody.send(`${head(port, ['Content-Length: 10'])}{`);
    await Promise.all([silent.ended(), slowHeader.ended(), slowBody.ended()]);
    expect(slowBody.received()).toMatch(/^(HTTP\/1.1 408|$)/);
    expect(received).toEqual([]);
  });

  it('answers callbacks, old connections and new, while strangers hold all the connections they can get', async () => {
    const port = await start({ connections: 128 });
    const agent = keepAlive(4);
    const good = (): Promise<Answer[]> => Promise.all(Array.from({ length: 40 }, () => ask(port, { agent })));
    await good();
    const strangers: RawSocket[] = [];
    for (let index = 0; index < 600; index += 1) {
      const stranger = await openRawSocket(port);
      stranger.send(`POST ${path} HTTP/1.1\r\nX-${index}: `);
      strangers.push(stranger);
      if (index % 100 === 99) {
        expect((await good()).every((answer) => answer.status === 200)).toBe(true);
        expect((await ask(port)).status).toBe(200);
      }
    }
    await vi.waitFor(() => expect(strangers.filter((one) => !one.socket.destroyed).length).toBeLessThanOrEqual(128));
    for (const stranger of strangers) stranger.socket.destroy();
    expect(answers).toHaveLength(40 * 7 + 6);
  });

  it('does not end a connection that is owed an answer, however many strangers come', async () => {
    const held: (() => void)[] = [];
    respond = () => new Promise((resolve) => held.push(() => resolve({ status: 200 })));
    const port = await start({ connections: 8 });
    const waiting = Array.from({ length: 8 }, () => ask(port));
    await vi.waitFor(() => expect(held).toHaveLength(8));
    expect(await exchangeRaw(port, head(port))).toBe('');
    for (const release of held) release();
    expect((await Promise.all(waiting)).map((answer) => answer.status)).toEqual(Array.from({ length: 8 }, () => 200));
  });
});

describe('opening and closing', () => {
  it('says that the port is in use', async () => {
    const port = await start();
    const again = await createCallbackListener(clock).open(
      { port, routes: () => [], hosts: () => [], proof: () => null },
      { receive: async () => ({ status: 200 }), refused: () => undefined },
    );
    expect(again).toMatchObject({ ok: false, error: { kind: 'port-in-use' } });
  });

  it('finishes what it accepted, takes nothing new, and frees the port', async () => {
    const held: (() => void)[] = [];
    respond = () => new Promise((resolve) => held.push(() => resolve({ status: 200 })));
    const port = await start();
    const agent = keepAlive(1);
    const idle = await openRawSocket(port);
    const answer = ask(port, { agent });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const closed = open?.close(5_000);
    await idle.ended();
    await expect(ask(port)).rejects.toThrow(/ECONNREFUSED/);
    held[0]?.();
    expect(await answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await closed;
  });

  it('waits no longer than it is told to', async () => {
    respond = () => new Promise(() => undefined);
    const port = await start();
    const lost = expect(ask(port)).rejects.toThrow(/hang up|ECONNRESET/);
    await vi.waitFor(() => expect(received).toHaveLength(1));
    const closed = open?.close(2_000);
    await clock.advance(2_000);
    await closed;
    await lost;
  });
});
