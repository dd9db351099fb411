import { z } from 'zod';
import { longestTimeToLive } from './time-to-live.ts';

/* How long a text to a device is, and in which encoding it goes (API notes, section 5). */

export const smsEncoding = z.enum(['7-bit', '8-bit-ASCII', '8-bit-UTF-8']);
/** ThingSpace's own words for how a text is put into an SMS. */
export type SmsEncoding = z.infer<typeof smsEncoding>;

/** The 7-bit alphabet of GSM 03.38 in its order, but without the escape at place 27, which leads to a second list. */
export const gsmAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two places. */
const extended = '^{}\\[~]|€\f';
const places = new Map(Array.from(gsmAlphabet, (character) => [character, 1]));
for (const character of extended) places.set(character, 2);

/** What one SMS holds: places of seven bits, or bytes. */
const limits: Readonly<Record<SmsEncoding, number>> = { '7-bit': 160, '8-bit-ASCII': 140, '8-bit-UTF-8': 140 };

/** Characters for which ThingSpace is known to refuse a request (API notes, section 5). */
const refusable = ["'", '<', '\\'];

export interface SmsMeasure {
  readonly encoding: SmsEncoding;
  /** Places that the text takes, of `limit`: of seven bits in 7-bit, bytes else. */
  readonly used: number;
  readonly limit: number;
  /** The first character that the encoding does not hold; null when it holds all. */
  readonly outside: string | null;
  /** Those characters of the text for which ThingSpace may refuse it, each once. */
  readonly refusable: readonly string[];
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function isAscii(character: string): boolean {
  return character.charCodeAt(0) < 0x80;
}

function placesOf(character: string, encoding: SmsEncoding): number | null {
  switch (encoding) {
    case '7-bit':
      return places.get(character) ?? null;
    case '8-bit-ASCII':
      return isAscii(character) ? 1 : null;
    case '8-bit-UTF-8':
      return bytesOf(character);
  }
}

/**
 * The encoding of a text when none is asked for: 7-bit where the GSM alphabet holds all of it, since that holds most;
 * 8-bit-ASCII where ASCII does (the grave accent is the only printable one that GSM lacks); else 8-bit-UTF-8.
 */
export function encodingOf(text: string): SmsEncoding {
  const characters = Array.from(text);
  if (characters.every((character) => places.has(character))) return '7-bit';
  return characters.every(isAscii) ? '8-bit-ASCII' : '8-bit-UTF-8';
}

/** Measures a text as ThingSpace does. `wanted` null: in the encoding that suits it. */
export function measureText(text: string, wanted: SmsEncoding | null = null): SmsMeasure {
  const encoding = wanted ?? encodingOf(text);
  let used = 0;
  let outside: string | null = null;
  for (const character of text) {
    const taken = placesOf(character, encoding);
    if (taken === null) outside ??= character;
    used += taken ?? 1;
  }
  return {
    encoding,
    used,
    limit: limits[encoding],
    outside,
    refusable: refusable.filter((character) => text.includes(character)),
  };
}

export const timeToLiveSeconds = z.number().int().min(60).max(longestTimeToLive);
