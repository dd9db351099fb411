import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  credentialsOf,
  parsePlatformTime,
  readCallbackBody,
  textWithoutSecrets,
  withoutSecrets,
} from '../../main/core/callback-body.ts';

const fixtures = new URL('../fixtures/callbacks/', import.meta.url);

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));
}

describe('what a callback is', () => {
  it('knows a text by smsMessage, with identifiers in canonical form', () => {
    expect(
      readCallbackBody({ smsMessage: 'hi', deviceIds: [{ id: ' 0702 ', kind: 'MDN' }], callbackCount: 2 }),
    ).toEqual({
      kind: 'text',
      deviceIds: [{ id: '0702', kind: 'mdn' }],
      text: 'hi',
      timestamp: null,
      requestId: null,
      callbackCount: 2,
    });
  });

  it.each([['smsMessage'], ['SmsMessage'], ['message']])('knows a text by %s', (key) => {
    expect(readCallbackBody({ [key]: '' })).toMatchObject({ kind: 'text', text: '', deviceIds: [] });
  });

  it.each([
    [{ deviceIds: [{ Identifier: '1', Kind: 'ESN' }] }],
    [{ device: [{ id: '1', kind: 'esn' }] }],
    [{ Device: { Identifier: '1', Kind: 'esn' } }],
  ])('finds identifiers in %j', (part) => {
    expect(readCallbackBody({ smsMessage: 'x', ...part })).toMatchObject({ deviceIds: [{ id: '1', kind: 'esn' }] });
  });

  it('keeps a text whose identifiers cannot be read', () => {
    const body = { smsMessage: 'x', deviceIds: [null, 7, { id: 5, kind: 'mdn' }, { id: '', kind: 'mdn' }] };
    expect(readCallbackBody(body)).toMatchObject({ kind: 'text', deviceIds: [] });
  });

  it('lets smsMessage outweigh everything else, and message nothing that names another kind', () => {
    const fault = { faultResponse: { faultcode: 'X' } };
    expect(readCallbackBody({ smsMessage: 'x', ...fault }).kind).toBe('text');
    expect(readCallbackBody({ message: 'x', ...fault }).kind).toBe('fault');
    expect(readCallbackBody({ message: 'x', niddResponse: {} }).kind).toBe('other');
    expect(readCallbackBody({ message: 'x', faultResponse: null, deviceResponse: null }).kind).toBe('text');
  });

  it('knows the news of a text that was sent, by status or else by its confirmation', () => {
    const deviceResponse = { smsDeliveryResponse: { confirmation: 'Delivered' } };
    const common = { kind: 'delivery', requestId: 'r', deviceIds: [] };
    expect(readCallbackBody({ requestId: 'r', deviceResponse, status: 'Success' })).toEqual({
      ...common,
      words: { status: 'Success', confirmation: 'Delivered', fault: null },
    });
    expect(readCallbackBody({ requestId: 'r', deviceResponse })).toMatchObject({ words: { status: 'Delivered' } });
  });

  it('knows a failure, and lets its request id through', () => {
    const body = { requestId: 'r', faultResponse: { faultcode: 'X' } };
    const words = { status: 'Failed', confirmation: null, fault: 'X' };
    expect(readCallbackBody(body)).toEqual({ kind: 'fault', requestId: 'r', deviceIds: [], words });
    const inside = { smsDeliveryResponse: { faultResponse: { faultcode: 'X', faultstring: 'No.' } } };
    expect(readCallbackBody({ requestId: 'r', deviceResponse: inside })).toMatchObject({ words: { fault: 'X: No.' } });
  });

  it.each([[null], [[]], ['text'], [7], [undefined]])('calls %j unreadable', (body) => {
    expect(readCallbackBody(body).kind).toBe('unreadable');
  });

  it('reads every recorded body as what its name says', () => {
    const kinds = { text: 'text', sms: 'delivery', carrier: 'other', nidd: 'other' } as const;
    const names = readdirSync(fixtures);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const start = name.split('-')[0] as keyof typeof kinds;
      expect([name, readCallbackBody(fixture(name)).kind]).toEqual([name, kinds[start]]);
    }
  });

  it('never throws, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (body) => {
        readCallbackBody(body);
        credentialsOf(body);
        JSON.parse(withoutSecrets(body, ['secret']));
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (body) => void readCallbackBody(JSON.parse(JSON.stringify(body)))));
  });

  it('survives keys that mean something to JavaScript', () => {
    const body: unknown = JSON.parse('{"__proto__":{"smsMessage":"x","password":"p"},"constructor":1,"toJSON":2}');
    expect(readCallbackBody(body).kind).toBe('other');
    expect(credentialsOf(body).password).toBe('');
    expect(withoutSecrets(body)).toBe('{"__proto__":{"smsMessage":"x"},"constructor":1,"toJSON":2}');
  });
});

describe('credentials and secrets', () => {
  it('reads user name and password, empty where there are none', () => {
    expect(credentialsOf({ username: 'u', password: 'p' })).toEqual({ username: 'u', password: 'p' });
    expect(credentialsOf({ username: null })).toEqual({ username: '', password: '' });
  });

  it('leaves out whatever is named like a credential, at any depth', () => {
    const body = { Username: 'u', a: [{ passwd: 'p', accessToken: 't', Password: { x: 1 } }], text: 'ok' };
    expect(withoutSecrets(body)).toBe('{"a":[{}],"text":"ok"}');
  });

  it('hides a given secret in every string and key', () => {
    const secret = 'c4nary-long-enough';
    const body = { text: `before ${secret} after`, [secret]: [secret], short: 'abc' };
    const shown = withoutSecrets(body, [secret, 'abc']);
    expect(shown).not.toContain(secret);
    expect(JSON.parse(shown)).toMatchObject({ text: 'before «hidden» after', short: '«hidden»' });
  });

  it('never lets a long secret through, wherever it stands', () => {
    const secret = 'k9-Tq2xWm81';
    const leaf = fc.constantFrom(secret, `a${secret}`, 1, null, 'plain');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
    }));
    fc.assert(fc.property(tree, (body) => !withoutSecrets(body, [secret]).includes(secret)));
  });

  it('cuts off what nests too deep instead of failing', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(withoutSecrets(deep).length).toBeLessThan(1000);
  });

  it('hides passwords in text that is no JSON, or cut off', () => {
    expect(textWithoutSecrets('{"username":"u","password" : "p\\"q","text":"ok"')).toBe(
      '{"username":"«hidden»","password" : "«hidden»","text":"ok"',
    );
    expect(textWithoutSecrets('{"password":"half of it')).toBe('{"password":"«hidden»"');
    expect(textWithoutSecrets('x=topsecretvalue&y', ['topsecretvalue'])).toBe('x=«hidden»&y');
  });

  it('reads hostile text in time that grows with its length', () => {
    const start = performance.now();
    textWithoutSecrets(`"${'\\'.repeat(2048)}`);
    textWithoutSecrets('"password'.repeat(228));
    textWithoutSecrets('"a'.repeat(1024));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('times of the service', () => {
  it.each([
    ['2016-01-01T12:29:49-08:00', '2016-01-01T20:29:49.000Z'],
    ['2019-05-01T00:00:01Z', '2019-05-01T00:00:01.000Z'],
    ['2019-05-01T00:00:01.123Z', '2019-05-01T00:00:01.123Z'],
    ['2019-05-01T00:00:01.5+0530', '2019-04-30T18:30:01.500Z'],
    ['2024-02-29T23:59:59.123456789+00:00', '2024-02-29T23:59:59.123Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parsePlatformTime(text) ?? 0).toISOString()).toBe(iso);
  });

  it.each([
    [''],
    ['yesterday'],
    ['2019-05-01'],
    ['2019-05-01T00:00:01'],
    ['2023-02-29T00:00:00Z'],
    ['2019-13-01T00:00:00Z'],
    ['2019-05-01T24:00:00Z'],
    ['2019-05-01T00:00:00+99:00'],
    ['0000-00-00T00:00:00Z'],
  ])('says that «%s» is none', (text) => {
    expect(parsePlatformTime(text)).toBeNull();
  });

  it('reads back every time that JavaScript writes', () => {
    const dates = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => parsePlatformTime(date.toISOString()) === date.getTime()));
    fc.assert(fc.property(fc.string(), (text) => [null, Date.parse(text)].includes(parsePlatformTime(text))));
  });
});
