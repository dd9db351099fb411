import { expect, test } from 'vitest';
import { login, requestToken } from './client.ts';
import { account, deviceIds, scene, simulated } from './simulated.ts';

const history = `/sms/${account}/history`;

test.each([429, 408, 500, 502, 504])('a status %i is answered as often as told, then all is well', async (status) => {
  const { simulator, send } = await scene();
  simulator.addFault({ route: 'history', kind: 'status', status, retryAfter: 7, times: 2 });
  for (const _ of [1, 2]) {
    const answer = await send('GET', history);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after')).toBe('7');
  }
  expect((await send('GET', history)).status).toBe(200);
});

test('a fault meets its own route only, or any', async () => {
  const { simulator, send } = await scene();
  simulator.addFault({ route: 'history', kind: 'status' });
  expect((await send('GET', `/accounts/${account}`)).status).toBe(200);
  simulator.addFault({ route: 'any', kind: 'status' });
  expect((await send('GET', `/accounts/${account}`)).status).toBe(503);
  simulator.clearFaults();
  expect((await send('GET', history)).status).toBe(200);
});

test('a fraction of the calls can go wrong', async () => {
  const { simulator, send } = await scene({ seed: 5 });
  simulator.addFault({ route: 'history', kind: 'status', fraction: 0.5 });
  const statuses: number[] = [];
  for (let index = 0; index < 40; index += 1) statuses.push((await send('GET', history)).status);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(8);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(8);
});

test('the token and the login can go wrong as well', async () => {
  const simulator = await simulated();
  simulator.addFault({ route: 'token', kind: 'empty', times: 1 });
  expect(await requestToken(simulator)).toMatchObject({ status: 200, text: '' });
  simulator.addFault({ route: 'login', kind: 'unauthorized', times: 1 });
  expect(await login(simulator)).toMatchObject({ status: 401, text: '' });
});

test('an answer can be HTML, XML, empty, or half of its JSON', async () => {
  const { simulator, send } = await scene();
  simulator.queueText(account, { deviceIds, text: 'x' });
  const answerTo = async (kind: 'html' | 'xml' | 'empty' | 'truncated') => {
    simulator.addFault({ route: 'history', kind, times: 1 });
    return send('GET', history);
  };
  expect(await answerTo('html')).toMatchObject({ status: 503, text: expect.stringContaining('<html>') });
  expect(await answerTo('xml')).toMatchObject({ status: 503, text: expect.stringContaining('<am:fault') });
  expect(await answerTo('empty')).toMatchObject({ status: 200, text: '' });
  const half = await answerTo('truncated');
  expect(half).toMatchObject({ status: 200, json: null });
  expect(half.text).toMatch(/^\{"messages":/);
});

test.each(['reset', 'cut'] as const)('a connection can be ended by %s', async (kind) => {
  const { simulator, send } = await scene();
  simulator.addFault({ route: 'history', kind, times: 1 });
  await expect(send('GET', history)).rejects.toThrow();
  expect((await send('GET', history)).status).toBe(200);
});

test('a call can hang until its client gives up', async () => {
  const { simulator } = await scene();
  simulator.addFault({ route: 'token', kind: 'hang', times: 1 });
  const hanging = requestToken(simulator, { signal: AbortSignal.timeout(50) });
  await expect(hanging).rejects.toThrow();
  expect(simulator.requests().at(-1)?.status).toBe('hang');
});

test('a fault keeps the call from being done, unless only the answer is lost', async () => {
  const { simulator, send } = await scene();
  simulator.queueText(account, { deviceIds, text: 'x' });
  const location = (await send('GET', history)).headers.get('location') ?? '';
  simulator.addFault({ route: 'history', kind: 'reset', times: 1 });
  await expect(send('GET', location)).rejects.toThrow();
  expect(simulator.counts(account).acknowledged).toBe(0);
  simulator.addFault({ route: 'history', kind: 'reset', times: 1, when: 'answer-lost' });
  await expect(send('GET', location)).rejects.toThrow();
  expect(simulator.counts(account).acknowledged).toBe(1);
});

test('answers can be slow', async () => {
  const { simulator, send } = await scene();
  simulator.setSwitches({ latencyMs: 80 });
  const startedAt = performance.now();
  await send('GET', history);
  expect(performance.now() - startedAt).toBeGreaterThan(75);
});
