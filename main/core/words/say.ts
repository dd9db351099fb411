/*
 * The core writes its sentences in English, for the terminal, for scripts and for what is kept on disk. What a face
 * shows to a person passes through a `Say`, so that everything said already changes with the language.
 */

import { literal } from '../literal.ts';

/** Says an English sentence of this app in the language of a face. What it does not know stays as it is. */
export type Say = (english: string) => string;

/**
 * Sentences by their English. `{name}` is any stretch, kept as it is: of one sentence, unless only a longer one makes
 * sense; `{#name}` a number, written anew; `{*name}` a sentence that is said in its turn, at the end of an entry also
 * several.
 */
export type Book = Readonly<Record<string, string>>;

interface Entry {
  readonly pattern: RegExp;
  /** The same where a stretch may go on over the end of a sentence. */
  readonly loose: RegExp;
  readonly names: readonly string[];
  readonly said: string;
  /** Characters of the English that are no placeholder: the more, the less it can be taken for another. */
  readonly certain: number;
}

const placeholder = /\{([#*]?[a-z]+)\}/gi;
const anyWords = '(.+?)';
const withinSentence = '((?:(?![.!?;] ).)+?)';
/** Sentences are asked for again and again; those that carry numbers change, so the oldest go. */
const remembered = 500;

/** `locale`: BCP 47, for the numbers in the sentences. */
export function createSay(book: Book, locale: string): Say {
  const whole = new Map(Object.entries(book).filter(([english]) => !english.includes('{')));
  const entries = Object.entries(book).flatMap(([english, said]) =>
    english.includes('{') ? [entryOf(english, said)] : [],
  );
  const byCertainty = entries.toSorted((one, other) => other.certain - one.certain);
  const numbers = new Intl.NumberFormat(locale);
  const memory = new Map<string, string>();

  function filled(entry: Entry, found: RegExpExecArray): string {
    const values = new Map(entry.names.map((name, place) => [name, found[place + 1] ?? '']));
    return entry.said.replaceAll(placeholder, (_, name: string) => {
      const value = values.get(name) ?? '';
      if (name.startsWith('#')) return numbers.format(Number(value.replaceAll(',', '')));
      return name.startsWith('*') ? say(value) : value;
    });
  }

  function matched(english: string, kind: 'pattern' | 'loose'): string | null {
    for (const entry of byCertainty) {
      const found = entry[kind].exec(english);
      if (found) return filled(entry, found);
    }
    return null;
  }

  function known(english: string): string | null {
    return whole.get(english) ?? matched(english, 'pattern');
  }

  /** Several sentences in a row: the longest beginning that is known, then the rest. */
  function inPieces(english: string): string {
    const ends = [...english.matchAll(/[.!?:;] /g)].map(({ index }) => index + 1);
    for (const end of ends.toReversed()) {
      const first = known(english.slice(0, end));
      if (first !== null) return `${first} ${say(english.slice(end + 1))}`;
    }
    const [end] = ends;
    if (end === undefined) return english;
    return matched(english, 'loose') ?? `${english.slice(0, end)} ${say(english.slice(end + 1))}`;
  }

  function say(english: string): string {
    const before = memory.get(english);
    if (before !== undefined) return before;
    const said = known(english) ?? inPieces(english);
    const [oldest] = memory.keys();
    if (memory.size >= remembered && oldest !== undefined) memory.delete(oldest);
    memory.set(english, said);
    return said;
  }

  return say;
}

function entryOf(english: string, said: string): Entry {
  const names = [...english.matchAll(placeholder)].map(([, name = '']) => name);
  const parts = english.split(placeholder);
  const last = parts.at(-1) === '' ? parts.length - 2 : -1;
  const patternOf = (words: string): RegExp => {
    const source = parts.map((part, index) => {
      if (index % 2 === 0) return literal(part);
      if (part.startsWith('#')) return '(\\d[\\d,]*)';
      return part.startsWith('*') && index === last ? anyWords : words;
    });
    return new RegExp(`^${source.join('')}$`, 's');
  };
  const certain = english.replaceAll(placeholder, '').length;
  return { pattern: patternOf(withinSentence), loose: patternOf(anyWords), names, said, certain };
}
