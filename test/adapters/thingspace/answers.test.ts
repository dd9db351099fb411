import { describe, expect, it } from 'vitest';
import type { HistoryBlock } from '../../../main/core/ports.ts';
import { account, type Given, onlyRequest, serve, tokens } from './service.ts';

async function historyOf(given: Given): Promise<HistoryBlock> {
  const service = await serve(given);
  const answer = await service.api.history(tokens, account, null);
  if (!answer.ok) throw new Error(answer.error.kind);
  expect(onlyRequest(service).url).toBe(`/api/m2m/v1/sms/${account}/history`);
  return answer.value;
}

const empty = { items: [], unreadable: [], next: null, more: false, clockSkewMs: 0 };

describe('a block of history', () => {
  it('is read as documented', async () => {
    const block = await historyOf({
      body: {
        messages: [
          { deviceIds: [{ id: '09623489171', kind: 'esn' }], message: 'one', timestamp: '2016-01-01T12:29:49-08:00' },
        ],
        hasMoreData: false,
      },
    });
    expect(block).toEqual({
      ...empty,
      items: [
        {
          deviceIds: [{ id: '09623489171', kind: 'esn' }],
          text: 'one',
          timestamp: '2016-01-01T12:29:49-08:00',
          raw: '{"deviceIds":[{"id":"09623489171","kind":"esn"}],"message":"one","timestamp":"2016-01-01T12:29:49-08:00"}',
        },
      ],
    });
  });

  it.each<readonly [string, Given]>([
    ['an empty list', { body: { messages: [], hasMoreData: false } }],
    ['no list', { body: {} }],
    ['null for a list', { body: { messages: null } }],
    ['null', { body: 'null' }],
    ['an empty body', {}],
    ['status 204', { status: 204 }],
  ])('is empty when the service answers with %s', async (_what, given) => {
    expect(await historyOf(given)).toEqual(empty);
  });

  it.each<readonly [string, Given]>([
    ['status 202', { status: 202, body: { messages: [] } }],
    ['hasMoreData', { body: { messages: [], hasMoreData: true } }],
    ['hasMoreData as a word', { body: { messages: [], hasMoreData: 'true' } }],
  ])('says that more waits by %s', async (_what, given) => {
    expect((await historyOf(given)).more).toBe(true);
  });

  it.each([
    ['without the API root', '/sms/0000123456-00001/history?next=abc123', 'abc123'],
    ['with the full path', '/api/m2m/v1/sms/0000123456-00001/history?next=abc123', 'abc123'],
    ['absolute', 'https://thingspace.verizon.com/api/m2m/v1/sms/x/history?a=1&next=abc123#top', 'abc123'],
    ['with an encoded token', '/sms/x/history?next=a%2Bb%3D', 'a+b='],
    ['with a broken encoding', '/sms/x/history?next=a%zz', 'a%zz'],
    ['with a token beyond what a number holds', '/sms/x/history?next=90071992547409931', '90071992547409931'],
    ['with an empty token', '/sms/x/history?next=', null],
    ['without a token', '/sms/x/history', null],
  ])('takes the token out of a Location %s', async (_what, location, next) => {
    expect((await historyOf({ status: 202, headers: { Location: location }, body: { messages: [] } })).next).toBe(next);
  });

  it.each(['token', 'Token', 'next', 'nextToken'])('takes the token from %s in the body', async (key) => {
    expect((await historyOf({ body: { messages: [], [key]: 'abc' } })).next).toBe('abc');
  });

  it('keeps every digit of a token that comes as a number', async () => {
    expect((await historyOf({ body: '{"messages":[],"token":90071992547409931}' })).next).toBe('90071992547409931');
  });

  it('prefers the token of the Location', async () => {
    const block = await historyOf({ headers: { Location: '/h?next=header' }, body: { next: 'body' } });
    expect(block.next).toBe('header');
  });

  it.each([
    ['smsMessage', { smsMessage: 'hi' }],
    ['SmsMessage', { SmsMessage: 'hi' }],
    ['a message of null beside it', { message: null, smsMessage: 'hi' }],
  ])('finds a text under %s', async (_what, item) => {
    const block = await historyOf({ body: { messages: [{ ...item, deviceIds: [{ id: '1', kind: 'mdn' }] }] } });
    expect(block.items).toMatchObject([{ text: 'hi', timestamp: null }]);
  });

  it('keeps an empty text', async () => {
    expect((await historyOf({ body: { messages: [{ message: '' }] } })).items).toMatchObject([{ text: '' }]);
  });

  it('writes kinds in lower case, and keeps identifiers as strings with every digit', async () => {
    const block = await historyOf({
      body: '{"messages":[{"message":"m","deviceIds":[{"id":"0099","kind":"MDN"},{"id":89148000000800139708,"kind":"iccId"},{"id":" 12 ","kind":" Imei "}]}]}',
    });
    expect(block.items[0]?.deviceIds).toEqual([
      { id: '0099', kind: 'mdn' },
      { id: '89148000000800139708', kind: 'iccid' },
      { id: '12', kind: 'imei' },
    ]);
    expect(block.items[0]?.raw).toContain('"id":89148000000800139708');
  });

  it.each([
    ['no identifier', {}],
    ['null', { deviceIds: null }],
    ['entries that are none', { deviceIds: [7, null, { id: 'x' }] }],
  ])('keeps a text whose device is given as %s', async (_what, device) => {
    const block = await historyOf({ body: { messages: [{ message: 'm', ...device }] } });
    expect(block.items).toMatchObject([{ text: 'm', deviceIds: [] }]);
  });

  it.each(['device', 'Device'])('finds the device under %s', async (key) => {
    const block = await historyOf({ body: { messages: [{ message: 'm', [key]: { id: '1', kind: 'esn' } }] } });
    expect(block.items[0]?.deviceIds).toEqual([{ id: '1', kind: 'esn' }]);
  });

  it('keeps what is no text as it came, beside the texts', async () => {
    const block = await historyOf({
      body: '{"messages":[{"message":"m"},{"message":null,"n":12345678901234567890},"text",null,[1],{"message":{"a":1}}]}',
    });
    expect(block.items).toHaveLength(1);
    expect(block.unreadable).toEqual([
      '{"message":null,"n":12345678901234567890}',
      '"text"',
      'null',
      '[1]',
      '{"message":{"a":1}}',
    ]);
  });

  it('keeps a timestamp as it was given', async () => {
    const given = ['2019-08-07T10:42:15-04:00', '2024-01-02T12:52:32.123Z', 'yesterday'];
    const block = await historyOf({ body: { messages: given.map((timestamp) => ({ message: 'm', timestamp })) } });
    expect(block.items.map((item) => item.timestamp)).toEqual(given);
  });

  it('tells how far the clocks are apart, in whole minutes', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    expect((await historyOf({ headers: { Date: date } })).clockSkewMs).toBe(3_600_000);
  });

  it.each(['[]', '"text"', '7', '{"messages":{}}', '{"messages":"none"}'])('is not read from %s', async (body) => {
    const service = await serve({ body });
    expect(await service.api.history(tokens, account, null)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', status: 200 },
    });
  });
});

describe('a list of callbacks', () => {
  it('is read with either name for the service, and its password kept secret', async () => {
    const service = await serve({
      body: [
        { accountName: account, serviceName: 'CarrierService', url: 'http://a.example' },
        { name: 'EnhancedConnectivityService', url: 'https://b.example', username: 'zaffod', password: 'drowssap' },
        { name: 'PwnService', url: null, username: null, password: null },
      ],
    });
    const listed = await service.api.listCallbacks(tokens, account);
    expect(listed).toMatchObject({
      ok: true,
      value: [
        { serviceName: 'CarrierService', url: 'http://a.example', username: '' },
        { serviceName: 'EnhancedConnectivityService', url: 'https://b.example', username: 'zaffod' },
        { serviceName: 'PwnService', url: '', username: '' },
      ],
    });
    expect(listed.ok && listed.value.map(({ password }) => password.reveal())).toEqual(['', 'drowssap', '']);
    expect(JSON.stringify(listed)).not.toContain('drowssap');
  });

  it.each<readonly [string, Given]>([
    ['an empty body', {}],
    ['an empty list', { body: [] }],
    ['null', { body: 'null' }],
    ['status 204', { status: 204 }],
  ])('is empty for %s', async (_what, given) => {
    const service = await serve(given);
    expect(await service.api.listCallbacks(tokens, account)).toEqual({ ok: true, value: [] });
  });

  it.each(['{}', '[7]', '<html></html>'])('is not read from %s', async (body) => {
    const service = await serve({ body });
    expect(await service.api.listCallbacks(tokens, account)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable' },
    });
  });
});

describe('a page of devices', () => {
  it('brings the cursor of the next page with every digit', async () => {
    const service = await serve({
      body: `{"hasMoreData":true,"devices":[
        {"accountName":"${account}","deviceIds":[{"id":"7022895555","kind":"MDN"}]},
        {"deviceIds":[],"extendedAttributes":[{"key":"Other"},{"key":"DeviceId","value":90071992547409931}]}]}`,
    });
    expect(await service.api.devices(tokens, null, null)).toEqual({
      ok: true,
      value: {
        devices: [
          { account, deviceIds: [{ id: '7022895555', kind: 'mdn' }], name: null },
          { account: null, deviceIds: [], name: null },
        ],
        next: '90071992547409931',
      },
    });
  });

  it.each(['', '{}', '{"devices":null}'])('may be the last and empty (%j)', async (body) => {
    const service = await serve({ body });
    expect(await service.api.devices(tokens, null, null)).toEqual({ ok: true, value: { devices: [], next: null } });
  });
});

describe('the facts of an account', () => {
  it('are read without those that are not needed', async () => {
    const service = await serve({ body: { accountName: account, organizationName: 'ACME', carriers: ['Verizon'] } });
    expect(await service.api.account(tokens, account)).toEqual({
      ok: true,
      value: { accountName: account, organizationName: 'ACME' },
    });
  });
});
