import { expect, test } from 'vitest';
import type { Simulator, SimulatorOptions, Switches } from '../../main/simulator/server.ts';
import type { Answer } from './client.ts';
import { account, deviceIds, minutes, movableClock, otherAccount, scene } from './simulated.ts';

const path = `/sms/${account}/history`;

async function queueScene(count: number, switches: Partial<Switches> = {}, options: SimulatorOptions = {}) {
  const { simulator, send } = await scene({ ...options, switches });
  for (let index = 1; index <= count; index += 1) simulator.queueText(account, { deviceIds, text: `text ${index}` });
  const read = (next?: string | null) => send('GET', next ? `${path}?next=${encodeURIComponent(next)}` : path);
  return { simulator, send, read };
}

const nextOf = ({ headers }: Answer): string | null =>
  new URL(headers.get('location') ?? '', 'http://x').searchParams.get('next');
const textsOf = ({ json }: Answer): readonly string[] => (json.messages ?? []).map(({ message }) => message);
const queued = (simulator: Simulator) => simulator.counts(account).queued;

test('the queue comes in pages of 100, oldest first: 202 while there is more, then 200', async () => {
  const { simulator, read } = await queueScene(150);
  const first = await read();
  expect(first.status).toBe(202);
  expect(first.json.hasMoreData).toBe(true);
  expect(textsOf(first)).toHaveLength(100);
  const second = await read(nextOf(first));
  expect(second.status).toBe(200);
  expect(second.json.hasMoreData).toBe(false);
  expect(textsOf(second)[0]).toBe('text 101');
  expect(textsOf(second)).toHaveLength(50);
  expect(queued(simulator)).toBe(50);
});

test('a message has its device, its text and the time the platform received it', async () => {
  const { simulator, read } = await queueScene(0);
  const timestamp = Date.parse('2016-01-01T20:29:49.123Z');
  simulator.queueText(account, { deviceIds, text: 'testmessage1', timestamp });
  const time = async (timestamps: Switches['timestamps']) => {
    simulator.setSwitches({ timestamps });
    return (await read()).json.messages[0]?.timestamp;
  };
  expect(await time('offset')).toBe('2016-01-01T12:29:49-08:00');
  expect(await time('z')).toBe('2016-01-01T20:29:49Z');
  expect(await time('fraction')).toBe('2016-01-01T20:29:49.123Z');
  expect((await read()).json.messages[0]).toMatchObject({ deviceIds, message: 'testmessage1' });
});

test('nothing leaves the queue before next acknowledges it', async () => {
  const { simulator, read } = await queueScene(3);
  const first = await read();
  expect(textsOf(await read())).toEqual(textsOf(first));
  expect(queued(simulator)).toBe(3);
  expect(textsOf(await read(nextOf(first)))).toEqual([]);
  expect(simulator.counts(account)).toMatchObject({ queued: 0, acknowledged: 3 });
  expect(simulator.ledger(account)[0]).toMatchObject({ handedOut: 2, state: 'acknowledged' });
});

test('next acknowledges its own page, not what came meanwhile', async () => {
  const { simulator, read } = await queueScene(2);
  const first = await read();
  simulator.queueText(account, { deviceIds, text: 'later' });
  expect(textsOf(await read(nextOf(first)))).toEqual(['later']);
  expect(queued(simulator)).toBe(1);
});

test('without a token the last page is kept and comes again', async () => {
  const { simulator, read } = await queueScene(3, { historyLastPage: 'none-kept' });
  const page = await read();
  expect(page.status).toBe(200);
  expect(nextOf(page)).toBeNull();
  expect(textsOf(await read())).toHaveLength(3);
  expect(queued(simulator)).toBe(3);
});

test('without a token the last page can be cleared as it is handed out', async () => {
  const { simulator, read } = await queueScene(3, { historyLastPage: 'none-cleared' });
  expect(textsOf(await read())).toHaveLength(3);
  expect(textsOf(await read())).toEqual([]);
  expect(simulator.counts(account)).toMatchObject({ queued: 0, cleared: 3 });
});

test.each(['none-kept', 'none-cleared'] as const)('with %s the pages before the last have a token', async (mode) => {
  const { simulator, read } = await queueScene(3, { historyLastPage: mode, pageSize: 2 });
  const first = await read();
  expect(nextOf(first)).not.toBeNull();
  expect(nextOf(await read(nextOf(first)))).toBeNull();
  expect(simulator.counts(account).acknowledged).toBe(2);
});

test('the location is relative, a full path, or absolute', async () => {
  const { simulator, read } = await queueScene(1);
  const location = async (historyLocation: Switches['historyLocation']) => {
    simulator.setSwitches({ historyLocation });
    return (await read()).headers.get('location');
  };
  expect(await location('relative')).toMatch(new RegExp(`^/sms/${account}/history\\?next=\\w+$`));
  expect(await location('full-path')).toMatch(new RegExp(`^/api/m2m/v1/sms/${account}/history\\?next=\\w+$`));
  expect(await location('absolute')).toMatch(new RegExp(`^${simulator.origin}/api/m2m/v1/sms/`));
});

test.each([
  ['body-token', 'token'],
  ['body-Token', 'Token'],
  ['body-next', 'next'],
  ['body-nextToken', 'nextToken'],
] as const)('with %s the token is in the body and in no header', async (historyTokenIn, key) => {
  const { simulator, read } = await queueScene(1, { historyTokenIn });
  const page = await read();
  expect(page.headers.get('location')).toBeNull();
  await read(page.json[key]);
  expect(queued(simulator)).toBe(0);
});

test('the token can be in the location and in the body', async () => {
  const { read } = await queueScene(1, { historyTokenIn: 'location-and-body' });
  const page = await read();
  expect(page.json.token).toBe(nextOf(page));
});

test('a token of digits is longer than a number can hold', async () => {
  const { simulator, read } = await queueScene(1, { historyNextForm: 'digits' });
  const next = nextOf(await read()) ?? '';
  expect(next).toMatch(/^\d{21}$/);
  expect(String(Number(next))).not.toBe(next);
  await read(next);
  expect(queued(simulator)).toBe(0);
});

test('a token may be sent twice, or is refused the second time', async () => {
  const { simulator, read } = await queueScene(3, { pageSize: 1 });
  const first = nextOf(await read());
  expect(textsOf(await read(first))).toEqual(['text 2']);
  expect(textsOf(await read(first))).toEqual(['text 2']);
  expect(queued(simulator)).toBe(2);
  simulator.setSwitches({ historyNextReuse: 'refused' });
  const second = nextOf(await read());
  await read(second);
  expect((await read(second)).status).toBe(400);
});

test('an unknown token, one of another account and one that is too old are refused', async () => {
  const clock = movableClock();
  const { send, read, simulator } = await queueScene(1, { nextLifeMs: minutes(10) }, { now: clock.now });
  expect((await read('nothing')).json.errorCode).toMatch(/INPUT_INVALID\.Next/);
  const next = nextOf(await read());
  expect((await send('GET', `/sms/${otherAccount}/history?next=${next}`)).status).toBe(400);
  clock.advance(minutes(11));
  expect((await read(next)).status).toBe(400);
  expect(queued(simulator)).toBe(1);
});

test('a stuck next repeats the same page for ever', async () => {
  const { simulator, read } = await queueScene(3, { historyNext: 'stuck', pageSize: 2 });
  const first = await read();
  const second = await read(nextOf(first));
  expect(nextOf(second)).toBe(nextOf(first));
  expect(textsOf(second)).toEqual(textsOf(first));
  expect(second.status).toBe(202);
  expect(queued(simulator)).toBe(3);
});

test('a constant next repeats, while the pages go on to the end', async () => {
  const { simulator, read } = await queueScene(3, { historyNext: 'constant', pageSize: 2 });
  const first = await read();
  const second = await read(nextOf(first));
  expect(nextOf(second)).toBe(nextOf(first));
  expect(textsOf(second)).toEqual(['text 3']);
  expect(textsOf(await read(nextOf(second)))).toEqual([]);
  expect(queued(simulator)).toBe(0);
});

test('a 202 can come without any token', async () => {
  const { read } = await queueScene(3, { historyMore: 'without-location' });
  const page = await read();
  expect(page.status).toBe(202);
  expect(page.json).toMatchObject({ hasMoreData: true });
  expect(nextOf(page)).toBeNull();
});

test('an empty page can promise more, and keep or break the promise', async () => {
  const { simulator, read } = await queueScene(2, { historyMore: 'empty-first-page' });
  const empty = await read();
  expect(empty).toMatchObject({ status: 202, json: { messages: [], hasMoreData: true } });
  expect(textsOf(await read(nextOf(empty)))).toHaveLength(2);
  simulator.setSwitches({ historyMore: 'empty-pages-forever' });
  const again = await read(nextOf(await read()));
  expect(again).toMatchObject({ status: 202, json: { messages: [], hasMoreData: true } });
});

test.each([
  ['200-list', 200, '{"messages":[],"hasMoreData":false}'],
  ['200-no-messages', 200, '{"hasMoreData":false}'],
  ['204', 204, ''],
  ['200-empty-body', 200, ''],
] as const)('an empty queue answers %s', async (historyEmpty, status, text) => {
  const { read } = await queueScene(0, { historyEmpty });
  const page = await read();
  expect(page).toMatchObject({ status, text });
  expect(nextOf(page)).toBeNull();
});

test('a page can be out of order', async () => {
  const { read } = await queueScene(50, { deliveryOrder: 'out-of-order' });
  const page = textsOf(await read());
  const inOrder = Array.from({ length: 50 }, (_, index) => `text ${index + 1}`);
  expect(page).not.toEqual(inOrder);
  expect(new Set(page)).toEqual(new Set(inOrder));
});

test('the location of an account with unusual characters can be followed', async () => {
  const name = 'Depot & Söhne';
  const { simulator, send } = await scene({ accounts: [name] });
  simulator.queueText(name, { deviceIds, text: 'x' });
  const page = await send('GET', `/sms/${encodeURIComponent(name)}/history`);
  await send('GET', page.headers.get('location') ?? '');
  expect(simulator.counts(name).acknowledged).toBe(1);
});
