import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Switches } from '../../main/simulator/server.ts';
import { startListener } from './listener.ts';
import { account, deviceIds, listeningScene, register, scene } from './simulated.ts';

const text = { deviceIds, text: 'x' };
const quick = { documentedRetryMs: 5, measuredRetryMs: 5 } as const;

test.each<[Switches['retries'], number]>([
  ['none', 1],
  ['measured', 2],
  ['documented', 4],
])('with retries %s a refused text gets %i attempts, then is queued', async (retries, attempts) => {
  const { simulator, listener } = await listeningScene({ switches: { ...quick, retries } }, (response) =>
    response.writeHead(403).end(),
  );
  expect(await simulator.deviceTexts(account, text).settled).toBe('queued');
  expect(listener.received).toHaveLength(attempts);
  expect(simulator.ledger(account)[0]).toMatchObject({ attempts, accepted: 0, state: 'queued' });
});

test('attempts are counted in the extended profile, and the first 2xx ends them', async () => {
  const switches = { ...quick, retries: 'documented', callbackProfile: 'extended' } as const;
  const { simulator, listener } = await listeningScene({ switches }, (response, _, count) =>
    response.writeHead(count < 3 ? 503 : 200).end(),
  );
  expect(await simulator.deviceTexts(account, text).settled).toBe('delivered');
  expect(listener.received.map(({ body }) => body.callbackCount)).toEqual([1, 2, 3]);
  expect(new Set(listener.received.map(({ body }) => body.requestId)).size).toBe(1);
});

test('the measured retry comes after its pause', async () => {
  const switches = { retries: 'measured', measuredRetryMs: 60 } as const;
  const { simulator, listener } = await listeningScene({ switches }, (response) => response.writeHead(503).end());
  await simulator.deviceTexts(account, text).settled;
  const [first, second] = listener.received;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(50);
});

test('an unanswered text is tried again while the first attempt is still open', async () => {
  let firstIsOpen = false;
  const switches = { retries: 'measured', callbackTimeoutMs: 30 } as const;
  const { simulator, listener } = await listeningScene({ switches }, (response, _, count) => {
    if (count === 2) firstIsOpen = true;
    if (count === 1) response.once('close', () => (firstIsOpen = false));
    else response.end();
  });
  expect(await simulator.deviceTexts(account, text).settled).toBe('delivered');
  expect(listener.received).toHaveLength(2);
  expect(firstIsOpen).toBe(true);
});

test.each([
  ['ignored', 'queued'],
  ['counted', 'delivered'],
] as const)('a 2xx after the time-out is %s: the text ends up %s', async (lateAcceptance, state) => {
  let answer = (): void => undefined;
  const switches = { lateAcceptance, callbackTimeoutMs: 20 };
  const { simulator } = await listeningScene({ switches }, (response) => {
    answer = () => response.end();
  });
  expect(await simulator.deviceTexts(account, text).settled).toBe('queued');
  answer();
  await vi.waitFor(() => expect(simulator.ledger(account)[0]).toMatchObject({ state, accepted: 1 }));
});

test('duplicates are delivered on request, and counted', async () => {
  const { simulator, listener } = await listeningScene({ switches: { duplicateFraction: 1 } });
  await simulator.deviceTexts(account, text).settled;
  expect(listener.received.map(({ raw }) => raw)).toEqual([listener.received[0]?.raw, listener.received[0]?.raw]);
  expect(simulator.ledger(account)[0]).toMatchObject({ accepted: 2, state: 'delivered' });
});

test('texts arrive in order with one push at a time, and out of order by the switch', async () => {
  const { simulator, listener } = await listeningScene({ switches: { pushConcurrency: 1 } });
  await simulator.flood(account, 60);
  const numbers = () => listener.received.map(({ body }) => Number(body.smsMessage.split(' ')[1]));
  const sorted = Array.from({ length: 60 }, (_, index) => index + 1);
  expect(numbers()).toEqual(sorted);
  simulator.setSwitches({ deliveryOrder: 'out-of-order' });
  await simulator.flood(account, 60);
  expect(numbers().slice(60)).not.toEqual(sorted);
  expect(
    numbers()
      .slice(60)
      .sort((left, right) => left - right),
  ).toEqual(sorted);
});

test('no more pushes run at a time than allowed', async () => {
  const open: (() => void)[] = [];
  const { simulator, listener } = await listeningScene({ switches: { pushConcurrency: 3 } }, (response) => {
    open.push(() => response.end());
  });
  const flood = simulator.flood(account, 7);
  await expect.poll(() => open.length).toBe(3);
  for (const received of [4, 5, 6, 7]) {
    open.shift()?.();
    await expect.poll(() => listener.received.length).toBe(received);
    expect(open).toHaveLength(3);
  }
  for (const answer of open) answer();
  expect(await flood).toMatchObject({ delivered: 7 });
});

test('after registering anew the old credentials are sent for a while', async () => {
  const { simulator, send } = await scene({ switches: { staleCredentialDeliveries: 2, pushConcurrency: 1 } });
  const listener = await startListener();
  await register(send, listener.url, { username: 'u', password: 'old' });
  await send('DELETE', `/callbacks/${account}/name/EnhancedConnectivityService`);
  await register(send, listener.url, { username: 'u', password: 'new' });
  await simulator.flood(account, 4);
  expect(listener.received.map(({ body }) => body.password)).toEqual(['old', 'old', 'new', 'new']);
});

test('a retry goes to whoever is registered by then', async () => {
  const switches = { retries: 'measured', measuredRetryMs: 40 } as const;
  const { simulator, send } = await listeningScene({ switches }, (response) => response.writeHead(503).end());
  const { settled } = simulator.deviceTexts(account, text);
  const second = await startListener();
  await register(send, second.url);
  expect(await settled).toBe('delivered');
  expect(second.received).toHaveLength(1);
});

test('a kept-alive connection that the listener has closed costs no text', async () => {
  const { simulator } = await listeningScene({}, (response) => {
    response.end();
    setImmediate(() => response.socket?.destroy());
  });
  for (const _ of Array.from({ length: 50 }))
    expect(await simulator.deviceTexts(account, text).settled).toBe('delivered');
});

const pem = (name: string) => readFileSync(new URL(`self-signed/${name}.pem`, import.meta.url), 'utf8');

test.each([
  ['nobody knows', {}, 'queued'],
  ['the simulator was told to trust', { trustedCertificates: pem('certificate') }, 'delivered'],
] as const)('a text to an https listener with a certificate that %s', async (_, options, state) => {
  const { simulator, send } = await scene(options);
  const listener = await startListener(undefined, { key: pem('key'), cert: pem('certificate') });
  await register(send, listener.url);
  expect(await simulator.deviceTexts(account, text).settled).toBe(state);
});
