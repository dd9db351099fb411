import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../main/adapters/probe.ts';

/** A certificate of its own making and its key: worth nothing anywhere. */
const selfSigned = readFileSync(new URL('../fixtures/tls/self-signed.pem', import.meta.url));
let closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

async function answering(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer(answer))}/proof/x`;
}

describe('a probe', () => {
  it('brings back what the listener answers, and keeps no connection', async () => {
    const url = await answering((request, response) => response.end(`${request.method} ${request.headers.connection}`));
    expect(await createProbe().fetch(url)).toEqual({ ok: true, value: 'GET close' });
  });

  it.each([
    [301, /does not follow/],
    [404, /Something else/],
    [403, /in front of this app/],
    [502, /tunnel is up/],
    [418, /status 418/],
  ])('tells what to do about the status %i', async (status, message) => {
    const url = await answering((_request, response) => {
      response.writeHead(status, { Location: '/elsewhere' });
      response.end('a page');
    });
    expect(await createProbe().fetch(url)).toEqual({
      ok: false,
      error: { hop: 'proxy-answer', message: expect.stringMatching(message) },
    });
  });

  it('reads no page to its end', async () => {
    const url = await answering((_request, response) => void response.end('x'.repeat(5_000)));
    expect(await createProbe().fetch(url)).toMatchObject({ ok: false, error: { hop: 'proxy-answer' } });
  });

  it('names DNS when there is no such name', async () => {
    expect(await createProbe().fetch('https://no-such-name.invalid/proof/x')).toMatchObject({
      ok: false,
      error: { hop: 'dns', message: expect.stringContaining('no-such-name.invalid') },
    });
  });

  it('names the connection when nothing listens, or there is no address', async () => {
    const server = createServer();
    const port = await listen(server);
    await closers.pop()?.();
    expect(await createProbe().fetch(`http://127.0.0.1:${port}/`)).toMatchObject({ error: { hop: 'connect' } });
    expect(await createProbe().fetch('ftp://x.example')).toMatchObject({ error: { hop: 'connect' } });
    expect(await createProbe().fetch('nonsense')).toMatchObject({ error: { hop: 'connect' } });
  });

  it('names TLS when a certificate is of its own making, or there is none', async () => {
    const signed = await listen(
      createHttpsServer({ key: selfSigned, cert: selfSigned }, (_request, response) => response.end('ok')),
    );
    const plain = await listen(createHttpServer());
    for (const port of [signed, plain]) {
      expect(await createProbe().fetch(`https://127.0.0.1:${port}/`)).toMatchObject({ error: { hop: 'tls' } });
    }
  });

  it('names the proxy when it hangs up without an answer, or in the middle of one', async () => {
    const silent = await listen(createServer((socket) => socket.once('data', () => socket.destroy())));
    const brief = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'))),
    );
    for (const port of [silent, brief]) {
      expect(await createProbe().fetch(`http://127.0.0.1:${port}/`)).toMatchObject({ error: { hop: 'proxy-answer' } });
    }
  });

  it('gives up in time, and says what it waited for', async () => {
    const server = createServer((socket) => closers.unshift(async () => socket.destroy()));
    const port = await listen(server);
    const probe = createProbe({}, { timeoutMs: 100 });
    const timeout = (message: RegExp) => ({ error: { hop: 'timeout', message: expect.stringMatching(message) } });
    expect(await probe.fetch(`http://127.0.0.1:${port}/`)).toMatchObject(timeout(/waiting for an answer/));
    expect(await probe.fetch(`https://127.0.0.1:${port}/`)).toMatchObject(timeout(/encryption/));
  });
});
