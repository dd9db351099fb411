import { describe, expect, it } from 'vitest';
import type { OutgoingText, ThingSpaceApi } from '../../../main/core/ports.ts';
import { createSecret } from '../../../main/core/secret.ts';
import { account, credentials, onlyRequest, serve, tokens } from './service.ts';

const registration = { url: 'https://x.example/cb', username: 'ours', password: createSecret('listener-password') };

const plain: OutgoingText = {
  account,
  to: { id: '0012345678', kind: 'mdn' },
  text: 'status?',
  encoding: '7-bit',
  timeToLiveSeconds: null,
};

const calls: readonly (readonly [string, string, string, (api: ThingSpaceApi) => Promise<unknown>])[] = [
  ['listCallbacks', 'GET', `/api/m2m/v1/callbacks/${account}`, (api) => api.listCallbacks(tokens, account)],
  [
    'registerCallback',
    'POST',
    `/api/m2m/v1/callbacks/${account}`,
    (api) => api.registerCallback(tokens, account, registration),
  ],
  [
    'deregisterCallback',
    'DELETE',
    `/api/m2m/v1/callbacks/${account}/name/EnhancedConnectivityService`,
    (api) => api.deregisterCallback(tokens, account),
  ],
  ['startCallbacks', 'PUT', `/api/m2m/v1/sms/${account}/startCallbacks`, (api) => api.startCallbacks(tokens, account)],
  ['history', 'GET', `/api/m2m/v1/sms/${account}/history`, (api) => api.history(tokens, account, null)],
  [
    'send',
    'POST',
    '/api/m2m/v1/sms',
    (api) => api.send(tokens, { ...plain, to: { id: '7022895555', kind: 'mdn' }, text: 'hello' }),
  ],
  [
    'requestStatus',
    'GET',
    `/api/m2m/v1/accounts/${account}/requests/r/status`,
    (api) => api.requestStatus(tokens, account, 'r'),
  ],
  ['account', 'GET', `/api/m2m/v1/accounts/${account}`, (api) => api.account(tokens, account)],
  ['devices', 'POST', '/api/m2m/v1/devices/actions/list', (api) => api.devices(tokens, account, null)],
];

function namesOf(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
}

describe.each(calls)('%s', (_name, method, path, ask) => {
  it(`goes to ${method} ${path}`, async () => {
    const service = await serve({ body: {} });
    await ask(service.api);
    expect(onlyRequest(service)).toMatchObject({ method, url: path });
  });

  it('sends the three headers, each once', async () => {
    const service = await serve({ body: {} });
    await ask(service.api);
    const { headers, rawHeaders } = onlyRequest(service);
    expect(headers).toMatchObject({
      authorization: `Bearer ${tokens.bearer.reveal()}`,
      'vz-m2m-token': tokens.session.reveal(),
      'content-type': 'application/json',
    });
    const names = namesOf(rawHeaders);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is asked once, even when the service has trouble', async () => {
    const service = await serve({ status: 503 });
    expect(await ask(service.api)).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 503 } });
    expect(service.seen).toHaveLength(1);
  });
});

describe('startCallbacks', () => {
  it('PUT startCallbacks names the account in the path', async () => {
    const service = await serve({ body: { success: true } });
    await service.api.startCallbacks(tokens, '0252012345-00001');
    expect(onlyRequest(service).url).toBe('/api/m2m/v1/sms/0252012345-00001/startCallbacks');
  });

  it('sends no body', async () => {
    const service = await serve({ body: { success: true } });
    await service.api.startCallbacks(tokens, account);
    const { body, headers } = onlyRequest(service);
    expect(body).toBe('');
    expect(headers['content-length']).toBe('0');
    expect(headers['transfer-encoding']).toBeUndefined();
  });

  it.each([
    ['a boolean', { success: true }, true],
    ['a word', { success: 'true' }, true],
    ['false', { success: false }, false],
    ['an empty body', undefined, true],
  ])('reads success as %s', async (_what, body, success) => {
    const service = await serve({ body });
    expect(await service.api.startCallbacks(tokens, account)).toEqual({ ok: true, value: { success } });
  });

  it('does not take another answer for success', async () => {
    const service = await serve({ body: { done: 1 } });
    expect(await service.api.startCallbacks(tokens, account)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable' },
    });
  });
});

describe('account names', () => {
  it.each([
    ['with leading zeros', '0000000001-00001', '0000000001-00001'],
    ['with an underscore', 'Chintan_CPNStaticBulk', 'Chintan_CPNStaticBulk'],
    ['with a slash', 'a/b', 'a%2Fb'],
    ['with a question mark and a hash', 'a?b#c', 'a%3Fb%23c'],
    ['with letters beyond ASCII', 'Zoë', 'Zo%C3%AB'],
  ])('%s are encoded as one part of the path', async (_what, name, part) => {
    const service = await serve({ body: { success: true } });
    await service.api.startCallbacks(tokens, name);
    expect(onlyRequest(service).url).toBe(`/api/m2m/v1/sms/${part}/startCallbacks`);
  });

  it.each(['', '.', '..', '\ud800'])('that no path can hold (%j) are refused without a request', async (name) => {
    const service = await serve({ body: { success: true } });
    expect(await service.api.startCallbacks(tokens, name)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(service.seen).toHaveLength(0);
  });
});

describe('requestToken', () => {
  it('sends key and secret as Basic, and asks for client credentials as a form', async () => {
    const service = await serve({ body: { access_token: 'a1b2', expires_in: 3600 } });
    await service.api.requestToken(credentials);
    const request = onlyRequest(service);
    const basic = Buffer.from(`${credentials.appKey.reveal()}:${credentials.appSecret.reveal()}`).toString('base64');
    expect(request).toMatchObject({
      method: 'POST',
      url: '/api/ts/v1/oauth2/token',
      body: 'grant_type=client_credentials',
    });
    expect(request.headers).toMatchObject({
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it.each([
    ['a number', 1799, 1799],
    ['a string', '1799', 1799],
    ['absent', undefined, 3600],
    ['null', null, 3600],
    ['nonsense', 'soon', 3600],
    ['zero', 0, 3600],
  ])('reads expires_in when it is %s', async (_what, given, expected) => {
    const service = await serve({ body: { access_token: 'a1b2', token_type: 'Bearer', expires_in: given } });
    const token = await service.api.requestToken(credentials);
    expect(token).toMatchObject({ ok: true, value: { expiresInSeconds: expected } });
    expect(token.ok && token.value.bearer.reveal()).toBe('a1b2');
  });

  it.each(['line\nbreak', '', 'Zoë'])('does not take %j, which no header can carry, for a token', async (bad) => {
    const service = await serve({ body: { access_token: bad } });
    expect(await service.api.requestToken(credentials)).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
  });
});

describe('login', () => {
  it('sends user name and password as JSON under the bearer', async () => {
    const service = await serve({ body: { sessionToken: 'bcce3ea6', expiresIn: 1200 } });
    const session = await service.api.login(credentials, tokens.bearer);
    expect(session.ok && session.value.reveal()).toBe('bcce3ea6');
    const request = onlyRequest(service);
    expect(request).toMatchObject({ method: 'POST', url: '/api/m2m/v1/session/login' });
    expect(request.headers).toMatchObject({
      authorization: `Bearer ${tokens.bearer.reveal()}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(request.body)).toEqual({ username: 'zbeeblebrox', password: 'IMgr8' });
  });
});

describe('registerCallback', () => {
  it('names the service under `name`, with URL, user name and password', async () => {
    const service = await serve({ body: { accountName: account, serviceName: 'EnhancedConnectivityService' } });
    expect(await service.api.registerCallback(tokens, account, registration)).toEqual({ ok: true, value: undefined });
    expect(JSON.parse(onlyRequest(service).body)).toEqual({
      name: 'EnhancedConnectivityService',
      url: 'https://x.example/cb',
      username: 'ours',
      password: 'listener-password',
    });
  });

  it('does not take a web page for a registration', async () => {
    const service = await serve({ body: '<html>Welcome to the hotel</html>' });
    expect(await service.api.registerCallback(tokens, account, registration)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable' },
    });
  });
});

describe('send', () => {
  it('keeps a plain text in the default encoding', async () => {
    const service = await serve({ body: { requestId: '595f5c44-c31c-4552-8670-020a1545a84d' } });
    const sent = await service.api.send(tokens, { ...plain, text: 'status?' });
    expect(sent).toEqual({ ok: true, value: { requestId: '595f5c44-c31c-4552-8670-020a1545a84d' } });
    expect(JSON.parse(onlyRequest(service).body)).toEqual({
      accountName: account,
      deviceIds: [{ id: '0012345678', kind: 'mdn' }],
      smsMessage: 'status?',
    });
  });

  it('names any other encoding, and a time to live in the form of SMPP', async () => {
    const service = await serve({ body: { requestId: 'r' } });
    const text = { ...plain, text: 'zażółć', encoding: '8-bit-UTF-8', timeToLiveSeconds: 3600 } as const;
    await service.api.send(tokens, text);
    expect(JSON.parse(onlyRequest(service).body)).toMatchObject({
      smsMessage: 'zażółć',
      dataEncoding: '8-bit-UTF-8',
      timeToLive: '000000010000000R',
    });
  });
});

describe('requestStatus', () => {
  it.each([
    ['Pending', 'Pending'],
    ['Success', 'Success'],
    ['success', 'Success'],
    ['Failure', 'Failure'],
    ['Failed', 'Failure'],
  ])('reads %s', async (status, read) => {
    const service = await serve({ body: { requestId: 'r 1', status } });
    expect(await service.api.requestStatus(tokens, account, 'r 1')).toEqual({ ok: true, value: read });
    expect(onlyRequest(service).url).toBe(`/api/m2m/v1/accounts/${account}/requests/r%201/status`);
  });

  it.each([['..'], ['.'], ['']])('asks for no address that another request id would be: %s', async (requestId) => {
    const service = await serve({ body: { status: 'Success' } });
    expect((await service.api.requestStatus(tokens, account, requestId)).ok).toBe(false);
    expect(service.seen).toEqual([]);
  });
});

describe('history', () => {
  it('sends the token back exactly, whatever is in it', async () => {
    const service = await serve({ body: { messages: [] } });
    await service.api.history(tokens, account, '90071992547409931+/=&next=2');
    const { url } = onlyRequest(service);
    expect(new URL(url, service.apiBase).searchParams.get('next')).toBe('90071992547409931+/=&next=2');
  });
});

describe('devices', () => {
  it('leaves the account out to ask for all, and sends the cursor as a number of any size', async () => {
    const service = await serve({ body: { devices: [], hasMoreData: false } });
    await service.api.devices(tokens, null, '90071992547409931');
    expect(onlyRequest(service).body).toBe('{"maxNumberOfDevices":500,"largestDeviceIdSeen":90071992547409931}');
  });
});
