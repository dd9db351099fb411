import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, misreadConditions as misreadByCore, parseQuery } from '../../../main/core/query.ts';
import { wordsOf } from '../../../main/core/query-words.ts';
import { hitsOf, misreadConditions, wordsIn } from '../../../renderer/messages/query-text.ts';
import { row } from './rows.ts';

function marked(query: string, text: string): readonly string[] {
  return hitsOf(query)
    .text(text)
    .map(({ start, end }) => text.slice(start, end));
}

describe('the words of a text', () => {
  test('are the core’s, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(wordsIn(text).map(({ folded }) => folded)).toEqual(wordsOf(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    'Ärger ΟΔΟΣ Straße',
    'ﬁne ½ Ⅷ',
    '東京タワー 2 号',
    'ไทยแลนด์',
    'x😀y',
    'e\u0301te\u0301 İstanbul',
    'a\u00adb',
  ])('are the core’s: %s', (text) => expect(wordsIn(text).map(({ folded }) => folded)).toEqual(wordsOf(text)));
});

describe('what is marked in a text', () => {
  test('is the part of a word that was typed, wherever it begins one', () => {
    expect(marked('pum', 'PUMP 3, pumps; unpumped')).toEqual(['PUM', 'pum']);
    expect(marked('etat', 'l’État')).toEqual(['État']);
    expect(marked('pump 3', 'pump 3')).toEqual(['pump', '3']);
  });

  test('is a phrase as a whole, with what stands between its words', () => {
    expect(marked('"door open"', 'door open, DOOR - OPEN; door opened')).toEqual(['door open', 'DOOR - OPEN']);
  });

  test('is nothing for what is asked not to be there, nor for keys', () => {
    expect(
      marked('-pump is:unread via:callback before:2h account:0001 device:33', 'pump unread callback 2h 33'),
    ).toEqual([]);
  });

  test('is what is not understood, as the core searches it as text', () => {
    expect(marked('is:nonsense', 'this is nonsense')).toEqual(['is nonsense']);
    expect(marked('lat:47', 'lat:47.26')).toEqual(['lat:47']);
  });

  test.each(['constructor:1', 'toString:1', '__proto__:1'])('is %s, as any other text', (query) => {
    expect(marked(query, `a ${query} b`).join('')).toContain('1');
  });

  test('is the end of an identifier', () => {
    const { identifier } = hitsOf('device:0042');
    expect(identifier('5551230042')).toEqual([{ start: 6, end: 10 }]);
    expect(identifier('0042555')).toEqual([]);
    expect(hitsOf('0042').identifier('5551230042')).toHaveLength(1);
    expect(hitsOf('"0042"').identifier('5551230042')).toEqual([]);
  });

  test('is there exactly where one bare word or phrase is found by the core', () => {
    const word = fc.constantFrom('pump', 'pu', 'Été', 'ete', '東', '3', 'door', 'a-b');
    const text = fc
      .array(fc.constantFrom('Pump', 'pumps', 'été', '東京', '3', '33', 'a b', 'a-b', '—', 'door'))
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(word, fc.boolean(), text, (sought, phrase, written) => {
        const query = phrase ? `"${sought}"` : sought;
        const message = { ...row(1), text: written, deviceIds: [] };
        expect(marked(query, written).length > 0).toBe(matches(parseQuery(query, { now: 0 }), message));
      }),
      { numRuns: 1000 },
    );
  });
});

test('what is no condition, though it looks like one, is what the core takes for none', () => {
  const key = fc.constantFrom('is', 'Via', 'before', 'after', 'device', 'account', 'lat', 'constructor');
  const value = fc.constantFrom(
    '"2026-11-01 12:30"',
    ...'unread STARRED unverified new history queue 2h 3y yesterday "" 2026-11-01 2026-11'.split(' '),
    ...'2026-11-01T12:30 2026-11-01T12:30:01.5Z 2026-11-01+02:00 2026-11-01T9:30'.split(' '),
  );
  const condition = fc.tuple(fc.constantFrom('', '-'), key, value).map(([minus, name, of]) => `${minus}${name}:${of}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(condition, fc.constantFrom('pump', '"is:new"'))), (conditions) => {
      const query = conditions.join(' ');
      expect(misreadConditions(query)).toEqual(misreadByCore(query, { now: 0 }));
    }),
    { numRuns: 1000 },
  );
});
