import { describe, expect, test } from 'vitest';
import { localeFor, type Words, wordsFor } from '../../../renderer/words/words.ts';
import { numbersIn, sentencesOf } from './walk.ts';

/** What is the same in both languages on purpose: names, signs and formats. */
const shared = [
  /^product$/,
  /^(?:settingsDialog\.languages|palette\.language)\.(?:en|es)$/,
  /^export\.formats\./,
  /^settingsDialog\.about\.updateKinds\.beta$/,
  /^detail\.decoded\.(?:json$|base64$|ucs2$|hex\()/,
  /^send\.encodings\.[78]-bit/,
  /^detail\.decoded\.hemispheres\.[012]$/,
  /^keys\.\d+\.0$/,
];

/** Their facts are days. */
const dated = /^settingsDialog\.queue\.preview\(/;

function said(locale: string): ReturnType<typeof sentencesOf> {
  const { formats: _, ...words } = wordsFor(locale);
  return sentencesOf(words);
}

const english = said('en');
const spanish = said('es');

describe('the two catalogues', () => {
  test('are read whole', () => {
    expect(english.size).toBeGreaterThan(200);
    expect(english.get('list.total(1)')).toBe('1 text');
  });

  test('say the same things', () => {
    expect([...spanish.keys()]).toEqual([...english.keys()]);
  });

  test('are silent in the same places', () => {
    const silent = (catalogue: typeof english): readonly string[] =>
      [...catalogue].flatMap(([path, sentence]) => (sentence.trim() === '' ? [path] : []));
    expect(silent(spanish)).toEqual(silent(english));
    expect(silent(english).filter((path) => !path.endsWith('.hint'))).toEqual([]);
  });

  test('tell the same facts, and give every fact that they are given', () => {
    for (const [path, sentence] of english)
      expect([path, numbersIn(spanish.get(path) ?? '')]).toEqual([path, numbersIn(sentence)]);
    // Formats that say how many without a figure would hide a lost fact: every function names what it was given.
    const given = [...english].filter(([path]) => /\(701/.test(path) && !dated.test(path));
    expect(
      given.filter(
        ([path, sentence]) => !numbersIn(path.slice(path.indexOf('('))).every((fact) => sentence.includes(fact)),
      ),
    ).toEqual([]);
  });

  test('leave nothing in English by accident', () => {
    const alike = [...english]
      .filter(([path, sentence]) => sentence !== '' && spanish.get(path) === sentence)
      .map(([path]) => path);
    expect(alike.filter((path) => !shared.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test('let no sign of the other language through', () => {
    const own = (catalogue: typeof english): string =>
      [...catalogue].flatMap(([path, sentence]) => (/\.languages?\.(?:en|es)$/.test(path) ? [] : [sentence])).join(' ');
    // Keys of the search language are the same everywhere.
    expect(own(spanish).replaceAll(/\b[a-z]+:\w+/g, '')).not.toMatch(
      /\b(?:the|and|text|queue|account|device|settings)\b/i,
    );
    expect(own(english)).not.toMatch(/[áéíóúñ¿¡]/i);
  });

  test('address the reader as «usted» throughout', () => {
    expect(
      [...spanish.values()].filter((sentence) =>
        /(?<!\p{L})(?:tú|tus?|te|puedes|quieres|tienes|haz)(?!\p{L})/iu.test(sentence),
      ),
    ).toEqual([]);
  });
});

describe('counts and numbers', () => {
  const totals = (words: Words): readonly string[] => [0, 1, 2, 1234, 1_000_000].map(words.list.total);

  test('follow the plural rules and the grouping of the language', () => {
    expect(totals(wordsFor('en-US'))).toEqual(['0 texts', '1 text', '2 texts', '1,234 texts', '1,000,000 texts']);
    expect(totals(wordsFor('es-ES'))).toEqual([
      '0 mensajes',
      '1 mensaje',
      '2 mensajes',
      '1234 mensajes',
      '1.000.000 de mensajes',
    ]);
    expect(totals(wordsFor('es-MX'))[3]).toBe('1,234 mensajes');
  });
});

describe('the locale', () => {
  test.each([
    ['system', ['es-MX', 'en'], 'es-MX'],
    ['system', ['de-DE', 'en-GB'], 'en-GB'],
    ['system', ['de-DE'], 'en'],
    ['system', [], 'en'],
    ['es', ['en-US'], 'es'],
    ['es', ['en-US', 'es-US'], 'es-US'],
    ['en', ['es-ES', 'en-IE'], 'en-IE'],
  ] as const)('of %s for one who prefers %j is %s', (choice, preferred, locale) => {
    expect(localeFor(choice, preferred)).toBe(locale);
  });

  test('that there are no words for is spoken as English', () => {
    expect(wordsFor('fr-FR').formats.locale).toBe('en');
    expect(wordsFor('').close).toBe('Close');
  });
});
