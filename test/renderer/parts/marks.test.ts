import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedPieces } from '../../../renderer/parts/marks.ts';

function shown(text: string, lines = false): string {
  return markedPieces(text, lines)
    .map((piece) => (piece.kind === 'mark' ? `[${piece.label}]` : piece.text))
    .join('');
}

describe('a text from outside', () => {
  test('that is plain is left alone', () => {
    expect(markedPieces('Tür offen, 21.4 °C <b>', false)).toEqual([{ kind: 'text', text: 'Tür offen, 21.4 °C <b>' }]);
  });

  test('shows control characters, and how many stand together', () => {
    expect(shown('a\0\0\0b\u0007\u001B[31m')).toBe('a[\\0×3]b[\\u0007][\\u001B][31m');
  });

  test('shows what would turn the direction or be invisible', () => {
    expect(shown('a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf')).toBe('a[\\u202E]b[\\u2066]c[\\u200B]d[\\uFEFF]e[\\u00AD]f');
    expect(shown('\u{E0041}\u3164\u2028')).toBe('[\\u{E0041}][\\u3164][\\u2028]');
  });

  test('shows half a pair as what it is', () => {
    expect(shown('a\uD800b')).toBe('a[\\uD800]b');
  });

  test('keeps its lines only where they are wanted', () => {
    expect(shown('one\r\ntwo\nthree', true)).toBe('one\ntwo\nthree');
    expect(shown('one\r\ntwo')).toBe('one[\\r][\\n]two');
  });

  test('keeps emoji that are joined, and marks a joiner that joins none', () => {
    expect(shown('👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥')).toBe('👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥');
    expect(shown('a\u200Db')).toBe('a[\\u200D]b');
  });

  test('never shows a character of these kinds, and loses none of the others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = markedPieces(text, false)
          .filter((piece) => piece.kind === 'text')
          .map(({ text }) => text);
        for (const part of plain) expect(part).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(plain.join('').length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('what is found is a stretch of its own, and what is invisible in it is still marked', () => {
  const find = () => [
    { start: 0, end: 1 },
    { start: 3, end: 6 },
  ];
  expect(markedPieces('ab c\0d e', false, find)).toEqual([
    { kind: 'hit', text: 'a' },
    { kind: 'text', text: 'b ' },
    { kind: 'hit', text: 'c' },
    { kind: 'mark', label: '\\0' },
    { kind: 'hit', text: 'd' },
    { kind: 'text', text: ' e' },
  ]);
});
