import type { Formats } from '../words/formats.ts';
import type { Words } from '../words/words.ts';

/** A row's time: the date only where it is not today's. */
export interface RowTime {
  readonly date: string | null;
  readonly clock: string;
}

/** `iso` in this computer's zone; `now` in ms. Another year's rows carry the year in place of the seconds. */
export function rowTime(iso: string, now: number, formats: Formats): RowTime {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return { date: null, clock: iso };
  const today = new Date(now);
  if (sameDay(at, today)) return { date: null, clock: formats.clock(at) };
  if (at.getFullYear() === today.getFullYear()) return { date: formats.day(at), clock: formats.clock(at) };
  return { date: formats.date(at), clock: formats.minute(at) };
}

/** Date, time with milliseconds, and zone, as the language writes them. Returns what it was given if that is no time. */
export function fullTime(iso: string, formats: Formats): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : formats.moment(at);
}

/** The same for what is pasted elsewhere, in no one's language: `2026-11-23 14:03:22.123 UTC+1`. */
export function stampOf(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `${date} ${clock}.${String(at.getMilliseconds()).padStart(3, '0')} ${zone(at)}`;
}

/** How long ago, for a glance: `just now`, `4 min ago`, `3 h ago`, else the day. */
export function age(iso: string, now: number, words: Words): string {
  const minutes = Math.floor((now - new Date(iso).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return iso;
  if (minutes < 1) return words.age.now;
  if (minutes < 60) return words.age.minutes(minutes);
  if (minutes < 24 * 60) return words.age.hours(Math.floor(minutes / 60));
  return rowTime(iso, now, words.formats).date ?? '';
}

/** As `age`, to the second: `12 s ago`. A clock that was set back does not make it less than 0. */
export function preciseAge(iso: string, now: number, words: Words): string {
  const seconds = Math.max(0, Math.floor((now - new Date(iso).getTime()) / 1000));
  return seconds < 60 ? words.age.seconds(seconds) : age(iso, now, words);
}

/** Moments to the minute, with their days unless all are today's: `03:12` and `07:40`. */
export function minuteTimes(isos: readonly string[], now: number, formats: Formats): readonly string[] {
  const moments = isos.map((iso) => new Date(iso));
  const today = moments.every((at) => sameDay(at, new Date(now)));
  return moments.map((at) => `${today ? '' : `${formats.day(at)} `}${formats.minute(at)}`);
}

function zone(at: Date): string {
  const east = -at.getTimezoneOffset();
  if (east === 0) return 'UTC';
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60];
  return `UTC${east > 0 ? '+' : '−'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}

function sameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
