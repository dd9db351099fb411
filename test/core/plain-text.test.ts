import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkup, plainText } from '../../main/core/plain-text.ts';

describe('text from a device', () => {
  test.each([
    ['two\r\nlines\tand\u0000more', 'two lines and more'],
    ['evil\u202Etxt.exe\u2066', 'eviltxt.exe'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['lone \uD800 half', 'lone \uFFFD half'],
    ['\u001B[31mred', '[31mred'],
    ['👩\u200D🔧 fits', '👩\u200D🔧 fits'],
    [`z${'\u0301'.repeat(50)}`, `z${'\u0301'.repeat(4)}`],
  ])('%j is shown as %j', (text, shown) => {
    expect(plainText(text, 80)).toBe(shown);
  });

  test('is cut with a sign that it was', () => {
    expect(plainText('abcdef', 6)).toBe('abcdef');
    expect(plainText('abcdefg', 6)).toBe('abcde…');
    expect(plainText('😀'.repeat(10), 4)).toBe('😀😀😀…');
    expect(Array.from(plainText('x'.repeat(5_000_000), 240))).toHaveLength(240);
  });

  test('is one clean line within its limit, whatever it was', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = plainText(text, 40);
        expect(Array.from(line).length).toBeLessThanOrEqual(40);
        expect(line).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });

  test('is no markup where notifications are markup', () => {
    expect(escapeMarkup('<a href="x">& go</a>')).toBe('&lt;a href="x"&gt;&amp; go&lt;/a&gt;');
  });
});
