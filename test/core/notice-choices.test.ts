import { describe, expect, test } from 'vitest';
import { isQuiet, isTold, mayAskForHelp, type NoticeChoices } from '../../main/core/notice-choices.ts';
import type { Message } from '../../preload/contract/message.ts';
import { defaultSettings, settingsChange } from '../../preload/contract/settings.ts';
import { sampleMessage } from '../fakes/samples.ts';

const at = (hour: number, minute = 0) => new Date(2026, 2, 4, hour, minute).getTime();
const night = { from: '22:00', to: '07:00', unless: ['ALARM', 'device:0001 open'] } as const;

function told(message: Partial<Message>, choices: Partial<NoticeChoices>, now = at(12)): boolean {
  return isTold(sampleMessage(1, message), { ...defaultSettings, ...choices }, now);
}

describe('quiet hours', () => {
  test.each([
    [21, 59, false],
    [22, 0, true],
    [3, 0, true],
    [6, 59, true],
    [7, 0, false],
  ])('from 22:00 to 07:00 hold at %i:%i: %s', (hour, minute, quiet) => {
    expect(isQuiet(night, at(hour, minute))).toBe(quiet);
  });

  test('within one day, for a whole day, and none', () => {
    const lunch = { from: '12:00', to: '13:00', unless: [] };
    expect([isQuiet(lunch, at(12, 30)), isQuiet(lunch, at(13))]).toEqual([true, false]);
    expect(isQuiet({ ...lunch, to: '12:00' }, at(3))).toBe(true);
    expect(isQuiet(null, at(3))).toBe(false);
  });

  test('are broken by the words that the person gave, in the search language', () => {
    expect(told({ text: 'battery 80 %' }, { quietHours: night }, at(3))).toBe(false);
    expect(told({ text: 'Alarm! Door.' }, { quietHours: night }, at(3))).toBe(true);
    expect(told({ text: 'open' }, { quietHours: night }, at(3))).toBe(true);
    expect(told({ text: 'open', deviceIds: [{ id: '5559', kind: 'mdn' }] }, { quietHours: night }, at(3))).toBe(false);
    expect(told({ text: 'battery 80 %' }, { quietHours: night }, at(12))).toBe(true);
  });
});

describe('mutes', () => {
  const mutes = [
    { of: { kind: 'account', account: 'A' }, until: new Date(at(13)).toISOString() },
    { of: { kind: 'device', id: '5559' }, until: null },
  ] as const;

  test('hold for one account or device, until their time', () => {
    expect(told({ account: 'A' }, { mutes })).toBe(false);
    expect(told({ account: 'A' }, { mutes }, at(13))).toBe(true);
    expect(told({ account: 'B' }, { mutes })).toBe(true);
    const deviceIds = [
      { id: '9', kind: 'imei' },
      { id: '5559', kind: 'mdn' },
    ];
    expect(told({ deviceIds }, { mutes })).toBe(false);
  });

  test('of one identifier hold for all that the device has, and for no other device', () => {
    const deviceIds = [{ id: '8914', kind: 'iccid' }];
    const merged = [...deviceIds, { id: '5559', kind: 'mdn' }];
    expect(
      told({ deviceIds, device: { id: 7, nickname: null, serviceName: null, deviceIds: merged } }, { mutes }),
    ).toBe(false);
    expect(told({ deviceIds, device: { id: 7, nickname: '5559', serviceName: null, deviceIds } }, { mutes })).toBe(
      true,
    );
    expect(told({ deviceIds }, { mutes })).toBe(true);
  });

  test('do not give way to the words that break quiet hours', () => {
    expect(told({ account: 'A', text: 'ALARM' }, { mutes, quietHours: night })).toBe(false);
  });
});

describe('rules', () => {
  const rules = (...notificationRules: NoticeChoices['notificationRules']) => ({ notificationRules });

  test('decide before anything else, the first that finds the text', () => {
    const choices = {
      ...rules({ search: 'test', notify: 'never' }, { search: 'alarm account:123456', notify: 'always' }),
      mutes: [{ of: { kind: 'everything' }, until: null }] as const,
    };
    expect(told({ text: 'alarm' }, choices)).toBe(true);
    expect(told({ text: 'alarm test' }, choices)).toBe(false);
    expect(told({ text: 'hello' }, choices)).toBe(false);
    expect(told({ text: 'test' }, rules({ search: '-alarm', notify: 'never' }))).toBe(false);
    expect(told({ text: 'alarm' }, rules({ search: '-alarm', notify: 'never' }))).toBe(true);
  });

  test('without a word say nothing', () => {
    expect(told({}, rules({ search: '!!', notify: 'never' }))).toBe(true);
  });
});

test('what needs the person waits for the end of a mute or the quiet hours', () => {
  const muted = { ...defaultSettings, mutes: [{ of: { kind: 'account', account: 'A' }, until: null }] as const };
  expect([
    mayAskForHelp('A', muted, at(12)),
    mayAskForHelp('B', muted, at(12)),
    mayAskForHelp(null, muted, at(12)),
  ]).toEqual([false, true, true]);
  expect(mayAskForHelp('B', { ...defaultSettings, quietHours: night }, at(3))).toBe(false);
});

test.each([
  { quietHours: { from: '24:00', to: '07:00', unless: [] } },
  { quietHours: { from: '22:00', to: '07:00' } },
  { mutes: [{ of: { kind: 'account' }, until: null }] },
  { mutes: [{ of: { kind: 'everything' }, until: 'tomorrow' }] },
  { notificationRules: [{ search: ' ', notify: 'never' }] },
  { updates: 'nightly' },
])('%j is not taken as a setting', (change) => {
  expect(settingsChange.safeParse(change).success).toBe(false);
});
