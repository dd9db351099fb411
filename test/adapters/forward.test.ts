import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../main/adapters/clock.ts';
import { createForwarder, type ForwarderOptions } from '../../main/adapters/forward.ts';
import type { ForwardRequest } from '../../main/core/forward.ts';
import { createSecret } from '../../main/core/secret.ts';
import { signingSecret, startEndpoint } from '../flows/endpoint.ts';

type Lookup = ForwarderOptions['lookup'];

function request(url: string, change: Partial<ForwardRequest> = {}): ForwardRequest {
  return {
    url,
    id: 'abcdef-1',
    body: '{"smsMessage":"hello"}',
    contentType: 'application/json',
    secret: createSecret(signingSecret),
    replay: null,
    anywhere: false,
    ...change,
  };
}

function freshForwarder(options: Partial<ForwarderOptions> = {}) {
  const forwarder = createForwarder(createClock(), options);
  onTestFinished(() => forwarder.close());
  return forwarder;
}

/** A name server that answers each question in turn, and the last one from then on. */
function namesThatBecome(...answers: readonly string[]): Lookup {
  let asked = 0;
  const look = (_host: string, _options: unknown, callback: (error: null, found: unknown) => void): void => {
    const address = answers[Math.min(asked, answers.length - 1)] ?? '';
    asked += 1;
    callback(null, [{ address, family: 4 }]);
  };
  return look as unknown as Lookup;
}

async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a forwarded text', () => {
  test('is signed so that the reference library takes it, at any length', async () => {
    const endpoint = await startEndpoint();
    const forwarder = freshForwarder();
    for (const text of ['', 'ünï 🚚 "quoted"', 'long '.repeat(10_000)]) {
      const body = JSON.stringify({ text });
      expect(await forwarder.post(request(endpoint.url, { body }))).toEqual({ ok: true, value: 204 });
      expect(endpoint.received.at(-1)?.body).toBe(body);
    }
  });

  test('goes to a name that leads to this network, and no further once it leads elsewhere', async () => {
    const endpoint = await startEndpoint();
    const url = endpoint.url.replace('127.0.0.1', 'hooks.example.com');
    const first = freshForwarder({ lookup: namesThatBecome('127.0.0.1') });
    expect(await first.post(request(url))).toMatchObject({ ok: true });
    // A name server that said 127.0.0.1 when it was asked first, and an address outside afterwards.
    const rebound = freshForwarder({ lookup: namesThatBecome('203.0.113.9') });
    for (const anywhere of [false, true]) {
      const refused = await rebound.post(request(url, { anywhere }));
      expect(refused).toMatchObject({ ok: false, error: { kind: 'passing', status: null } });
      expect(JSON.stringify(refused)).toContain('leads outside');
    }
    expect(endpoint.received).toHaveLength(1);
  });

  test('is never sent to a literal address outside, however it is written', async () => {
    const forwarder = freshForwarder();
    for (const url of ['http://203.0.113.9/', 'http://3405803785/', 'http://[2001:db8::1]/', 'http://0xcb.0.0x71.9/'])
      expect(JSON.stringify(await forwarder.post(request(url)))).toContain('leads outside');
  });

  test('follows no redirect', async () => {
    const endpoint = await startEndpoint();
    const url = await startServer((_, response) => void response.writeHead(307, { location: endpoint.url }).end());
    expect(await freshForwarder().post(request(url))).toMatchObject({ error: { kind: 'refused', status: 307 } });
    expect(endpoint.received).toEqual([]);
  });

  test.each([
    [408, 'passing'],
    [425, 'passing'],
    [429, 'passing'],
    [500, 'passing'],
    [503, 'passing'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [410, 'gone'],
  ])('%i is %s, and Retry-After is heard', async (status, kind) => {
    const url = await startServer((_, response) => void response.writeHead(status, { 'retry-after': '7' }).end('no'));
    expect(await freshForwarder().post(request(url))).toMatchObject({ error: { kind, status, retryAfterMs: 7000 } });
  });

  test('waits no longer than it may for an answer, and ends at once when it is closed', async () => {
    const url = await startServer(() => {});
    const slow = await freshForwarder({ timeoutMs: 50 }).post(request(url));
    expect(slow).toMatchObject({ error: { kind: 'passing', message: expect.stringContaining('no answer within') } });
    const forwarder = freshForwarder();
    const pending = forwarder.post(request(url));
    forwarder.close();
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'passing' } });
  });

  test('is taken though the answer never ends, of which no more is read than needed', async () => {
    let written = 0;
    const url = await startServer((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) written += 16_384;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      response.on('close', () => {
        written = -1;
      });
    });
    expect(await freshForwarder().post(request(url))).toEqual({ ok: true, value: 200 });
    await expect.poll(() => written).toBe(-1);
  });

  test('uses one connection for texts that follow one another', async () => {
    let connections = 0;
    const server = createServer((_, response) => void response.writeHead(200).end('ok'));
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const forwarder = freshForwarder();
    for (let index = 0; index < 5; index += 1) {
      await forwarder.post(request(url));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connections).toBe(1);
  });
});
