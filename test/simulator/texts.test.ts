import { expect, test, vi } from 'vitest';
import { startListener } from './listener.ts';
import {
  account,
  deviceIds,
  listeningScene,
  otherAccount,
  register,
  scene,
  simulated,
  textService,
} from './simulated.ts';

const start = `/sms/${account}/startCallbacks`;
const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index + 1}`);

test('a text is pushed to the registered listener', async () => {
  const { simulator, listener } = await listeningScene();
  const { id, settled } = simulator.deviceTexts(account, { deviceIds, text: 'hello' });
  expect(await settled).toBe('delivered');
  expect(listener.received[0]?.body).toEqual({ username: '', password: '', deviceIds, smsMessage: 'hello' });
  expect(simulator.ledger(account)).toMatchObject([{ id, state: 'delivered', attempts: 1, accepted: 1 }]);
});

test('a callback comes as Verizon’s service sends it', async () => {
  const { simulator, listener } = await listeningScene();
  await simulator.deviceTexts(account, { deviceIds, text: 'grüße ✓' }).settled;
  const [callback] = listener.received;
  expect(callback).toMatchObject({ method: 'POST', path: '/callbacks' });
  expect(callback?.headers).toMatchObject({
    'user-agent': "Verizon's callback service",
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(callback?.raw ?? '')),
  });
  expect(callback?.headers).not.toHaveProperty('authorization');
  expect(callback?.body.smsMessage).toBe('grüße ✓');
});

test('a callback carries the credentials that were registered', async () => {
  const { simulator, send } = await scene();
  const listener = await startListener();
  await register(send, listener.url, { username: 'zaffod', password: 'drowssap' });
  await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled;
  expect(listener.received[0]?.body).toMatchObject({ username: 'zaffod', password: 'drowssap' });
});

test('a text is queued when nobody is registered', async () => {
  const simulator = await simulated();
  expect(await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled).toBe('queued');
  expect(simulator.counts(account)).toMatchObject({ total: 1, queued: 1 });
  expect(simulator.counts(otherAccount)).toMatchObject({ total: 0 });
});

test.each([403, 503, 302])('a text that the listener answers with %i is queued', async (status) => {
  const { simulator } = await listeningScene({}, (response) => response.writeHead(status).end());
  expect(await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled).toBe('queued');
});

test('a text is queued when the listener cannot be reached', async () => {
  const { simulator, listener } = await listeningScene();
  await listener.close();
  expect(await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled).toBe('queued');
});

test('the queue waits for startCallbacks, even when new texts are pushed', async () => {
  const { simulator, send } = await scene();
  simulator.queueText(account, { deviceIds, text: 'old' });
  const listener = await startListener();
  await register(send, listener.url);
  await simulator.deviceTexts(account, { deviceIds, text: 'new' }).settled;
  expect(listener.received.map(({ body }) => body.smsMessage)).toEqual(['new']);
  expect((await send('PUT', start)).json).toEqual({ success: true });
  await simulator.idle();
  expect(listener.received.map(({ body }) => body.smsMessage)).toEqual(['new', 'old']);
  expect(simulator.counts(account)).toMatchObject({ queued: 0, delivered: 2 });
});

test('startCallbacks may be written in any case, and can answer with a string', async () => {
  const { send } = await scene({ switches: { startCallbacksSuccess: 'string' } });
  expect((await send('PUT', `/sms/${account}/startcallbacks`)).json).toEqual({ success: 'true' });
});

test('startCallbacks without a listener changes nothing, or is refused', async () => {
  const { simulator, send } = await scene();
  simulator.queueText(account, { deviceIds, text: 'x' });
  expect((await send('PUT', start)).status).toBe(200);
  simulator.setSwitches({ startCallbacksUnheld: 'refused' });
  expect((await send('PUT', start)).status).toBe(400);
  expect(simulator.counts(account).queued).toBe(1);
});

test('each text leaves the queue on its own 2xx; the rest stays for the next call', async () => {
  const { simulator, send } = await listeningScene({}, (response, { body }) =>
    response.writeHead(body.smsMessage === 'text 2' ? 503 : 204).end(),
  );
  for (const text of texts(4)) simulator.queueText(account, { deviceIds, text });
  await send('PUT', start);
  await simulator.idle();
  expect(simulator.ledger(account).map(({ state }) => state)).toEqual([
    'delivered',
    'queued',
    'delivered',
    'delivered',
  ]);
});

test('a flush can stop at the first failure', async () => {
  const switches = { flushAfterFailure: 'stops', pushConcurrency: 1 } as const;
  const { simulator, send, listener } = await listeningScene({ switches }, (response, _, count) =>
    response.writeHead(count === 2 ? 503 : 200).end(),
  );
  for (const text of texts(5)) simulator.queueText(account, { deviceIds, text });
  await send('PUT', start);
  await simulator.idle();
  expect(simulator.counts(account)).toMatchObject({ delivered: 1, queued: 4 });
  expect(listener.received).toHaveLength(2);
  await send('PUT', start);
  await simulator.idle();
  expect(simulator.counts(account)).toMatchObject({ delivered: 5, queued: 0 });
});

test('two flushes at once push each text once', async () => {
  const { simulator, send, listener } = await listeningScene();
  for (const text of texts(50)) simulator.queueText(account, { deviceIds, text });
  await Promise.all([send('PUT', start), send('PUT', start)]);
  await simulator.idle();
  expect(listener.received).toHaveLength(50);
});

test('what history acknowledges during a flush is not pushed any more', async () => {
  const held: (() => void)[] = [];
  const switches = { pushConcurrency: 1 };
  const { simulator, send, listener } = await listeningScene({ switches }, (response) => {
    held.push(() => response.end());
  });
  for (const text of texts(3)) simulator.queueText(account, { deviceIds, text });
  await send('PUT', start);
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const page = await send('GET', `/sms/${account}/history`);
  await send('GET', page.headers.get('location') ?? '');
  held[0]?.();
  await simulator.idle();
  expect(listener.received).toHaveLength(1);
  expect(simulator.counts(account)).toMatchObject({ acknowledged: 3, queued: 0, delivered: 0 });
  expect(simulator.ledger(account)[0]).toMatchObject({ state: 'acknowledged', accepted: 1 });
});

test('deregistering ends the pushes, and texts are queued again', async () => {
  const { simulator, send, listener } = await listeningScene();
  await send('DELETE', `/callbacks/${account}/name/${textService}`);
  expect(await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled).toBe('queued');
  expect(listener.received).toEqual([]);
});

test('the ledger forgets the oldest finished texts above its limit, and the counts do not', async () => {
  const { simulator } = await listeningScene({ ledgerLimit: 10 });
  await simulator.flood(account, 25);
  await simulator.deviceTexts(account, { deviceIds, text: 'last' }).settled;
  expect(simulator.counts(account)).toMatchObject({ total: 26, delivered: 26 });
  expect(simulator.ledger(account)).toHaveLength(10);
  expect(simulator.ledger(account).at(-1)?.text).toBe('last');
});

test('texts that still wait are never forgotten', async () => {
  const simulator = await simulated({ ledgerLimit: 10 });
  await simulator.flood(account, 25);
  expect(simulator.ledger(account)).toHaveLength(25);
});
