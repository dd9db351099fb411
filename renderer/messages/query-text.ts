/** A stretch of a text: from `start` up to but not with `end`, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a query is found in a text, in order and apart from one another. */
export type Find = (text: string) => readonly Range[];

/** What a query marks: words in texts, ends in identifiers, parts of names. */
export interface Hits {
  readonly text: Find;
  readonly identifier: Find;
  /** Parts of what a device is called. */
  readonly name: Find;
}

interface Word extends Range {
  readonly folded: string;
  /** For each unit of `folded`: where its character ends in the text. */
  readonly ends: readonly number[];
}

const nothing: Find = () => [];
export const noHits: Hits = { text: nothing, identifier: nothing, name: nothing };

/* The pieces, keys and words of the core's search language (main/core/query*.ts); a test holds them together. */
const piece = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/giu;
const devices = ['device', 'from'];
const moment =
  /^(?:\d{1,6}[smhdw]|\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(?:z|[+-]\d{2}:?\d{2})?)$/i;
/** Keys that do not take every value. */
const choosy: ReadonlyMap<string, RegExp> = new Map([
  ['is', /^(?:(?:un)?read|starred|unverified)$/i],
  ['via', /^(?:callback|history)$/i],
  ['before', moment],
  ['after', moment],
]);
const shortestIdentifierEnd = 4;
const marks = /\p{M}+/gu;
const single = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}]/u;
const inWord = /[\p{L}\p{N}]/u;

/** What to mark for a query: all that it asks to be there. What it asks not to be there marks nothing. */
export function hitsOf(query: string): Hits {
  const phrases: { readonly words: readonly string[]; readonly prefix: boolean }[] = [];
  const identifierEnds: string[] = [];
  for (const [whole, minus = '', key, phrase, bare] of query.matchAll(piece)) {
    if (minus === '-') continue;
    const value = phrase ?? bare ?? '';
    const name = key?.toLowerCase() ?? '';
    if (value !== '' && devices.includes(name)) identifierEnds.push(value.toLowerCase());
    else if (value === '' || !(name === 'account' || choosy.get(name)?.test(value))) {
      const written = key === undefined ? value : whole;
      const quoted = key === undefined && phrase !== undefined;
      phrases.push({ words: wordsIn(written).map(({ folded }) => folded), prefix: !quoted });
      if (!quoted && written.length >= shortestIdentifierEnd) identifierEnds.push(written.toLowerCase());
    }
  }
  const wanted = phrases.filter(({ words }) => words.length > 0);
  if (wanted.length === 0 && identifierEnds.length === 0) return noHits;
  return {
    text: (text) => merged(wanted.flatMap(({ words, prefix }) => phraseRanges(wordsIn(text), words, prefix))),
    identifier: (text) => merged(identifierEnds.flatMap((end) => endRange(text, end))),
    name: (text) => merged(identifierEnds.flatMap((part) => partRange(text, part))),
  };
}

/** What looks like a condition and is none, as it was written, such as `is:new`: it is searched as text. */
export function misreadConditions(query: string): readonly string[] {
  return [...query.matchAll(piece)]
    .filter(([, , key = '', phrase, bare = '']) => choosy.get(key.toLowerCase())?.test(phrase ?? bare) === false)
    .map(([whole]) => whole);
}

function phraseRanges(words: readonly Word[], wanted: readonly string[], prefix: boolean): readonly Range[] {
  const last = wanted.length - 1;
  return words.flatMap((first, start) => {
    const found = wanted.every((each, index) => {
      const folded = words[start + index]?.folded;
      return prefix && index === last ? folded?.startsWith(each) : folded === each;
    });
    const end = words[start + last]?.ends[(wanted[last]?.length ?? 0) - 1];
    return found && end !== undefined ? [{ start: first.start, end }] : [];
  });
}

function endRange(text: string, end: string): readonly Range[] {
  return text.toLowerCase().endsWith(end) ? [{ start: text.length - end.length, end: text.length }] : [];
}

function partRange(text: string, part: string): readonly Range[] {
  const lower = text.toLowerCase();
  const start = lower.indexOf(part);
  // Where lower case has another length, places in it are none in the text.
  return start === -1 || lower.length !== text.length ? [] : [{ start, end: start + part.length }];
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = apart.at(-1);
    if (last && range.start <= last.end) apart[apart.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else apart.push(range);
  }
  return apart;
}

/** The words of a text as the core sees them (no case, no accents), each with its place in the text as it is. */
export function wordsIn(text: string): readonly Word[] {
  const words: Word[] = [];
  let folded = '';
  let start = 0;
  let ends: number[] = [];
  const finish = (): void => {
    const end = ends.at(-1);
    if (end !== undefined) words.push({ folded, start, end, ends });
    folded = '';
    ends = [];
  };
  let at = 0;
  for (const character of text) {
    const from = at;
    at += character.length;
    for (const part of fold(character)) {
      if (single.test(part)) {
        finish();
        words.push({ folded: part, start: from, end: at, ends: Array.from(part, () => at) });
      } else if (inWord.test(part)) {
        if (ends.length === 0) start = from;
        folded += part;
        for (let unit = 0; unit < part.length; unit += 1) ends.push(at);
      } else finish();
    }
  }
  finish();
  return words;
}

function fold(character: string): string {
  return character.normalize('NFKD').toLowerCase().replace(marks, '').replaceAll('ς', 'σ');
}
