import type { Query, Term } from '../../core/query.ts';
import { accountWord, deviceWord, spanBits } from './index-words.ts';
import { type Count, quickCountOf } from './read-count.ts';
import type { DevicePlaces, Places, Span } from './read-places.ts';
import { laneBits, starredCondition, unreadCondition } from './rows.ts';

/*
 * A query as SQL over `message m`. What the index can answer becomes one expression for it, the rest are conditions on
 * the rows. The meaning of each term is that of `matches` in core/query.ts.
 */

type Values = readonly (number | string)[];

/** One term: an expression for the index, or a condition on the row. */
type Part = { readonly expression: string } | { readonly condition: string; readonly values: Values };

/** All rows that an expression of the index finds, or all that it does not. */
export interface Matched {
  readonly expression: string;
  readonly inverted: boolean;
}

export interface Plan {
  /** The column that holds the sequence, what it is taken from, and the conditions. */
  readonly column: string;
  readonly from: string;
  readonly where: string;
  readonly values: Values;
  /** What all its hits are counted by. */
  readonly count: Count | Matched;
  /** Whether counting is next to nothing, so that the first page need not wait for it. */
  readonly isCounted: boolean;
  /** Whether a row that did not match may match later, or the other way round. */
  readonly changeable: boolean;
}

/** What a person or a second delivery can change of a row. */
const changeableTerms: readonly Term['kind'][] = ['unread', 'starred', 'via'];

/** Up to so many devices are asked of the index one by one. */
const mostDeviceWords = 64;
const nowhere: DevicePlaces = { lists: [], spans: [] };
/** The condition that holds for each row. */
const always = '1';
const inIndex = 'm.sequence IN (SELECT rowid FROM words WHERE words MATCH ?)';
const ofDevices = 'm.device IN (SELECT value FROM json_each(?))';

function placeExpression(words: readonly string[]): string {
  return `(place : (${words.map((word) => `"${word}"`).join(' OR ')}))`;
}

function spanCondition({ until }: Span): string {
  return `(m.device = ? AND m.sequence >= ?${until === null ? '' : ' AND m.sequence < ?'})`;
}

function spanValues({ names, from, until }: Span): Values {
  return until === null ? [names, from] : [names, from, until];
}

function devicePart({ lists, spans }: DevicePlaces): Part {
  if (lists.length === 0 && spans.length === 0) return { condition: '0', values: [] };
  if (spans.length === 0 && lists.length <= mostDeviceWords)
    return { expression: placeExpression(lists.map(deviceWord)) };
  return {
    condition: `(${[ofDevices, ...spans.map(spanCondition)].join(' OR ')})`,
    values: [JSON.stringify(lists), ...spans.flatMap(spanValues)],
  };
}

function phraseOf({ words, prefix }: Extract<Term, { kind: 'words' }>, places: Places): string {
  const sole = prefix ? places.soleWord(words.at(-1) ?? '') : null;
  if (sole !== null) return `"${[...words.slice(0, -1), sole].join(' ')}"`;
  return `"${words.join(' ')}"${prefix ? ' *' : ''}`;
}

function wordsPart(term: Extract<Term, { kind: 'words' }>, places: Places): Part {
  const text = `(text : ${phraseOf(term, places)})`;
  const found = term.deviceName === null ? nowhere : places.devices(term.deviceName);
  if (found.lists.length === 0 && found.spans.length === 0) return { expression: text };
  const device = devicePart(found);
  if ('expression' in device) return { expression: `(${text} OR ${device.expression})` };
  return { condition: `(${inIndex} OR ${device.condition})`, values: [text, ...device.values] };
}

function accountPart(part: string, places: Places): Part {
  const accounts = places.accounts(part);
  if (accounts.length === places.accounts('').length) return { condition: always, values: [] };
  return accounts.length === 0
    ? { condition: '0', values: [] }
    : { expression: placeExpression(accounts.map(accountWord)) };
}

function partOf(term: Term, places: Places): Part {
  switch (term.kind) {
    case 'words':
      return wordsPart(term, places);
    case 'device':
      return devicePart(places.devices(term.name));
    case 'account':
      return accountPart(term.part, places);
    case 'unread':
      return { condition: term.unread ? unreadCondition : `NOT ${unreadCondition}`, values: [] };
    case 'starred':
      return { condition: starredCondition, values: [] };
    case 'unverified':
      return { condition: '0', values: [] };
    case 'via':
      return { condition: `(m.lanes & ${laneBits[term.lane]})`, values: [] };
    case 'before':
      return { condition: 'm.received_at < ?', values: [term.at] };
    case 'after':
      return { condition: 'm.received_at >= ?', values: [term.at] };
  }
}

/** Where the rows of a time can lie: a bound on the sequence that the spans of the index give. */
function boundOf(term: Term, negated: boolean): { readonly condition: string; readonly values: Values } | null {
  if (term.kind !== 'before' && term.kind !== 'after') return null;
  return (term.kind === 'after') !== negated
    ? { condition: `m.sequence >= (SELECT min(number) << ${spanBits} FROM span WHERE last_at >= ?)`, values: [term.at] }
    : {
        condition: `m.sequence < (SELECT (max(number) + 1) << ${spanBits} FROM span WHERE first_at < ?)`,
        values: [term.at],
      };
}

/** Whether a part of the rows takes a part of the time: not where all hits of the index are gathered first. */
export function isDivisible({ where }: Plan): boolean {
  return !where.includes(inIndex);
}

function countOf(from: string, where: string): string {
  return `SELECT count(*) FROM ${from} WHERE ${where}`;
}

/**
 * A query as one SELECT's FROM and WHERE; conditions on the sequence are added by what uses it. `hasDeleted`: the index
 * may still hold rows that were deleted.
 */
export function planOf(query: Query, places: Places, hasDeleted: boolean): Plan {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const conditions: string[] = [];
  const values: (number | string)[] = [];
  const add = (condition: string, more: Values) => {
    conditions.push(condition);
    values.push(...more);
  };
  for (const { term, negated } of query) {
    const part = partOf(term, places);
    const bound = boundOf(term, negated);
    if (bound) add(bound.condition, bound.values);
    if ('expression' in part) (negated ? unwanted : wanted).push(part.expression);
    else if (negated || part.condition !== always)
      add(negated ? `NOT (${part.condition})` : part.condition, part.values);
  }
  const changeable = query.some(({ term }) => changeableTerms.includes(term.kind));
  if (wanted.length === 0) {
    const isWhole = conditions.length === 0 && !hasDeleted;
    if (unwanted.length > 0) add(`NOT (${inIndex})`, [unwanted.join(' OR ')]);
    const from = 'message m';
    const where = [always, ...conditions].join(' AND ');
    const quick = hasDeleted ? null : quickCountOf(query);
    const rest = unwanted.join(' OR ');
    const counted = isWhole ? { expression: rest, inverted: true } : { sql: countOf(from, where), values };
    const count = quick ?? counted;
    return { column: 'm.sequence', from, where, values, count, isCounted: quick !== null, changeable };
  }
  const positive = wanted.join(' AND ');
  const match = unwanted.length === 0 ? positive : `(${positive}) NOT (${unwanted.join(' OR ')})`;
  const rows = conditions.length === 0 && !hasDeleted ? '' : ' CROSS JOIN message m ON m.sequence = words.rowid';
  const where = ['words MATCH ?', ...conditions].join(' AND ');
  const from = `words${rows}`;
  const all = [match, ...values];
  const count = rows === '' ? { expression: match, inverted: false } : { sql: countOf(from, where), values: all };
  return { column: 'words.rowid', from, where, values: all, count, isCounted: false, changeable };
}
