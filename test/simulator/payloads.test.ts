import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Switches } from '../../main/simulator/server.ts';
import type { CallbackBody } from './bodies.ts';
import { account, deviceIds, listeningScene } from './simulated.ts';

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/callbacks/${name}.json`, import.meta.url), 'utf8'));
}

/** The keys and the types of the values, at every depth. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const fields = Object.entries(value).map(([key, item]) => [key, shapeOf(item)]);
  return Object.fromEntries(fields);
}

async function callbackWith(switches: Partial<Switches>): Promise<CallbackBody> {
  const { simulator, listener } = await listeningScene({ switches });
  await simulator.deviceTexts(account, { deviceIds, text: 'x' }).settled;
  const [callback] = listener.received;
  if (!callback) throw new Error('no callback came');
  return callback.body;
}

test.each([
  ['minimal', 'text-minimal'],
  ['extended', 'text-extended'],
  ['nulls', 'text-nulls'],
] as const)('a text in the %s profile has the shape of %s.json', async (callbackProfile, name) => {
  expect(shapeOf(await callbackWith({ callbackProfile }))).toEqual(shapeOf(fixture(name)));
});

test('credentials that were not registered can be absent', async () => {
  expect(Object.keys(await callbackWith({ unsetCredentials: 'absent' }))).toEqual(['deviceIds', 'smsMessage']);
});

test.each([
  ['network-failure', 0, 'sms-delivery-failed'],
  ['received', 0, 'sms-delivery-success'],
  ['expired', 1, 'sms-delivery-failed'],
  ['received', 1, 'sms-delivery-success'],
] as const)(
  'what becomes of a sent text (%s, callback %i) has the shape of %s.json',
  async (sendOutcome, index, name) => {
    const switches = { sendOutcome, sendDelayMs: 0, deviceReplies: 'no' } as const;
    const { simulator, send, listener } = await listeningScene({ switches });
    await send('POST', `/callbacks/${account}`, { name: 'SMSDeliveryConfirmation', url: listener.url });
    const [id] = simulator.devices()[0]?.deviceIds ?? [];
    await send('POST', '/sms', { accountName: account, deviceIds: [id], smsMessage: 'PING' });
    await expect.poll(() => listener.received.length).toBeGreaterThan(index);
    expect(shapeOf(listener.received[index]?.body)).toEqual(shapeOf(fixture(name)));
  },
);

test.each<[Switches['kindCase'], string[]]>([
  ['lower', ['mdn', 'imei', 'iccid']],
  ['upper', ['MDN', 'IMEI', 'ICCID']],
  ['mixed', ['Mdn', 'IMEI', 'iccid']],
])('kinds can be in %s case', async (kindCase, kinds) => {
  const { simulator, listener } = await listeningScene({ switches: { kindCase } });
  await simulator.deviceTexts(account, { deviceIds: simulator.devices()[0]?.deviceIds ?? [], text: 'x' }).settled;
  expect(listener.received[0]?.body.deviceIds.map(({ kind }) => kind)).toEqual(kinds);
});
