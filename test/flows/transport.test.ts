import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { credentialsOf, runCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'tls');
/** A certificate of the authority below for thingspace.test, a name that no name server knows: only the proxy does. */
const certificate = readFileSync(join(fixtures, 'thingspace-test.pem'));
const authority = join(fixtures, 'authority.pem');
const apiBase = 'https://thingspace.test';
const proxyPassword = 'pr0xyPassw0rd';

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** The simulator behind TLS. */
async function serveTls(
  simulator: Simulator,
  maxVersion: 'TLSv1.1' | 'TLSv1.3' = 'TLSv1.3',
  shown: Buffer = certificate,
): Promise<number> {
  const old = maxVersion === 'TLSv1.1' ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {};
  const server = createHttpsServer({ key: shown, cert: shown, maxVersion, ...old }, (request, response) => {
    const passed = httpRequest(simulator.origin + (request.url ?? ''), {
      method: request.method,
      headers: request.headers,
    });
    passed.on('response', (given) => {
      response.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(response);
    });
    request.pipe(passed);
  });
  return listening(server);
}

interface Proxy {
  readonly url: string;
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[];
  /** All that went through it, as an eavesdropper has it. */
  readonly bytes: Buffer[];
}

/** A proxy as companies have them: it wants a user name and a password, and knows where thingspace.test is. */
async function serveProxy(tlsPort: number): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  const bytes: Buffer[] = [];
  const server = createHttpServer((_request, response) => response.writeHead(403).end());
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (request.headers['proxy-authorization'] !== `Basic ${btoa(`me:${proxyPassword}`)}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const target = connect(tlsPort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        bytes.push(chunk);
        to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  return { url: `http://me:${proxyPassword}@127.0.0.1:${await listening(server)}`, asked, bytes };
}

async function start(simulator: Simulator, environment: NodeJS.ProcessEnv, base: string = apiBase) {
  const { code, command } = await runCommand(['start', '--account', account], {
    dataDirectory: freshFolder(),
    apiBase: base,
    environment: { ...credentialsOf(simulator), ...environment },
  });
  expect(command.err()).not.toContain(proxyPassword);
  return { code, out: command.out, err: command.err() };
}

describe('ThingSpace through a proxy that wants a password', () => {
  test.each([
    ['Node’s extra authorities', { NODE_EXTRA_CA_CERTS: authority }],
    ['those of the system', { SSL_CERT_FILE: authority }],
  ])('is reached over TLS that only the proxy can reach, trusted by %s', async (_name, trust) => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator));
    const ran = await start(simulator, { ...trust, HTTPS_PROXY: proxy.url });
    expect(ran).toMatchObject({ code: 0, out: ['{"success":true}'], err: '' });
    expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['thingspace.test:443']));
    const seen = Buffer.concat(proxy.bytes);
    for (const secret of Object.values(simulator.credentials)) expect(seen.includes(secret)).toBe(false);
  });

  test('says that the proxy refuses, without its password', async () => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator));
    const wrong = proxy.url.replace(proxyPassword, `${proxyPassword}x`);
    const ran = await start(simulator, { NODE_EXTRA_CA_CERTS: authority, https_proxy: wrong });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('proxy of this network') });
    expect(proxy.bytes).toEqual([]);
  });

  test('is not asked for the hosts of NO_PROXY', async () => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator));
    const ran = await start(simulator, { HTTPS_PROXY: proxy.url, NO_PROXY: 'a.example,thingspace.test' });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('thingspace.test') });
    expect(proxy.asked).toEqual([]);
  });

  test('that is no URL is wrong usage, and what it holds is not shown', async () => {
    const simulator = await freshSimulator();
    const ran = await start(simulator, { HTTPS_PROXY: `me:${proxyPassword}@proxy` });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('HTTPS_PROXY') });
  });
});

describe('TLS', () => {
  test('of an authority that nobody vouches for is refused, also when checking is switched off', async () => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator));
    const ran = await start(simulator, { HTTPS_PROXY: proxy.url, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringMatching(/could not be trusted.*Nothing secret was sent/s),
    });
    expect(simulator.requests()).toEqual([]);
  });

  test('of a certificate that has expired is refused, and the clock is named', async () => {
    const simulator = await freshSimulator();
    const expired = readFileSync(join(fixtures, 'expired.pem'));
    const proxy = await serveProxy(await serveTls(simulator, 'TLSv1.3', expired));
    const trust = { NODE_EXTRA_CA_CERTS: join(fixtures, 'expired-authority.pem') };
    const ran = await start(simulator, { HTTPS_PROXY: proxy.url, ...trust });
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/has expired.*check date and time/s) });
    expect(simulator.requests()).toEqual([]);
  });

  test('of a certificate for another host is refused', async () => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator));
    const trust = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority };
    const ran = await start(simulator, trust, 'https://another.test');
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('certificate is for another host') });
    expect(simulator.requests()).toEqual([]);
  });

  test('older than 1.2 is refused, also when Node is told to take it', async () => {
    const simulator = await freshSimulator();
    const proxy = await serveProxy(await serveTls(simulator, 'TLSv1.1'));
    const ran = await start(simulator, {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authority,
      NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0',
    });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('secure connection') });
    expect(simulator.requests()).toEqual([]);
  });
});
