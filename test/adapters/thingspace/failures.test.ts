import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../main/adapters/clock.ts';
import { createThingSpaceApi } from '../../../main/adapters/thingspace/client.ts';
import type { CallFailure, ThingSpaceApi } from '../../../main/core/ports.ts';
import { createSecret } from '../../../main/core/secret.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { selfSigned } from './certificate.ts';
import { account, credentials, type Given, serve, tokens } from './service.ts';

function failureIn(result: Result<unknown, CallFailure>): CallFailure {
  if (result.ok) throw new Error('it did not fail');
  return result.error;
}

async function startFails(given: Given): Promise<CallFailure> {
  const service = await serve(given);
  return failureIn(await service.api.startCallbacks(tokens, account));
}

const fault = (code: string | number, message = 'Invalid Credentials') => ({
  fault: { code, message, description: 'Access failure for API: /m2m/v1' },
});
const xml = (code: string) =>
  `<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>${code}</am:code><am:type>Status report</am:type><am:message>Not Found</am:message><am:description>The requested resource is not available.</am:description></am:fault>`;

describe('a refusal by ThingSpace', () => {
  it('400 with errorCode and errorMessage is kept', async () => {
    const failure = await startFails({
      status: 400,
      body: { errorCode: 'UnifiedWebService.REQUEST_FAILED.Something', errorMessage: 'Do it differently.' },
    });
    expect(failure).toMatchObject({
      kind: 'refused',
      status: 400,
      errorCode: 'UnifiedWebService.REQUEST_FAILED.Something',
      errorMessage: 'Do it differently.',
    });
  });

  it('is known by its shape, whatever the status', async () => {
    const body = { errorCode: 'DeviceService.REQUEST_FAILED.AccountName', errorMessage: null };
    for (const status of [200, 400, 401, 403]) {
      expect(await startFails({ status, body })).toMatchObject({ kind: 'refused', status, errorMessage: null });
    }
  });

  it.each([
    ['REQUEST_FAILED.AccountNotFound', /knows no account named 0000123456-00001\. .*leading zeros/],
    ['UnifiedWebService.REQUEST_FAILED.AccountNotFound', /leading zeros/],
    ['OtherService.REQUEST_FAILED.AccountName', /may not use the account 0000123456-00001/],
    ['UnifiedWebService.INPUT_INVALID.SmsMessage.TooLong', /too long/],
    ['UnifiedWebService.INPUT_INVALID.Request.InvalidCharacter', /apostrophes/],
    ['UnifiedWebService.DeserializationFailed', /could not read the request/],
    ['NewService.REQUEST_FAILED.Unheard', /stands below/],
  ])('%s has a sentence that helps', async (errorCode, sentence) => {
    const failure = await startFails({ status: 400, body: { errorCode, errorMessage: 'x' } });
    expect(failure.kind === 'refused' && failure.message).toMatch(sentence);
  });

  it('for an unexpected error may pass', async () => {
    const body = { errorCode: 'UnifiedWebService.REQUEST_FAILED.UnexpectedError', errorMessage: 'x' };
    expect(await startFails({ status: 400, body })).toMatchObject({ kind: 'unavailable' });
  });

  it('cannot steer a terminal, fill it, or repeat our secrets', async () => {
    const failure = await startFails({
      status: 400,
      body: {
        errorCode: 'X.\u001b[2J\u202e\u0085',
        errorMessage: `token ${tokens.bearer.reveal()} ${'long '.repeat(1000)}`,
      },
    });
    if (failure.kind === 'stale') throw new Error('stale');
    expect(failure.errorCode).toBe('X.\\u001b[2J\\u202e\\u0085');
    expect(failure.errorMessage).toMatch(/^token «hidden» long/);
    expect(failure.errorMessage?.length).toBeLessThan(520);
  });
});

describe('a token that ThingSpace does not accept', () => {
  it.each([
    ['fault 900901', 401, fault('900901'), 'bearer'],
    ['fault 900902', 401, fault('900902'), 'bearer'],
    ['fault 900901 as a number', 401, fault(900901), 'bearer'],
    ['fault 900901 under another status', 403, fault('900901'), 'bearer'],
    ['an XML fault 900901', 401, xml('900901'), 'bearer'],
    ['SessionToken.Expired', 400, { errorCode: 'UnifiedWebService.REQUEST_FAILED.SessionToken.Expired' }, 'session'],
    ['SessionToken.Invalid', 400, { errorCode: 'UnifiedWebService.INPUT_INVALID.SessionToken.Invalid' }, 'session'],
    ['SessionToken.Format without a service', 400, { errorCode: 'REQUEST_FAILED.SessionToken.Format' }, 'session'],
    ['SessionToken.Expired under status 401', 401, { errorCode: 'X.REQUEST_FAILED.SessionToken.Expired' }, 'session'],
    ['a bare 401', 401, undefined, 'both'],
    ['a 401 with a web page', 401, '<html>no</html>', 'both'],
  ])('is told by %s', async (_what, status, body, stale) => {
    expect(await startFails({ status, body })).toMatchObject({ kind: 'stale', stale, failure: { status } });
  });
});

describe('an answer that is none', () => {
  it.each<readonly [string, Given, string]>([
    ['a gateway fault 900906', { status: 400, body: fault('900906') }, 'not-found'],
    ['an XML 404', { status: 404, body: xml('404') }, 'not-found'],
    ['an HTML 404', { status: 404, body: '<html>404</html>' }, 'not-found'],
    ['an XML 403', { status: 403, body: xml('404') }, 'refused'],
    ['a bare 403', { status: 403 }, 'refused'],
    ['an HTML 502', { status: 502, body: '<html>Bad gateway</html>' }, 'unavailable'],
    ['a fault 503', { status: 503, body: fault('101503', 'Error connecting to the back end') }, 'unavailable'],
    ['a throttling fault', { status: 403, body: fault('900803', 'Message throttled out') }, 'rate-limited'],
    ['a web page with status 200', { body: '<html>Sign in to the hotel</html>' }, 'unreadable'],
    ['half of a JSON text', { body: '{"success":tr' }, 'unreadable'],
    ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, 'unreadable'],
    ['a list', { body: [true] }, 'unreadable'],
  ])('%s is a failure in words', async (_what, given, kind) => {
    const failure = await startFails(given);
    expect(failure.kind).toBe(kind);
    expect(failure.kind !== 'stale' && failure.message).toMatch(/^[A-Z].{30,}\.$/);
  });

  it('keeps what an XML fault says', async () => {
    expect(await startFails({ status: 404, body: xml('404') })).toMatchObject({
      errorCode: '404',
      errorMessage: 'Not Found: The requested resource is not available.',
    });
  });

  it('is not read beyond the size limit', async () => {
    const service = await serve({ body: `"${'x'.repeat(200_000)}"` }, { maximumBytes: 100_000 });
    expect(await service.api.startCallbacks(tokens, account)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', message: expect.stringContaining('larger') },
    });
  });
});

describe('a redirect', () => {
  it('is never followed with credentials', async () => {
    const stranger = await serve({ body: { success: true } });
    for (const status of [301, 302, 303, 307, 308]) {
      const service = await serve({ status, headers: { Location: `${stranger.apiBase}/take` } });
      expect(await service.api.startCallbacks(tokens, account)).toMatchObject({
        ok: false,
        error: { kind: 'unreadable', status },
      });
      expect((await service.api.requestToken(credentials)).ok).toBe(false);
      expect((await service.api.login(credentials, tokens.bearer)).ok).toBe(false);
    }
    expect(stranger.seen).toHaveLength(0);
  });
});

describe('being asked to wait', () => {
  it.each([
    ['seconds', 429, '7', 'rate-limited', 7000],
    ['a date', 429, 'Mon, 23 Nov 2026 15:01:00 GMT', 'rate-limited', 60_000],
    ['a date that is over', 429, 'Mon, 23 Nov 2026 14:00:00 GMT', 'rate-limited', 0],
    ['a hundred years', 503, '3155760000', 'unavailable', 24 * 3_600_000],
    ['nonsense', 429, 'later', 'rate-limited', null],
    ['a 408', 408, '3', 'timeout', 3000],
  ])('by %s is told in milliseconds', async (_what, status, header, kind, retryAfterMs) => {
    const headers = { 'Retry-After': header, Date: 'Mon, 23 Nov 2026 15:00:00 GMT' };
    expect(await startFails({ status, headers })).toMatchObject({ kind, retryAfterMs });
  });
});

describe('the token request', () => {
  const refusing = async (given: Given) => {
    const service = await serve(given);
    return service.api.requestToken(credentials);
  };

  it.each<readonly [string, Given]>([
    ['invalid_client', { status: 401, body: { error: 'invalid_client', error_description: 'no' } }],
    ['unauthorized_client with 400', { status: 400, body: { error: 'unauthorized_client' } }],
    ['fault 900901', { status: 401, body: fault('900901') }],
    ['a bare 401', { status: 401 }],
  ])('is refused for good by %s', async (_what, given) => {
    expect(await refusing(given)).toMatchObject({
      ok: false,
      error: { kind: 'sign-in-refused', status: given.status },
    });
  });

  it.each<readonly [string, Given, string]>([
    ['invalid_request', { status: 400, body: { error: 'invalid_request', error_description: 'grant' } }, 'refused'],
    ['503', { status: 503 }, 'unavailable'],
    ['429', { status: 429 }, 'rate-limited'],
    ['an XML 404', { status: 404, body: xml('404') }, 'not-found'],
    ['a web page', { body: '<html></html>' }, 'unreadable'],
    ['no token', { body: { token_type: 'Bearer' } }, 'unreadable'],
  ])('fails otherwise by %s', async (_what, given, kind) => {
    expect(await refusing(given)).toMatchObject({ ok: false, error: { kind } });
  });

  it('does not repeat the secret that the service echoes', async () => {
    const basic = Buffer.from(`${credentials.appKey.reveal()}:${credentials.appSecret.reveal()}`).toString('base64');
    const answer = await refusing({
      status: 401,
      body: { error: 'invalid_client', error_description: `bad ${basic} ${credentials.appSecret.reveal()}` },
    });
    expect(answer).toMatchObject({ error: { errorCode: 'invalid_client', errorMessage: 'bad «hidden» «hidden»' } });
  });
});

describe('the login', () => {
  const refusing = async (given: Given) => {
    const service = await serve(given);
    return service.api.login(credentials, tokens.bearer);
  };

  it.each<readonly [string, Given]>([
    ['a coded 400', { status: 400, body: { errorCode: 'UnifiedWebService.INPUT_INVALID.Password.Invalid' } }],
    ['a code never heard of', { status: 400, body: { errorCode: 'UnifiedWebService.REQUEST_FAILED.Locked' } }],
    ['a bare 401', { status: 401 }],
    ['a bare 403', { status: 403 }],
    ['a 400 with a web page', { status: 400, body: '<html></html>' }],
    ['INPUT_INVALID under status 500', { status: 500, body: { errorCode: 'X.INPUT_INVALID.Password.Invalid' } }],
    ['an errorCode under status 200', { status: 200, body: { errorCode: 'X.INPUT_INVALID.Password.Invalid' } }],
  ])('is refused by %s', async (_what, given) => {
    expect(await refusing(given)).toMatchObject({
      ok: false,
      error: { kind: 'sign-in-refused', status: given.status },
    });
  });

  it.each<readonly [string, Given, string]>([
    ['a gateway fault', { status: 401, body: fault('900901') }, 'stale'],
    ['an XML fault', { status: 404, body: xml('404') }, 'not-found'],
    ['503', { status: 503 }, 'unavailable'],
    ['429', { status: 429 }, 'rate-limited'],
    ['a redirect', { status: 302, headers: { Location: '/' } }, 'unreadable'],
    ['a web page', { body: '<html></html>' }, 'unreadable'],
    ['no session', { body: {} }, 'unreadable'],
  ])('is not refused, but fails, by %s', async (_what, given, kind) => {
    expect(await refusing(given)).toMatchObject({ ok: false, error: { kind } });
  });

  it('does not repeat the password that the service echoes', async () => {
    const answer = await refusing({
      status: 400,
      body: { errorCode: 'X.INPUT_INVALID.Password.Invalid', errorMessage: 'IMgr8 is wrong' },
    });
    expect(answer).toMatchObject({ error: { errorMessage: '«hidden» is wrong' } });
  });
});

/** A server that does with each connection what the test says. */
async function serveSockets(connected: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function clientOf(apiBase: string, clock = createClock()): ThingSpaceApi {
  const api = createThingSpaceApi({ apiBase, clock, timeoutMs: 30_000 });
  onTestFinished(() => api.close());
  return api;
}

describe('no answer', () => {
  it('is a timeout when the service stays silent', async () => {
    const clock = createFakeClock();
    const arrived = Promise.withResolvers<void>();
    const port = await serveSockets(() => arrived.resolve());
    const asked = clientOf(`http://127.0.0.1:${port}`, clock).startCallbacks(tokens, account);
    await arrived.promise;
    await clock.advance(30_000);
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    expect(clock.waiting()).toBe(0);
  });

  it('is a timeout when the service stops in the middle', async () => {
    const clock = createFakeClock();
    const sent = Promise.withResolvers<void>();
    const port = await serveSockets((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"success"', () => sent.resolve());
    });
    const asked = clientOf(`http://127.0.0.1:${port}`, clock).startCallbacks(tokens, account);
    await sent.promise;
    await clock.advance(30_000);
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'timeout' } });
  });

  it.each([
    ['before the answer', ''],
    ['inside the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"success"'],
    ['inside its head', 'HTTP/1.1 200 O'],
  ])('is a network failure when the connection ends %s', async (_when, start) => {
    const port = await serveSockets((socket) => void socket.once('data', () => socket.end(start)));
    expect(await clientOf(`http://127.0.0.1:${port}`).startCallbacks(tokens, account)).toMatchObject({
      ok: false,
      error: { kind: 'network' },
    });
  });

  it('is a network failure when the connection is reset', async () => {
    const port = await serveSockets((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    const answer = await clientOf(`http://127.0.0.1:${port}`).startCallbacks(tokens, account);
    expect(answer).toMatchObject({ error: { kind: 'network', message: expect.stringContaining('broke off') } });
  });

  it('is a network failure when what comes is not HTTP', async () => {
    const port = await serveSockets((socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9\r\n')));
    expect(await clientOf(`http://127.0.0.1:${port}`).startCallbacks(tokens, account)).toMatchObject({
      error: { kind: 'network' },
    });
  });

  it('is a network failure when nothing listens there', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await clientOf(`http://127.0.0.1:${port}`).startCallbacks(tokens, account)).toMatchObject({
      error: { kind: 'network', message: expect.stringContaining('refused the connection') },
    });
  });

  it('is a network failure when the name is not known', async () => {
    const answer = await clientOf('https://thingspace.invalid').startCallbacks(tokens, account);
    expect(answer).toMatchObject({
      error: { kind: 'network', message: expect.stringContaining('thingspace.invalid') },
    });
  });

  it('is a network failure in words when there is no TLS', async () => {
    const port = await serveSockets((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')));
    const answer = await clientOf(`https://127.0.0.1:${port}`).startCallbacks(tokens, account);
    expect(answer).toMatchObject({ error: { kind: 'network', message: expect.stringContaining('secure connection') } });
  });
});

it('a certificate that cannot be trusted is told in words, and nothing is sent', async () => {
  let requests = 0;
  const server = createHttpsServer(selfSigned, (_request, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await clientOf(`https://127.0.0.1:${port}`).requestToken(credentials)).toMatchObject({
    ok: false,
    error: { kind: 'network', message: expect.stringMatching(/certificate is self-signed.*Nothing secret was sent/) },
  });
  expect(requests).toBe(0);
});

describe('closing', () => {
  it('ends what is under way and sends nothing more', async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await serveSockets(() => arrived.resolve());
    const api = clientOf(`http://127.0.0.1:${port}`);
    const asked = api.startCallbacks(tokens, account);
    await arrived.promise;
    api.close();
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(await api.history(tokens, account, null)).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });
});

it('a password never shows in a failure', async () => {
  const service = await serve({ status: 400, body: { errorCode: 'X.Y.Z', errorMessage: 'url x password p4ssw0rd!' } });
  const given = { url: 'https://x.example', username: 'u', password: createSecret('p4ssw0rd!') };
  const answer = await service.api.registerCallback(tokens, account, given);
  expect(JSON.stringify(answer)).not.toContain('p4ssw0rd!');
});
