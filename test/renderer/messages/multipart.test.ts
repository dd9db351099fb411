import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodingsOf } from '../../../renderer/messages/decode.ts';
import { gsmText, ucs2Text } from '../../../renderer/messages/gsm.ts';
import { joinedParts, partOf } from '../../../renderer/messages/multipart.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (all: Iterable<number>): string => Array.from(all, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Packs septets as a phone does: an own reading of GSM 03.38, so that a shared mistake would show. */
function packed(codes: readonly number[], fill = 0): number[] {
  const bits = [
    ...Array.from({ length: fill }, () => 0),
    ...codes.flatMap((code) => Array.from({ length: 7 }, (_, bit) => (code >> bit) & 1)),
  ];
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Array.from({ length: 8 }, (_, bit) => (bits[at * 8 + bit] ?? 0) << bit).reduce((sum, one) => sum + one, 0),
  );
}

describe('septets', () => {
  // Vectors that are printed in many descriptions of the format.
  test.each([
    ['E8329BFD4697D9EC37', 'hellohello'],
    ['C8F71D14969741F977FD07', 'How are you?'],
    ['D4F29C0E', 'Test'],
    ['9B32', '\u20ac'],
  ])('of %s are %s', (hex, text) => expect(gsmText(bytes(hex))).toBe(text));

  test('are read back for any text of plain letters, at any fill', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .,]{1,160}$/), fc.integer({ min: 0, max: 6 }), (text, fill) => {
        const codes = Array.from(text, (character) => character.charCodeAt(0));
        expect(gsmText(Uint8Array.from(packed(codes, fill)), fill)).toBe(text);
      }),
    );
  });
});

test.each([
  ['00480065006C006C006F', 'Hello'],
  ['041F04400438043204350442', 'Привет'],
  ['6771 4EAC'.replace(' ', ''), '東京'],
  ['D83DDE00', '😀'],
])('UCS-2 of %s is %s', (hex, text) => expect(ucs2Text(bytes(hex))).toBe(text));

describe('a text is decoded', () => {
  test.each([
    ['C8F71D14969741F977FD07', 'gsm7', 'How are you?'],
    ['00480065006C006C006F', 'ucs2', 'Hello'],
    ['041F0440043804320435044200210021', 'ucs2', 'Привет!!'],
  ])('%s as %s', (written, kind, text) => {
    expect(decodingsOf(written).find((one) => one.kind === kind)).toMatchObject({ text });
  });

  test.each(['48656c6c6f20776f726c64', '41,00,7F,A2,19,03,00,00,00,08', 'deadbeefcafebabe', '48 65 6C 6C 6F 00 FF 0A'])(
    '%s as neither',
    (written) => {
      expect(decodingsOf(written).filter((one) => one.kind === 'gsm7' || one.kind === 'ucs2')).toEqual([]);
    },
  );
});

describe('a part', () => {
  test.each([
    ['(2/3) and on', { number: 2, total: 3, text: 'and on' }],
    ['1 of 2: first', { number: 1, total: 2, text: 'first' }],
    ['the end [3/3]', { number: 3, total: 3, text: 'the end' }],
  ])('is known by the mark of %s', (text, part) => expect(partOf(text)).toEqual({ reference: '', ...part }));

  test('is known by the header in its bytes', () => {
    const letters = Array.from('BAT 87% and on', (character) => character.charCodeAt(0));
    const septets = hexOf(packed(letters, 1));
    expect(partOf(`050003CC0201${septets}`)).toEqual({
      reference: '8-204',
      number: 1,
      total: 2,
      text: 'BAT 87% and on',
    });
    expect(partOf(`0608041234030200480065006C006C006F`)).toEqual({
      reference: '16-4660',
      number: 2,
      total: 3,
      text: 'Hello',
    });
  });

  test.each(['ratio 2/3 of the tank', 'open 24/7', '(4/3) no', '5/1: no', 'part', '11/23/2026 14:00', ''])(
    'is not %s',
    (text) => expect(partOf(text)).toBeNull(),
  );
});

describe('parts', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 2, maxLength: 8 });
  test('are joined in whatever order they come, and a missing one is a hole', () => {
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.nat()), (texts, kept, order) => {
        const all = texts.map((text, index) => ({
          text: `(${index + 1}/${texts.length}) ${text}`,
          at: index * 1000,
          keep: kept.next().value,
        }));
        const [first] = all;
        const there = all.filter(({ keep }, index) => keep || index === 0);
        const shuffled = there
          .map((one) => ({ ...one, place: order.next().value }))
          .toSorted((a, b) => a.place - b.place);
        const part = partOf(first?.text ?? '');
        expect(part && joinedParts(part, 0, shuffled)).toEqual(
          all.map(({ keep }, index) => (keep || index === 0 ? texts[index] : null)),
        );
      }),
    );
  });

  test('of another text, another reference or another time are left out', () => {
    const part = { reference: '8-1', number: 1, total: 2, text: 'a' };
    const other = (hex: string, at: number) => ({ text: hex, at });
    expect(joinedParts(part, 0, [other('05000302020041004200430044', 0), other('(2/2) x', 0)])).toEqual(['a', null]);
    expect(joinedParts({ ...part, reference: '' }, 0, [other('(2/2) late', 3_600_000), other('(2/3) x', 0)])).toEqual([
      'a',
      null,
    ]);
    expect(joinedParts({ ...part, reference: '' }, 0, [other('(2/2) later', 9000), other('(2/2) near', 2000)])).toEqual(
      ['a', 'near'],
    );
  });
});
