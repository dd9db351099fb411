import type { DeviceId, Lane, Message, TextsDevice } from '../../preload/contract/message.ts';
import { momentOf, type QueryClock } from './query-time.ts';
import { containsWords, wordsOf } from './query-words.ts';

/*
 * The search language. Conditions stand side by side and all must hold:
 *
 *   word          a word of the text that begins so; or, from four characters on, what device: finds
 *   "two words"   these words, one after the other
 *   device:5555   from:5555   the end of any identifier that the text carries or its device has, or a part of the
 *                             device's nickname or of its name at ThingSpace
 *   account:…     a part of the account's name
 *   is:unread  is:read  is:starred  via:callback  via:history
 *   is:unverified  no text: what is not trusted is kept apart, and faces say where
 *   before:…  after:…   of the time of receipt: 2026-11-01, 2026-11-01T12:30, 2h, 3d, 30m (see query-time.ts)
 *   -…            not
 *
 * Case and accents do not matter. What is not understood is searched as text; what holds no word says nothing.
 */

export type Term =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      /** Whether the last word only has to begin so. */
      readonly prefix: boolean;
      /** Also holds where the device is called so; null: text only. */
      readonly deviceName: string | null;
    }
  | { readonly kind: 'device'; readonly name: string }
  | { readonly kind: 'account'; readonly part: string }
  | { readonly kind: 'unread'; readonly unread: boolean }
  | { readonly kind: 'starred' | 'unverified' }
  | { readonly kind: 'via'; readonly lane: Lane }
  | { readonly kind: 'before'; readonly at: number }
  | { readonly kind: 'after'; readonly at: number };

export interface Condition {
  readonly negated: boolean;
  readonly term: Term;
}

/** All conditions must hold; an empty list holds for every message. */
export type Query = readonly Condition[];

const shortestIdentifierEnd = 4;
/* An optional minus, an optional key, then a phrase (which may lack its end) or anything up to a space. */
const piece = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/giu;

function textTerm(text: string, phrase: boolean): Term | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  const end = text.toLowerCase();
  return {
    kind: 'words',
    words,
    prefix: !phrase,
    deviceName: !phrase && end.length >= shortestIdentifierEnd ? end : null,
  };
}

function keyTerm(key: string, value: string, clock: QueryClock): Term | null {
  if (value === '') return null;
  const lower = value.toLowerCase();
  switch (key.toLowerCase()) {
    case 'device':
    case 'from':
      return { kind: 'device', name: lower };
    case 'account':
      return { kind: 'account', part: lower };
    case 'is':
      if (lower === 'starred' || lower === 'unverified') return { kind: lower };
      return lower === 'unread' || lower === 'read' ? { kind: 'unread', unread: lower === 'unread' } : null;
    case 'via':
      return lower === 'callback' || lower === 'history' ? { kind: 'via', lane: lower } : null;
    case 'before': {
      const at = momentOf(value, clock);
      return at === null ? null : { kind: 'before', at };
    }
    case 'after': {
      const at = momentOf(value, clock);
      return at === null ? null : { kind: 'after', at };
    }
    default:
      return null;
  }
}

/** The search language as a plain list of conditions. Takes any text whatever and never throws. */
export function parseQuery(text: string, clock: QueryClock): Query {
  const conditions: Condition[] = [];
  for (const [whole, minus = '', key, phrase, bare] of text.matchAll(piece)) {
    const value = phrase ?? bare ?? '';
    const known = key === undefined ? null : keyTerm(key, value, clock);
    const written = key === undefined ? value : whole.slice(minus.length);
    const term = known ?? textTerm(written, key === undefined && phrase !== undefined);
    if (term) conditions.push({ negated: minus === '-', term });
  }
  return conditions;
}

/** Keys that do not take every value. */
const choosy = /^(?:is|via|before|after)$/i;

/** What looks like a condition and is none, as it was written, such as `is:new`: it is searched as text. */
export function misreadConditions(text: string, clock: QueryClock): readonly string[] {
  return [...text.matchAll(piece)]
    .filter(([, , key = '', phrase, bare = '']) => choosy.test(key) && keyTerm(key, phrase ?? bare, clock) === null)
    .map(([whole]) => whole);
}

/** Whether any identifier ends so (given in lower case). */
export function endsIdentifier(deviceIds: readonly DeviceId[], end: string): boolean {
  return deviceIds.some((device) => device.id.toLowerCase().endsWith(end));
}

/** Whether the person or ThingSpace's list gives the device a name that contains this (given in lower case). */
export function isNamed({ nickname, serviceName }: TextsDevice, part: string): boolean {
  return [nickname, serviceName].some((name) => name?.toLowerCase().includes(part) ?? false);
}

/** Whether any identifier that the device has ends so, or a name of it contains it (given in lower case). */
export function isCalled(device: TextsDevice, name: string): boolean {
  return endsIdentifier(device.deviceIds, name) || isNamed(device, name);
}

/** Whether the text is of a device that is called so. */
function isOf({ deviceIds, device }: Message, name: string): boolean {
  return endsIdentifier(deviceIds, name) || (device !== undefined && isCalled(device, name));
}

function holds(term: Term, message: Message, words: () => readonly string[]): boolean {
  switch (term.kind) {
    case 'words':
      return (
        containsWords(words(), term.words, term.prefix) || (term.deviceName !== null && isOf(message, term.deviceName))
      );
    case 'device':
      return isOf(message, term.name);
    case 'account':
      return message.account.toLowerCase().includes(term.part);
    case 'unread':
      return message.unread === term.unread;
    case 'starred':
      return message.starred === true;
    case 'unverified':
      return false;
    case 'via':
      return message.lanes.includes(term.lane);
    case 'before':
      return Date.parse(message.receivedAt) < term.at;
    case 'after':
      return Date.parse(message.receivedAt) >= term.at;
  }
}

/** Whether a message is found by a query: the same answer as the database gives. */
export function matches(query: Query, message: Message): boolean {
  let split: readonly string[] | null = null;
  const words = () => (split ??= wordsOf(message.text));
  return query.every((condition) => holds(condition.term, message, words) !== condition.negated);
}
