import { request as requestPlain } from 'node:http';
import { expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { request, signIn } from './client.ts';
import { startListener } from './listener.ts';
import { account, deviceIds, register, scene, simulated } from './simulated.ts';

function control(simulator: Simulator, method: string, path: string, body?: unknown) {
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return request(`${simulator.origin}/simulator${path}`, init);
}

test('the simulator says what a client needs to sign in', async () => {
  const simulator = await simulated();
  const { json } = await control(simulator, 'GET', '');
  expect(json).toMatchObject({ origin: simulator.origin, accounts: [account, 'FIELD_DEMO-A'] });
  expect(json.credentials).toEqual(simulator.credentials);
  expect(json.devices).toHaveLength(10);
});

test('a text is sent, waited for, counted and found in the ledger', async () => {
  const { simulator, send } = await scene();
  const listener = await startListener();
  await register(send, listener.url);
  const { json } = await control(simulator, 'POST', '/texts', { account, deviceIds, text: 'x', wait: true });
  expect(json).toEqual({ id: expect.any(String), state: 'delivered' });
  expect((await control(simulator, 'GET', `/counts?account=${account}`)).json).toMatchObject({ delivered: 1 });
  const ledger = (await control(simulator, 'GET', `/ledger?account=${account}`)).json;
  expect(ledger).toMatchObject([{ id: json.id, text: 'x', state: 'delivered' }]);
});

test('a text can be queued with a time of its own', async () => {
  const simulator = await simulated();
  await control(simulator, 'POST', '/texts', { account, deviceIds, text: 'x', timestamp: 1000, queue: true });
  expect(simulator.ledger(account)).toMatchObject([{ state: 'queued', timestamp: 1000 }]);
});

test('a flood is waited for, or goes on by itself', async () => {
  const simulator = await simulated();
  const { json } = await control(simulator, 'POST', '/flood', { account, count: 30, wait: true });
  expect(json).toMatchObject({ queued: 30, delivered: 0 });
  expect((await control(simulator, 'POST', '/flood', { account, count: 30 })).json).toEqual({});
  await expect.poll(() => simulator.counts(account).total).toBe(60);
});

test('a backlog is queued for every account', async () => {
  const simulator = await simulated();
  await control(simulator, 'POST', '/backlog', { count: 4 });
  expect(simulator.counts('FIELD_DEMO-A').queued).toBe(4);
});

test('devices are started and stopped', async () => {
  const simulator = await simulated();
  await control(simulator, 'POST', '/devices', { rate: 500, seed: 1 });
  await expect.poll(() => simulator.counts(account).total).toBeGreaterThan(0);
  await control(simulator, 'DELETE', '/devices');
  const { total } = simulator.counts(account);
  await control(simulator, 'GET', '');
  expect(simulator.counts(account).total).toBe(total);
});

test('switches are read and changed at run time', async () => {
  const simulator = await simulated();
  const { json } = await control(simulator, 'PATCH', '/switches', { historyLastPage: 'none-kept', pageSize: 5 });
  expect(json).toMatchObject({ historyLastPage: 'none-kept', pageSize: 5, retries: 'none' });
  expect((await control(simulator, 'GET', '/switches')).json).toEqual(json);
});

test.each([{ noSuchSwitch: 'x' }, { retries: 'often' }, { pageSize: 0 }, { pageSize: '5' }])(
  'a switch that does not exist, or not with that value, is refused',
  async (patch) => {
    const simulator = await simulated();
    expect((await control(simulator, 'PATCH', '/switches', { ...patch, timestamps: 'z' })).status).toBe(400);
    expect(simulator.switches().timestamps).toBe('offset');
  },
);

test('faults are added and cleared', async () => {
  const { simulator, send } = await scene();
  const history = `/sms/${account}/history`;
  await control(simulator, 'POST', '/faults', { route: 'history', kind: 'status', status: 500 });
  expect((await send('GET', history)).status).toBe(500);
  await control(simulator, 'DELETE', '/faults');
  expect((await send('GET', history)).status).toBe(200);
});

test.each([
  {},
  { route: 'nowhere', kind: 'reset' },
  { route: 'history', kind: 'flood' },
  { route: 'history', kind: 'status', status: 42 },
  { route: 'history', kind: 'reset', times: 'often' },
])('a fault that does not exist is refused', async (fault) => {
  expect((await control(await simulated(), 'POST', '/faults', fault)).status).toBe(400);
});

test('registrations and requests are shown', async () => {
  const { simulator, send } = await scene();
  await register(send, 'http://127.0.0.1:9001/');
  const registrations = await control(simulator, 'GET', `/registrations?account=${account}`);
  expect(registrations.json).toMatchObject([{ url: 'http://127.0.0.1:9001/' }]);
  const requests = await control(simulator, 'GET', '/requests');
  expect(requests.json).toContainEqual(expect.objectContaining({ route: 'register-callback' }));
});

test('tokens and sessions expire at will', async () => {
  const { simulator, send } = await scene();
  const list = `/callbacks/${account}`;
  await control(simulator, 'POST', '/expire-sessions');
  expect((await send('GET', list)).json.errorCode).toMatch(/SessionToken\.Expired$/);
  await control(simulator, 'POST', '/expire-tokens');
  expect((await send('GET', list)).status).toBe(401);
});

test('a reset brings the start back, at the same address', async () => {
  const simulator = await simulated({ backlog: 3 });
  const before = await signIn(simulator);
  await register(before, 'http://127.0.0.1:9001/');
  await control(simulator, 'PATCH', '/switches', { pageSize: 5 });
  await simulator.flood(account, 10);
  await control(simulator, 'POST', '/reset');
  expect(simulator.counts(account)).toMatchObject({ total: 3, queued: 3 });
  expect(simulator.registrations(account)).toEqual([]);
  expect(simulator.switches().pageSize).toBe(100);
  expect(simulator.requests()).toEqual([]);
  expect((await before('GET', `/callbacks/${account}`)).status).toBe(401);
  await signIn(simulator);
});

test.each([
  ['POST', '/texts', { account: 'nobody', deviceIds, text: 'x' }],
  ['POST', '/texts', { account, deviceIds: [], text: 'x' }],
  ['POST', '/texts', { account, deviceIds: [{ id: 1, kind: 'mdn' }], text: 'x' }],
  ['POST', '/texts', { account, deviceIds }],
  ['POST', '/flood', { account, count: -1 }],
  ['POST', '/backlog', {}],
  ['POST', '/devices', { rate: 0 }],
  ['GET', '/counts', undefined],
  ['GET', '/ledger?account=nobody', undefined],
  ['POST', '/texts', []],
])('%s %s with %j is refused', async (method, path, body) => {
  const { status, json } = await control(await simulated(), method, path, body);
  expect(status).toBe(400);
  expect(json.error).toEqual(expect.any(String));
});

test('an unknown control is not found', async () => {
  expect((await control(await simulated(), 'GET', '/nothing')).status).toBe(404);
});

test('web pages may not steer the simulator, not even by a name of their own', async () => {
  const simulator = await simulated();
  const statusWith = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      requestPlain(`${simulator.origin}/simulator`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
  expect(await statusWith({ Origin: 'https://page.example' })).toBe(403);
  expect(await statusWith({ Host: 'page.example' })).toBe(403);
  expect(await statusWith({})).toBe(200);
});

test('the controls are not in the log of requests', async () => {
  const simulator = await simulated();
  await control(simulator, 'GET', '/switches');
  expect(simulator.requests()).toEqual([]);
});
