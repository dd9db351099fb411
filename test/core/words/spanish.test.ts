import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { knownSentence } from '../../../main/adapters/thingspace/known-codes.ts';
import { createLanguages } from '../../../main/core/words/language.ts';
import { createSay } from '../../../main/core/words/say.ts';
import { spanish } from '../../../main/core/words/spanish/book.ts';

const say = createSay(spanish, 'es-ES');
const placeholders = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{[#*]?[a-z]+\}/g)].map(String).toSorted();
const filled = (sentence: string): string =>
  sentence.replaceAll(/\{#[a-z]+\}/g, '7').replaceAll(/\{\*?([a-z]+)\}/g, '«$1»');

/** The same in both on purpose: names, and frames around sentences that are said in their turn. */
const shared = ['Callback', '✓ {*hop}: {reason}', '✗ {*hop}: {reason}', '– {*hop}: {reason}'];

describe('the Spanish book', () => {
  const entries = Object.entries(spanish);

  test.each(entries)('keeps every fact of %j', (english, said) =>
    expect(placeholders(said)).toEqual(placeholders(english)),
  );

  test('says every sentence by its own entry', () => {
    const wrong = entries.filter(([english, said]) => say(filled(english)) !== filled(said));
    expect(wrong).toEqual([]);
  });

  test('says every sentence also where others follow it', () => {
    const [english, said] = ['Nothing is waiting.', say('Nothing is waiting.')];
    expect(said).not.toBe(english);
    const wrong = entries.filter(
      ([first, saidFirst]) =>
        /[.!?]$/.test(first) &&
        say(`${filled(first)} ${english} ${english}`) !== `${filled(saidFirst)} ${said} ${said}`,
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    [
      'Listening on 2 accounts through http://127.0.0.1:9001. Nothing is waiting.',
      'A la escucha en 2 cuentas a través de http://127.0.0.1:9001. No hay nada pendiente.',
    ],
    [
      'Choose ngrok: it is built in and needs only a free account.',
      'Elija ngrok: está incorporado y solo necesita una cuenta gratuita.',
    ],
    [
      'A text could not be forwarded to localhost:3000: The endpoint cannot be reached (ECONNREFUSED). It is kept and tried again.',
      'No se pudo reenviar un mensaje a localhost:3000: No se puede llegar al destino (ECONNREFUSED). Se conserva y se reintenta.',
    ],
    [
      'A text could not be forwarded to a.b and is parked: The endpoint answered 400. Send it again with "replay".',
      'No se pudo reenviar un mensaje a a.b y queda apartado: El destino respondió 400. Ábralo para enviarlo de nuevo.',
    ],
  ])('says %j', (english, said) => expect(say(english)).toBe(said));

  test('leaves nothing in English, and addresses the reader as «usted»', () => {
    for (const [english, said] of entries) {
      if (!shared.includes(english)) expect(said).not.toBe(english);
      expect(said).not.toMatch(/(?<!\p{L})(?:the|and|is|text|queue)(?!\p{L})/u);
      expect(said).not.toMatch(/(?<!\p{L})(?:tú|tus?|te|puedes|tienes|ejecuta|elige)(?!\p{L})/iu);
    }
  });
});

test.each(['0000123456-00001', null])('a refusal that is about the account %s has nothing English left', (account) => {
  for (const code of ['AccountName', 'AccountNotFound', 'DeviceNotFound']) {
    const said = say(knownSentence(`REQUEST_FAILED.${code}`, account) ?? '');
    expect(said).toMatch(account === null ? / (?:esta|esa) cuenta/ : /cuenta (?:llamada )?0000123456-00001/);
    expect(said).not.toContain('account');
  }
});

describe('what the core can say', () => {
  const root = resolve(import.meta.dirname, '../../..');
  /** What only the terminal, scripts or the log ever show. */
  const notForWindows = [
    'main/core/words/',
    'main/core/problem-report.ts',
    'main/adapters/owner',
    'main/adapters/message-db/backup.ts',
    'main/adapters/message-db/index-database.ts',
    'main/adapters/message-db/write-memory.ts',
    'main/adapters/keychain/helper.ts',
    'main/services/forward-secret.ts',
    'main/web/assets.ts',
    'main/web/web-face.ts',
  ];

  /** Ends of sentences whose beginnings vary; the whole ones are in the book. */
  const parts = [
    '${number} in it.',
    '${gap.fetched} fetched from the queue, ${gap.pending} pending.',
    'Fetching the queues${on}.',
    'Fetching the queue ${every}.',
    "${gone} but the password of the callback that ${owed.join(', ')} had before: it goes when that is put back (callbacks --restore).",
    // The settings of a tunnel as the terminal takes them.
    "The tunnel ${kind} ${what.replace(/\\.$/, '')}. It ${takes}.",
  ];

  function sources(folder: string): readonly string[] {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter((file) => !notForWindows.some((start) => file.startsWith(start)));
  }

  /** Literals that are sentences: they begin with a capital or a fact and end as sentences do. */
  function sentencesOf(file: string): readonly string[] {
    const code = readFileSync(join(root, file), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/^\s*\/\/.*$/gm, '')
      .replaceAll(/throw new Error\([^)]*\)/g, '');
    const literals = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)];
    return literals
      .map(([, single, double, template]) => single ?? double ?? template ?? '')
      .filter(
        (text) =>
          /^(?:[A-Z"]|\$\{|(?:ngrok|cloudflared|devtunnel) )/.test(text) &&
          /[a-z]{2,} [a-z]+/.test(text) &&
          /[.?]$/.test(text),
      )
      .filter((text) => !/^(?:SELECT|INSERT|UPDATE|DELETE) /.test(text))
      .filter((text) => !/\$\{[^}]*[`?{]/.test(text) && !parts.includes(text))
      .map((text) => text.replaceAll(/\\(['"\\])/g, '$1'));
  }

  /** A sentence as it may be said: each fact a word, or each a number, and a whole sentence where one stands in front. */
  function isSaid(text: string): boolean {
    const before = text.replace(/^\$\{[^}]*\} (?=[A-Z])/, 'X. ');
    return ['«x»', '7'].some((fact) => {
      const sentence = before.replaceAll(/\$\{[^}]*\}/g, fact);
      return say(sentence) !== sentence;
    });
  }

  const all = ['main/core', 'main/services', 'main/adapters', 'main/desktop', 'main/web', 'preload/contract'].flatMap(
    sources,
  );

  test('is read from its sources', () => {
    expect(all.flatMap(sentencesOf).length).toBeGreaterThan(200);
  });

  test('is all in the book', () => {
    const missing = all.flatMap((file) =>
      sentencesOf(file)
        .filter((text) => !isSaid(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(missing).toEqual([]);
  });

  test.each(['en', 'es'] as const)('names no command of the terminal in a window, in %s', (language) => {
    const inWindow = createLanguages()(language, []);
    const commands =
      /thingspace-sms |tunnels (?:secret|forget)|THINGSPACE_ |"replay"|keyFile|publicUrl|remotePort| --[a-z]/;
    // Those that other programs take.
    const others = /--operator|mytunnel --port/;
    const named = all
      .flatMap(sentencesOf)
      .map((text) => inWindow(text.replaceAll(/\$\{[^}]*\}/g, '«x»')))
      .filter((said) => commands.test(said) && !others.test(said));
    expect(named).toEqual([]);
  });
});
