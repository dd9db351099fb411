import { gsmAlphabet } from '../../preload/contract/sms-text.ts';

/* Texts as the air carries them: septets packed into bytes (GSM 03.38, 6.1.2.1) and UCS-2, with or without a header. */

const escape = 27;
const extension: Readonly<Record<number, string>> = {
  10: '\f',
  20: '^',
  40: '{',
  41: '}',
  47: '\\',
  60: '[',
  61: '~',
  62: ']',
  64: '|',
  101: '€',
};

/** Septets packed into bytes, the first after `fillBits` empty bits, in the default alphabet. */
export function gsmText(bytes: Uint8Array, fillBits = 0): string {
  let text = '';
  let escaped = false;
  const septets = Math.floor((bytes.length * 8 - fillBits) / 7);
  for (let index = 0; index < septets; index += 1) {
    const code = septetAt(bytes, fillBits + index * 7);
    // Seven bits that fill up the last byte are no `@`.
    if (code === 0 && index === septets - 1 && (bytes.length * 8 - fillBits) % 7 === 0) continue;
    if (escaped) text += extension[code] ?? character(code);
    else if (code !== escape) text += character(code);
    escaped = !escaped && code === escape;
  }
  return text;
}

function septetAt(bytes: Uint8Array, bit: number): number {
  const at = bit >> 3;
  const two = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return (two >> (bit & 7)) & 0x7f;
}

function character(code: number): string {
  return gsmAlphabet[code < escape ? code : code - 1] ?? '';
}

/** UCS-2, high byte first, where it is text that can be read; else null. */
export function ucs2Text(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length % 2 !== 0) return null;
  try {
    const text = new TextDecoder('utf-16be', { fatal: true }).decode(bytes);
    return /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u.test(text.replaceAll(/[\r\n\t]/g, '')) ? null : text;
  } catch {
    return null;
  }
}

/** In UCS-2 at most every other byte of plain letters is one of ASCII; bytes that mostly are look like signs of far scripts. */
export function isMostlyAscii(bytes: Uint8Array): boolean {
  return bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length > bytes.length * 0.6;
}

/** Whether it is words rather than what any bytes make: nearly all of it letters, digits, spaces and plain marks. */
export function isPlausible(text: string): boolean {
  const plain = text.match(/[A-Za-z0-9 .,:;=+\-/%°?!\n]/g)?.length ?? 0;
  return text.length >= 4 && plain / text.length >= 0.95 && /[A-Za-z]{2}/.test(text);
}
