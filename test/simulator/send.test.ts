import { expect, test } from 'vitest';
import type { Simulator, SimulatorOptions, Switches } from '../../main/simulator/server.ts';
import { account, listeningScene, otherAccount, register, scene } from './simulated.ts';

const soon = { sendDelayMs: 0, replyDelayMs: 0 } as const;

async function sendScene(switches: Partial<Switches> = {}, options: SimulatorOptions = {}) {
  const { simulator, send, listener } = await listeningScene({ ...options, switches: { ...soon, ...switches } });
  await send('POST', `/callbacks/${account}`, { name: 'SMSDeliveryConfirmation', url: `${listener.url}/receipts` });
  const post = (smsMessage: string, further: object = {}) =>
    send('POST', '/sms', { accountName: account, deviceIds: [idOf(simulator, 'tracker')], smsMessage, ...further });
  return { simulator, send, post, listener };
}

function deviceOf(simulator: Simulator, model: string, state = 'active') {
  const device = simulator
    .devices()
    .find((each) => each.account === account && each.model === model && each.state === state);
  if (!device) throw new Error(`no ${model}`);
  return device;
}

const idOf = (simulator: Simulator, model: string, state?: string) => deviceOf(simulator, model, state).deviceIds[0];

test('a sent text gets a request id, then the notice of the network, then the receipt of the device', async () => {
  const { simulator, post, listener } = await sendScene({ deviceReplies: 'no' });
  const { status, json } = await post('STATUS');
  expect(status).toBe(200);
  expect(json.requestId).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => listener.received.length).toBe(2);
  const [notice, receipt] = listener.received;
  expect([notice?.path, receipt?.path]).toEqual(['/callbacks', '/callbacks/receipts']);
  for (const callback of [notice, receipt])
    expect(callback?.body).toMatchObject({
      requestId: json.requestId,
      status: 'Success',
      deviceIds: deviceOf(simulator, 'tracker').deviceIds,
    });
});

test('the status of a request is pending, then success', async () => {
  const { send, post } = await sendScene({ sendDelayMs: 40 });
  const { requestId } = (await post('STATUS')).json;
  const status = async () => (await send('GET', `/accounts/${account}/requests/${requestId}/status`)).json;
  expect(await status()).toEqual({ requestId, status: 'Pending' });
  await expect.poll(status).toEqual({ requestId, status: 'Success' });
  expect((await send('GET', `/accounts/${otherAccount}/requests/${requestId}/status`)).status).toBe(400);
});

test('the network can fail', async () => {
  const { send, post, listener } = await sendScene({ sendOutcome: 'network-failure' });
  const { requestId } = (await post('STATUS')).json;
  await expect.poll(() => listener.received.length).toBe(1);
  expect(listener.received[0]?.body).toMatchObject({ status: 'Failed', faultResponse: expect.any(Object) });
  const { json } = await send('GET', `/accounts/${account}/requests/${requestId}/status`);
  expect(json.status).toBe('Failure');
});

test('a text can expire: the network took it, the device never did', async () => {
  const { simulator, post, listener } = await sendScene({ sendOutcome: 'expired' });
  await post('STATUS');
  await expect.poll(() => listener.received.length).toBe(2);
  expect(listener.received.map(({ body }) => body.status)).toEqual(['Success', 'Failed']);
  expect(simulator.counts(account).total).toBe(0);
});

test('a receipt that nobody is registered for is lost, not queued', async () => {
  const { simulator, send } = await scene({ switches: { ...soon, deviceReplies: 'no' } });
  const body = { accountName: account, deviceIds: [idOf(simulator, 'tracker')], smsMessage: 'PING' };
  const { requestId } = (await send('POST', '/sms', body)).json;
  const status = async () => (await send('GET', `/accounts/${account}/requests/${requestId}/status`)).json.status;
  await expect.poll(status).toBe('Success');
  expect(simulator.counts(account).queued).toBe(0);
});

test.each([
  ['tracker', 'LOCATE', /^LOC lat=47\.\d+ lon=-12\d\.\d+ /],
  ['router', 'status', /^reply from router-\d+: status IP /],
  ['meter', 'READ', /^68[0-9A-F]{14}16$/],
  ['alarm', 'Ping', /^PONG$/],
  ['alarm', 'HELP', /^commands: STATUS LOCATE READ REBOOT PING HELP$/],
  ['alarm', 'LOCATE', /^ERR LOCATE/],
  ['meter', 'OPEN SESAME', /^ERR unknown command/],
])('the %s replies to %s', async (model, command, reply) => {
  const { simulator, post } = await sendScene();
  await post(command, { deviceIds: [idOf(simulator, model)] });
  await expect.poll(() => simulator.ledger(account)[0]?.text).toMatch(reply);
  expect(simulator.ledger(account)[0]?.deviceIds).toEqual(deviceOf(simulator, model).deviceIds);
});

test('a reboot is reported twice', async () => {
  const { simulator, post } = await sendScene();
  await post('REBOOT');
  await expect.poll(() => simulator.ledger(account).map(({ text }) => text)).toHaveLength(2);
  expect(simulator.ledger(account)[1]?.text).toMatch(/^BOOT OK tracker-\d+/);
});

test('every identifier of a device reaches it, whatever the case of the kind', async () => {
  const { simulator, post, listener } = await sendScene({ deviceReplies: 'no' });
  const deviceIds = deviceOf(simulator, 'meter').deviceIds.map(({ id, kind }) => ({ id, kind: kind.toUpperCase() }));
  await post('READ', { deviceIds });
  await expect.poll(() => listener.received.length).toBe(2);
});

test('a group reaches every active device of the account', async () => {
  const { post, listener } = await sendScene({ deviceReplies: 'no' });
  await post('PING', { deviceIds: undefined, groupName: 'Default' });
  await expect.poll(() => listener.received.length).toBe(8);
});

test.each([
  ['SmsMessage.Null', { smsMessage: '' }],
  ['SmsMessage.TooLong', { smsMessage: 'x'.repeat(161) }],
  ['SmsMessage.TooLong', { smsMessage: 'ä'.repeat(71), dataEncoding: '8-bit-UTF-8' }],
  ['DataEncoding.Invalid', { smsMessage: 'x', dataEncoding: '9-bit' }],
  ['Request.InvalidCharacter', { smsMessage: "it's" }],
  ['Request.InvalidCharacter', { smsMessage: 'a<b' }],
  ['Request.InvalidCharacter', { smsMessage: 'a\\b' }],
  ['Device.Kind.Invalid', { deviceIds: [{ id: '7025550101', kind: 'phone' }] }],
  ['Device.Identifier.Invalid', { deviceIds: [{ id: '555-0101', kind: 'mdn' }] }],
  ['DeviceNotFound', { deviceIds: [{ id: '7025559999', kind: 'mdn' }] }],
  ['NumberofDevices', { deviceIds: Array.from({ length: 201 }, () => ({ id: '7025550101', kind: 'mdn' })) }],
  ['UnexpectedError', { deviceIds: [] }],
  ['MultipleAccounts', { accountName: undefined }],
  ['AccountNotFound', { accountName: '123456-1' }],
])('%s is refused', async (code, body) => {
  const { post } = await sendScene();
  const { status, json } = await post('PING', body);
  expect(status).toBe(400);
  expect(json.errorCode).toMatch(new RegExp(`^UnifiedWebService\\.(INPUT_INVALID|REQUEST_FAILED)\\.${code}$`));
});

test('160 characters of 7 bits and 140 bytes are not too long', async () => {
  const { post } = await sendScene({ deviceReplies: 'no' });
  expect((await post('x'.repeat(160))).status).toBe(200);
  expect((await post('ä'.repeat(70), { dataEncoding: '8-bit-UTF-8' })).status).toBe(200);
});

test('a suspended device, an empty request and one that is not JSON are refused', async () => {
  const { simulator, send, post } = await sendScene();
  const suspended = await post('PING', { deviceIds: [idOf(simulator, 'tracker', 'suspended')] });
  expect(suspended.json.errorCode).toMatch(/DeviceState\.Invalid$/);
  expect((await send('POST', '/sms', {})).json.errorCode).toMatch(/RequestUndefined$/);
  expect((await send('POST', '/sms', '{')).json.errorCode).toMatch(/DeserializationFailed$/);
});

test('with a single account its name may be left out', async () => {
  const { simulator, send } = await scene({ accounts: [account] });
  await register(send, 'http://127.0.0.1:9001/');
  const body = { deviceIds: [idOf(simulator, 'tracker')], smsMessage: 'PING' };
  expect((await send('POST', '/sms', body)).status).toBe(200);
});
