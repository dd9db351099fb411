/** A row's time: the date only where it is not today's. */
export interface RowTime {
  readonly date: string | null;
  readonly clock: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `iso` in this computer's zone; `now` in ms. Another year's rows carry the year in place of the seconds. */
export function rowTime(iso: string, now: number): RowTime {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return { date: null, clock: iso };
  const today = new Date(now);
  if (sameDay(at, today)) return { date: null, clock: clock(at) };
  const day = monthDay(at);
  if (at.getFullYear() === today.getFullYear()) return { date: day, clock: clock(at) };
  return { date: `${day} ${at.getFullYear()}`, clock: clock(at).slice(0, 5) };
}

/** Date, time with milliseconds, and zone: `2026-11-23 14:03:22.123 GMT+1`. Returns what it was given if that is no time. */
export function fullTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const milliseconds = String(at.getMilliseconds()).padStart(3, '0');
  return `${date} ${clock(at)}.${milliseconds} ${zone(at)}`;
}

/** How long ago, for a glance: `just now`, `4 min ago`, `3 h ago`, else the day. */
export function age(iso: string, now: number): string {
  const minutes = Math.floor((now - new Date(iso).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return iso;
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return rowTime(iso, now).date ?? '';
}

/** As `age`, to the second: `12 s ago`. A clock that was set back does not make it less than 0. */
export function preciseAge(iso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - new Date(iso).getTime()) / 1000));
  return seconds < 60 ? `${seconds} s ago` : age(iso, now);
}

/** Moments to the minute, with their days unless all are today's: `03:12` and `07:40`. */
export function minuteTimes(isos: readonly string[], now: number): readonly string[] {
  const moments = isos.map((iso) => new Date(iso));
  const today = moments.every((at) => sameDay(at, new Date(now)));
  return moments.map((at) => `${today ? '' : `${monthDay(at)} `}${clock(at).slice(0, 5)}`);
}

function monthDay(at: Date): string {
  return `${months[at.getMonth()] ?? ''} ${two(at.getDate())}`;
}

function clock(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
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
