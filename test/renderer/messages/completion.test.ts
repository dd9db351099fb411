import { describe, expect, test } from 'vitest';
import { matches, parseQuery } from '../../../main/core/query.ts';
import { completions, soughtDevice } from '../../../renderer/messages/completion.ts';
import { row } from './rows.ts';

const ids = (mdn: string) => [
  { id: mdn, kind: 'mdn' },
  { id: `8914800${mdn}`, kind: 'iccid' },
];
const called = (mdn: string, ...names: readonly string[]) => ({ names, ids: ids(mdn) });
const seen = {
  devices: [called('5551230042'), called('5551239999')],
  accounts: ['0000123456-00001', 'FIELD_DEMO-A'],
  now: new Date(2026, 10, 23, 14).getTime(),
};
const terms = (query: string): readonly string[] => completions(query, seen).map(({ term }) => term);

describe('a search', () => {
  test('goes on with devices, each once, by their best identifier', () => {
    expect(terms('dev')).toEqual(['device:5551230042', 'device:5551239999']);
    expect(completions('dev', seen)[0]).toMatchObject({ about: 'mdn', query: 'device:5551230042 ' });
  });

  test('finds any identifier by any part of it', () => {
    expect(terms('device:999')).toEqual(['device:5551239999', 'device:89148005551239999']);
    expect(terms('from:89148')).toEqual(['from:89148005551230042', 'from:89148005551239999']);
  });

  const withNames = [
    called('5551230001', 'Pump 3 north', 'tracker-101'),
    called('5551230002', 'Bomba-1'),
    called('5551230003', 'the "old" one'),
  ];
  const about = (query: string): readonly string[] =>
    completions(query, { ...seen, devices: withNames }).map((one) => `${one.term} ${one.about}`);

  test('goes on with what devices are called, in quotes where a name has spaces', () => {
    expect(about('device:')).toEqual([
      'device:"Pump 3 north" 5551230001',
      'device:Bomba-1 5551230002',
      'device:5551230003 the "old" one',
    ]);
    expect(about('device:pump')).toEqual(['device:"Pump 3 north" 5551230001']);
    expect(about('x -from:"pump 3 n')).toEqual(['from:"Pump 3 north" 5551230001']);
    expect(about('device:0001')).toContain('device:5551230001 Pump 3 north');
    expect(about('device:tracker')).toEqual(['device:tracker-101 5551230001']);
    expect(about('device:"pump" x')).toEqual([]);
  });

  test('offers a name once, though several devices have it', () => {
    const twins = [called('5551230001', 'Pump'), called('5551230002', 'Pump')];
    expect(completions('device:pum', { ...seen, devices: twins }).map(({ term }) => term)).toEqual(['device:Pump']);
  });

  test('written so, finds the device by its name', () => {
    const clock = { now: seen.now, timeZoneOffsetMinutes: () => 0 };
    const deviceIds = ids('5551230001');
    const pump = { ...row(5), deviceIds, device: { id: 7, nickname: 'Pump 3 north', serviceName: null, deviceIds } };
    for (const { query } of completions('device:"pump 3', { ...seen, devices: withNames }))
      expect(matches(parseQuery(query, clock), pump)).toBe(true);
    expect.assertions(1);
  });

  test.each([
    ['pump dev', ''],
    ['device:', ''],
    ['from:0042', '0042'],
    ['-device:"Pump 3', 'pump 3'],
    ['device:"Pump 3" ', null],
    ['account:7', null],
    ['pump', null],
  ])('of %j asks for the devices with %j', (query, part) => {
    expect(soughtDevice(query)).toBe(part);
  });

  test('goes on with accounts, lanes, states and times', () => {
    expect(terms('account:')).toEqual(['account:0000123456-00001', 'account:FIELD_DEMO-A']);
    expect(terms('account:field')).toEqual(['account:FIELD_DEMO-A']);
    expect(terms('vi')).toEqual(['via:callback', 'via:history']);
    expect(terms('is:u')).toEqual(['is:unread', 'is:unverified']);
    expect(terms('is:s')).toEqual(['is:starred']);
    expect(terms('after:')).toEqual(['after:1h', 'after:24h', 'after:7d', 'after:2026-11-23']);
  });

  test('keeps what stands before, and the minus', () => {
    expect(completions('pump "a b" -is:un', seen)[0]?.query).toBe('pump "a b" -is:unread ');
  });

  test.each(['', 'p', 'pump', 'b', '"is', 'is:unread', 'nokey:1', 'device: '])('has nothing to add to %j', (query) => {
    expect(completions(query, seen)).toEqual([]);
  });
});
