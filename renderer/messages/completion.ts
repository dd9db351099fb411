import type { DeviceId } from '../../preload/contract/message.ts';

/** One way to go on with the search: what it adds, and the whole search with it. */
export interface Completion {
  /** `device:5551230042`, or `device:"Pump 3 north"` */
  readonly term: string;
  /** Says which device or account it is, or empty. */
  readonly about: string;
  readonly query: string;
}

/** A device by what it is called. */
export interface NamedDevice {
  /** What the person calls it, then what ThingSpace's list does. */
  readonly names: readonly string[];
  /** The best first. */
  readonly ids: readonly DeviceId[];
}

/** What is known for `device:` and `account:`. */
export interface Known {
  readonly devices: readonly NamedDevice[];
  readonly accounts: readonly string[];
  /** ms */
  readonly now: number;
}

/** So many are offered at once. */
export const most = 8;
/** One letter more than begins any ordinary word: nothing opens while one types a text. */
const shortest = 2;
const fixed = ['is:unread', 'is:read', 'is:starred', 'is:unverified', 'via:callback', 'via:history'];
const deviceKeys = ['device', 'from'];
const ages = ['1h', '24h', '7d'];

/** The last word, or a name in quotes that is not ended yet. */
const lastTerm = /-?[a-z]+:"[^"]*$|\S*$/iu;
/** A quote that begins no name, or a second one that ends it. */
const isSettled = /^[^:]*"|".*"/su;

interface LastTerm {
  readonly typed: string;
  readonly minus: string;
  /** In small letters; null where it is no key of the search language yet, or is ended. */
  readonly term: string | null;
}

function lastTermOf(query: string): LastTerm {
  const typed = lastTerm.exec(query)?.[0] ?? '';
  const minus = typed.startsWith('-') ? '-' : '';
  const term = typed.slice(minus.length).toLowerCase();
  return { typed, minus, term: term.length < shortest || isSettled.test(term) ? null : term };
}

/** `device:"pump 3` is the key `device` and the value `pump 3`; without a colon there is no value yet. */
function partsOf(term: string): { readonly value: string; readonly begins: (name: string) => boolean } {
  const [key = '', value = ''] = term.split(/:"?(.*)/s);
  const has = term.includes(':');
  return { value, begins: (name) => (has ? name === key : name.startsWith(term)) };
}

/** The part of a device's name that the last word of a search gives; null where it is about no device. */
export function soughtDevice(query: string): string | null {
  const { term } = lastTermOf(query);
  if (term === null) return null;
  const { value, begins } = partsOf(term);
  return deviceKeys.some(begins) ? value : null;
}

/** How the last word of a search may go on; empty where it is no key of the search language. */
export function completions(query: string, known: Known): readonly Completion[] {
  const { typed, minus, term } = lastTermOf(query);
  if (term === null) return [];
  const base = query.slice(0, query.length - typed.length);
  return candidates(term, known)
    .filter((candidate) => candidate.term.toLowerCase() !== term)
    .filter(({ term }, index, all) => all.findIndex((other) => other.term === term) === index)
    .slice(0, most)
    .map((candidate) => ({ ...candidate, query: `${base}${minus}${candidate.term} ` }));
}

function candidates(term: string, known: Known): readonly Omit<Completion, 'query'>[] {
  const { value, begins } = partsOf(term);
  const times = ['before', 'after'].filter(begins).flatMap((name) => {
    const values = [...ages, dayOf(known.now)].filter((one) => one.startsWith(value));
    return values.map((one) => ({ term: `${name}:${one}`, about: '' }));
  });
  return [
    ...deviceKeys.filter(begins).flatMap((name) => devices(name, value, known.devices)),
    ...(begins('account') ? accounts(value, known.accounts) : []),
    ...fixed.filter((one) => one.startsWith(term)).map((one) => ({ term: one, about: '' })),
    ...times,
  ];
}

/** Names and identifiers that hold `value`; without one the name of each device, or its best identifier, is enough. */
function devices(name: string, value: string, known: Known['devices']): readonly Omit<Completion, 'query'>[] {
  return known
    .flatMap((device) => (value === '' ? waysToName(device).slice(0, 1) : waysToName(device)))
    .filter(({ text }) => text.toLowerCase().includes(value))
    .slice(0, most)
    .map(({ text, about }) => ({ term: `${name}:${/\s/u.test(text) ? `"${text}"` : text}`, about }));
}

/** The search language has no way to write a quote within a name. */
function waysToName({ names, ids }: NamedDevice): readonly { readonly text: string; readonly about: string }[] {
  return [
    ...names.map((name) => ({ text: name, about: ids[0]?.id ?? '' })),
    ...ids.map(({ id, kind }) => ({ text: id, about: names[0] ?? kind })),
  ].filter(({ text }) => !text.includes('"'));
}

function accounts(value: string, names: readonly string[]): readonly Omit<Completion, 'query'>[] {
  return names
    .filter((name) => name.toLowerCase().includes(value))
    .map((name) => ({ term: `account:${name}`, about: '' }));
}

function dayOf(now: number): string {
  const day = new Date(now);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
