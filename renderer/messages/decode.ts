import { base64Text, hexBytes, readable } from './bytes.ts';
import { gsmText, isMostlyAscii, isPlausible, ucs2Text } from './gsm.ts';
import { nmeaSentences, type Position, positionsIn } from './position.ts';

/** One way to read a text that says more than the text as it came. */
export type Decoding =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'hex'; readonly bytes: number; readonly text: string }
  | { readonly kind: 'ucs2' | 'gsm7' | 'base64'; readonly text: string }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: 'nmea'; readonly types: readonly string[] }
  | { readonly kind: 'positions'; readonly positions: readonly Position[] };

/** Longer texts are shown as they came: decoding waits for no one. */
const longest = 20_000;
const mostPairs = 100;
const mostPositions = 200;
const pair = /(?<![^\s,;&|({[])([A-Za-z][\w.-]{0,39})=("[^"]*"|[^\s,;&|"]+)/g;

/** Every way in which a text really parses; none for ordinary words. */
export function decodingsOf(text: string): readonly Decoding[] {
  if (text.length > longest) return [];
  const found: (Decoding | null)[] = [
    json(text),
    hex(text),
    airText(text),
    base64(text),
    pairs(text),
    nmea(text),
    positions(text),
  ];
  return found.filter((one) => one !== null);
}

function json(text: string): Decoding | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', text: JSON.stringify(value, null, 2) };
  } catch {
    return null;
  }
}

function hex(text: string): Decoding | null {
  const bytes = hexBytes(text);
  if (!bytes) return null;
  // What is no UTF-8 is shown byte by byte; the marks of the window name what cannot be printed.
  const written = readable(bytes) ?? String.fromCharCode(...bytes);
  return { kind: 'hex', bytes: bytes.length, text: written };
}

/** Bytes as the air carries text: UCS-2, else packed septets where those make words and UTF-8 does not. */
function airText(text: string): Decoding | null {
  const bytes = hexBytes(text) ?? digitsOfUcs2(text);
  if (!bytes || readable(bytes) !== null) return null;
  const wide = isMostlyAscii(bytes) ? null : ucs2Text(bytes);
  if (wide !== null) return { kind: 'ucs2', text: wide };
  const packed = gsmText(bytes);
  return isPlausible(packed) ? { kind: 'gsm7', text: packed } : null;
}

/** Digits alone are bytes where each pair of bytes is a plain letter or sign of UCS-2. */
function digitsOfUcs2(text: string): Uint8Array | null {
  const written = text.trim();
  if (!/^(?:00[2-7]\d){3,}$/.test(written)) return null;
  return Uint8Array.from(written.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function base64(text: string): Decoding | null {
  const decoded = base64Text(text);
  return decoded === null ? null : { kind: 'base64', text: decoded };
}

function pairs(text: string): Decoding | null {
  if (/^\s*[[{]/.test(text)) return null;
  const found = [...text.matchAll(pair)].map(([, key = '', value = '']) => {
    const bare = value.startsWith('"') ? value.slice(1, -1) : value;
    return [key, bare] as const;
  });
  return found.length < 2 ? null : { kind: 'pairs', pairs: found.slice(0, mostPairs) };
}

function nmea(text: string): Decoding | null {
  const types = nmeaSentences(text).map(({ type }) => type);
  return types.length === 0 ? null : { kind: 'nmea', types };
}

function positions(text: string): Decoding | null {
  const found = positionsIn(text);
  return found.length === 0 ? null : { kind: 'positions', positions: found.slice(0, mostPositions) };
}
