import { expect, test } from 'vitest';
import { startSimulator } from '../../main/simulator/server.ts';
import { login, request, requestToken } from './client.ts';
import { account, deviceIds, listeningScene, simulated } from './simulated.ts';

test('it listens on the loopback address, on a free port or the one asked for', async () => {
  const first = await simulated();
  expect(first.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await first.close();
  const port = Number(new URL(first.origin).port);
  expect((await simulated({ port })).origin).toBe(first.origin);
});

test('a port that is taken is an error', async () => {
  const { origin } = await simulated();
  await expect(startSimulator({ port: Number(new URL(origin).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('accounts and credentials can be chosen', async () => {
  const credentials = { appKey: 'key', appSecret: 'secret', username: 'user', password: 'word' };
  const simulator = await simulated({ accounts: ['A'], credentials });
  expect(simulator.accounts).toEqual(['A']);
  expect((await requestToken(simulator)).status).toBe(200);
  expect((await login(simulator)).status).toBe(200);
  expect((await login(simulator, 'IMgr8')).status).toBe(400);
});

test('two simulators know nothing of each other', async () => {
  const [first, second] = [await simulated(), await simulated()];
  first.setSwitches({ pageSize: 5 });
  await first.flood(account, 5);
  expect(second.switches().pageSize).toBe(100);
  expect(second.counts(account).total).toBe(0);
});

test('closing ends calls that hang, pushes that wait and retries that are due', async () => {
  const switches = { retries: 'documented' } as const;
  const { simulator, listener } = await listeningScene({ switches }, (response, _, count) => {
    if (count === 1) response.writeHead(503).end();
  });
  const refused = simulator.deviceTexts(account, { deviceIds, text: 'refused' });
  await expect.poll(() => listener.received.length).toBe(1);
  const unanswered = simulator.flood(account, 100);
  await expect.poll(() => listener.received.length).toBeGreaterThan(1);
  simulator.addFault({ route: 'token', kind: 'hang' });
  const hanging = expect(requestToken(simulator)).rejects.toThrow();
  await expect.poll(() => simulator.requests().at(-1)?.status).toBe('hang');
  simulator.startDevices({ rate: 100 });
  await simulator.close();
  await hanging;
  expect(await refused.settled).toBe('queued');
  expect(await unanswered).toMatchObject({ queued: 100 });
  await simulator.idle();
  await expect(request(simulator.origin)).rejects.toThrow();
});

test('a flood is taken by a listener without loss or doubling', async () => {
  const { simulator, listener } = await listeningScene();
  expect(await simulator.flood(account, 3000)).toMatchObject({ delivered: 3000, queued: 0 });
  const texts = new Set(listener.received.map(({ body }) => body.smsMessage));
  expect(texts.size).toBe(3000);
  expect(listener.received).toHaveLength(3000);
});

test('a flood of nothing is over at once', async () => {
  const simulator = await simulated();
  expect(await simulator.flood(account, 0)).toMatchObject({ delivered: 0, queued: 0 });
});
