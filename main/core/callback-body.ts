import type { DeviceId } from '../../preload/contract/message.ts';
import type { ReportWords } from './delivery-report.ts';
import { canonicalDeviceId } from './message.ts';

/** What reached the callback URL. Everything but `unreadable` carries what ties it to a text that was sent before. */
export type CallbackBody =
  | {
      readonly kind: 'text';
      readonly deviceIds: readonly DeviceId[];
      readonly text: string;
      /** As given, or null. */
      readonly timestamp: string | null;
      readonly requestId: string | null;
      readonly callbackCount: number | null;
    }
  | {
      readonly kind: 'delivery';
      readonly requestId: string;
      readonly deviceIds: readonly DeviceId[];
      readonly words: ReportWords;
    }
  | {
      readonly kind: 'fault' | 'other';
      readonly requestId: string | null;
      readonly deviceIds: readonly DeviceId[];
      readonly words: ReportWords;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

type Fields = Readonly<Record<string, unknown>>;

/** Far more than any device has; the rest of a longer list is left out. */
const mostIdentifiers = 32;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function firstString(fields: Fields, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = own(fields, key);
    if (typeof value === 'string') return value;
  }
  return null;
}

function shortString(fields: Fields, keys: readonly string[], longest: number): string | null {
  const value = firstString(fields, keys);
  return value !== null && value !== '' && value.length <= longest ? value : null;
}

function readDeviceId(value: unknown): DeviceId | null {
  if (!isFields(value)) return null;
  const id = firstString(value, ['id', 'Identifier', 'identifier', 'Id']);
  const kind = firstString(value, ['kind', 'Kind']);
  if (id === null || kind === null) return null;
  const device = canonicalDeviceId({ id, kind });
  const fits = device.id !== '' && device.id.length <= 256 && device.kind !== '' && device.kind.length <= 64;
  return fits ? device : null;
}

function readDeviceIds(body: Fields): readonly DeviceId[] {
  for (const key of ['deviceIds', 'device', 'Device']) {
    const value = own(body, key);
    const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, mostIdentifiers) : [value];
    const found = list.map(readDeviceId).filter((device) => device !== null);
    if (found.length > 0) return found;
  }
  return [];
}

function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

/** Code and words of a fault, in the body itself or in the part that names the delivery (API notes, 2.4). */
function readFault(body: Fields, delivery: unknown): string | null {
  for (const holder of [body, delivery]) {
    const fault = isFields(holder) ? own(holder, 'faultResponse') : null;
    if (!isFields(fault)) continue;
    const parts = ['faultcode', 'faultstring'].flatMap((key) => shortString(fault, [key], 256) ?? []);
    return parts.length === 0 ? 'no reason given' : parts.join(': ');
  }
  return null;
}

function readWords(body: Fields, delivery: unknown): ReportWords {
  const confirmation = isFields(delivery) ? shortString(delivery, ['confirmation'], 256) : null;
  const fault = readFault(body, delivery);
  const status = shortString(body, ['status'], 256) ?? confirmation ?? (fault === null ? 'unknown' : 'Failed');
  return { status, confirmation, fault };
}

function readText(body: Fields, isSomethingElse: boolean): string | null {
  // `message` is too common a key to outweigh a part that names another kind of callback.
  return firstString(body, isSomethingElse ? ['smsMessage', 'SmsMessage'] : ['smsMessage', 'SmsMessage', 'message']);
}

/**
 * What a callback's body is, in the order of the API notes, 2.6. A `fault` or `other` whose `requestId` is known from
 * a send is news of that text: only the caller can know. Never throws.
 */
export function readCallbackBody(body: unknown): CallbackBody {
  if (!isFields(body)) return { kind: 'unreadable', reason: 'The body is no JSON object.' };
  const response = own(body, 'deviceResponse');
  const delivery = isFields(response) ? own(response, 'smsDeliveryResponse') : undefined;
  const isDelivery = isFields(delivery);
  const isFault = isFields(own(body, 'faultResponse'));

  const deviceIds = readDeviceIds(body);
  const requestId = shortString(body, ['requestId'], 128);
  const text = readText(body, isDelivery || isFault || isFields(own(body, 'niddResponse')));
  if (text !== null) {
    const timestamp = shortString(body, ['timestamp', 'Timestamp'], 64);
    const callbackCount = readCount(own(body, 'callbackCount'));
    return { kind: 'text', deviceIds, text, timestamp, requestId, callbackCount };
  }
  const words = readWords(body, delivery);
  if (isDelivery && requestId !== null) return { kind: 'delivery', requestId, deviceIds, words };
  return { kind: isFault ? 'fault' : 'other', requestId, deviceIds, words };
}

/** The user name and password that ThingSpace copies into each body (API notes, 2.1); empty where there is none. */
export function credentialsOf(body: unknown): { readonly username: string; readonly password: string } {
  if (!isFields(body)) return { username: '', password: '' };
  return {
    username: firstString(body, ['username', 'Username']) ?? '',
    password: firstString(body, ['password', 'Password']) ?? '',
  };
}

const secretKey = /pass(?:word|wd|phrase)?$|^pwd$|user_?name|token|secret|api_?key|authorization/i;
const secretField =
  /("(?:[^"\\]|\\.){0,64}?(?:pass(?:word|wd|phrase)?|pwd|user_?name|token|secret|api_?key|authorization)"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$)|[^\s,}\]"]+)/gi;
const hidden = '«hidden»';
const deepest = 64;
/** Shorter secrets are hidden only where they are the whole string: they would be found inside ordinary words. */
const shortestInside = 8;

function hideIn(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    if (shown === secret) return hidden;
    if (secret.length >= shortestInside) shown = shown.replaceAll(secret, hidden);
  }
  return shown;
}

function copyWithout(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return hideIn(value, secrets);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (depth > deepest) return null;
  if (Array.isArray(value)) return value.map((item) => copyWithout(item, secrets, depth + 1));
  if (!isFields(value)) return null;
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value))
    if (!secretKey.test(key)) entries.push([hideIn(key, secrets), copyWithout(value[key], secrets, depth + 1)]);
  return Object.fromEntries(entries);
}

/** What JSON writes as it is: ASCII that can be printed, without quotes and backslashes. */
const writtenAsIs = /^[ !#-[\]-~]+$/;

/** Whether a string within JSON text may hold a secret: one that JSON may write otherwise is always looked for. */
function mayHold(json: string, secret: string): boolean {
  return secret !== '' && (json.includes(secret) || !writtenAsIs.test(secret));
}

/** The body as JSON text, without fields named like a credential and without the given secrets wherever they stand. */
export function withoutSecrets(body: unknown, secrets: readonly string[] = []): string {
  const json = JSON.stringify(copyWithout(body, [], 0));
  // Mostly none is in it: to look once through the whole is several times faster than through each string.
  return secrets.some((secret) => mayHold(json, secret)) ? JSON.stringify(copyWithout(body, secrets, 0)) : json;
}

/** The same for text that may be no JSON, or only the start of it. */
export function textWithoutSecrets(text: string, secrets: readonly string[] = []): string {
  return hideIn(text, secrets).replaceAll(secretField, `$1"${hidden}"`);
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

/** Milliseconds since 1970 of a time with its offset (API notes, section 6), or null when it is none. */
export function parsePlatformTime(text: string): number | null {
  const parts = isoTime.exec(text);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const offset = Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0);
  if (hour > 23 || minute > 59 || second > 59 || offset > 18 * 60 || Number(parts[10] ?? 0) > 59) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, Math.trunc(Number(`0.${parts[7] ?? 0}`) * 1000));
  // Date.UTC carries 31 February over to March; then the day differs.
  const date = new Date(local);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return local - (parts[8] === '-' ? -offset : offset) * 60_000;
}
