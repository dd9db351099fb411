import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, parseQuery } from '../../main/core/query.ts';
import { momentOf } from '../../main/core/query-time.ts';
import { wordsOf } from '../../main/core/query-words.ts';
import type { Message } from '../../preload/contract/message.ts';

const now = Date.UTC(2026, 10, 1, 12);
const clock = { now };

const message: Message = {
  id: 'abcdef-7',
  sequence: 7,
  account: '0342077109-00001',
  deviceIds: [
    { id: '89148000000800139708', kind: 'iccid' },
    { id: '7022895555', kind: 'mdn' },
  ],
  text: 'Réponse de CA1282: status OK, RSSI -67 Lat=+47.26',
  receivedAt: '2026-11-01T11:00:00.000Z',
  platformTime: null,
  lanes: ['callback'],
  unread: true,
};

function finds(query: string, change: Partial<Message> = {}): boolean {
  return matches(parseQuery(query, clock), { ...message, ...change });
}

describe('a search', () => {
  it.each([
    '',
    'status',
    'STAT',
    'reponse',
    'RÉPONSE',
    'ca1282',
    'status reponse',
    '"status ok"',
    '"rssi -67"',
    'lat=+47.26',
    '47.2',
    '-nothing',
    '-"ok status"',
    '5555',
    '7022895555',
    'device:5555',
    'from:9708',
    'DEVICE:5555',
    'account:00001',
    'account:0342077109-00001',
    'is:unread',
    'via:callback',
    '-via:history',
    'after:2h',
    'before:30m',
    'after:2026-11-01T10:59:59Z before:2026-11-01T11:00:01Z',
    '***',
    '-',
    '"',
  ])('finds the message by %s', (query) => {
    expect(finds(query)).toBe(true);
  });

  it.each([
    'tatus',
    '"stat ok"',
    '"ok status"',
    '-status',
    'status nothing',
    '555',
    'device:702289',
    'account:00002',
    'is:read',
    '-is:unread',
    'via:history',
    '-via:callback',
    'after:30m',
    'before:2h',
    'is:starred',
    'via:pigeon',
    'after:tomorrow',
    '-5555',
  ])('does not find it by %s', (query) => {
    expect(finds(query)).toBe(false);
  });

  it('knows starred texts, and that nothing stored is untrusted', () => {
    expect(finds('is:starred', { starred: true })).toBe(true);
    expect(finds('is:starred', { text: 'light is starred' })).toBe(false);
    expect(finds('-is:starred', {})).toBe(true);
    expect(finds('is:unverified', { text: 'is unverified' })).toBe(false);
  });
  it('searches for what it does not understand as text', () => {
    expect(finds('is:nonsense', { text: 'this is nonsense' })).toBe(true);
    expect(finds('http://example', { text: 'see http://example.com' })).toBe(true);
  });
  it('finds single characters of scripts without spaces, and pictographs', () => {
    expect(finds('位置', { text: '当前位置正常' })).toBe(true);
    expect(finds('🚨', { text: 'door🚨open' })).toBe(true);
    expect(finds('置位', { text: '当前位置正常' })).toBe(false);
  });
  it('never throws, and never takes long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
        matches(parseQuery(query, clock), message);
      }),
    );
    const started = performance.now();
    parseQuery(`${'-'.repeat(100_000)}"${'a:'.repeat(100_000)}`, clock);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the words of a text', () => {
  it('are the same after they were taken apart once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
    );
  });
  it('have neither case nor accents', () => {
    expect(wordsOf('Ärger, ÉTÉ! ΟΔΟΣ İstanbul')).toEqual(['arger', 'ete', 'οδοσ', 'istanbul']);
  });
});

describe('a time in a search', () => {
  it.each([
    ['2h', now - 2 * 3_600_000],
    ['3D', now - 3 * 86_400_000],
    ['30m', now - 30 * 60_000],
    ['2026-11-01', Date.UTC(2026, 10, 1)],
    ['2026-11-01T12:30', Date.UTC(2026, 10, 1, 12, 30)],
    ['2026-11-01 12:30:15.5', Date.UTC(2026, 10, 1, 12, 30, 15, 500)],
    ['2026-11-01T12:30:15Z', Date.UTC(2026, 10, 1, 12, 30, 15)],
    ['2026-11-01T12:30-08:00', Date.UTC(2026, 10, 1, 20, 30)],
    ['2026-02-31', null],
    ['2026-13-01', null],
    ['yesterday', null],
    ['2', null],
  ])('%s', (text, at) => {
    expect(momentOf(text, clock)).toBe(at);
  });
  it('is local when no zone is given', () => {
    const local = { now, timeZoneOffsetMinutes: () => -8 * 60 };
    expect(momentOf('2026-11-01', local)).toBe(Date.UTC(2026, 10, 1, 8));
    expect(momentOf('2026-11-01T00:00Z', local)).toBe(Date.UTC(2026, 10, 1));
  });
});
