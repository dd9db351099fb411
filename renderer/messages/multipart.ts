import { hexBytes, readable } from './bytes.ts';
import { gsmText, isPlausible, ucs2Text } from './gsm.ts';

/** One part of a text that was too long for one SMS. */
export interface Part {
  /** What its parts have in common besides their device; empty where they carry nothing of that kind. */
  readonly reference: string;
  /** From 1 to `total`. */
  readonly number: number;
  readonly total: number;
  readonly text: string;
}

/** More parts than any network joins. */
const mostParts = 32;
/** `(2/3) text`, `2 of 3: text`, `text [2/3]` */
const marked = /^\s*[([]?(\d{1,2})\s*(?:\/|of)\s*(\d{1,2})(?:[)\]]\s*|\s*[:-]\s*)(.*)$/is;
const markedAtEnd = /^(.*?)\s*[([](\d{1,2})\s*(?:\/|of)\s*(\d{1,2})[)\]]\s*$/is;

/** The part that a text is: by the header of GSM 03.40 in its bytes, or by a mark that the device wrote. Null for a whole text. */
export function partOf(text: string): Part | null {
  return headedPart(text) ?? markedPart(text);
}

function markedPart(text: string): Part | null {
  const [, first, all, body] = marked.exec(text) ?? [];
  if (first !== undefined) return valid({ reference: '', number: Number(first), total: Number(all), text: body ?? '' });
  const [, before = '', last, of] = markedAtEnd.exec(text) ?? [];
  return last === undefined ? null : valid({ reference: '', number: Number(last), total: Number(of), text: before });
}

/** `05 00 03 RR TT NN` with a reference of 8 bits, or `06 08 04 RR RR TT NN` with one of 16. */
function headedPart(text: string): Part | null {
  const bytes = hexBytes(text) ?? digitBytes(text);
  if (!bytes) return null;
  const [length = 0, kind, size] = bytes;
  const wide = length === 6 && kind === 8 && size === 4;
  if (!wide && !(length === 5 && kind === 0 && size === 3)) return null;
  const [reference, total = 0, number = 0] = wide
    ? [(bytes[3] ?? 0) * 256 + (bytes[4] ?? 0), bytes[5], bytes[6]]
    : [bytes[3] ?? 0, bytes[4], bytes[5]];
  const body = bytes.subarray(length + 1);
  return valid({ reference: `${wide ? 16 : 8}-${reference}`, number, total, text: bodyText(body, length + 1) });
}

/** Septets begin at the next border of seven bits after the header. */
function bodyText(body: Uint8Array, headerBytes: number): string {
  const fill = (7 - ((headerBytes * 8) % 7)) % 7;
  const wide = ucs2Text(body);
  // Plain letters read as UCS-2 are signs of far scripts: what is words in another way is meant so.
  const narrow = readable(body);
  if (narrow !== null && isPlausible(narrow)) return narrow;
  const packed = gsmText(body, fill);
  if (isPlausible(packed)) return packed;
  return wide ?? narrow ?? packed;
}

/** Bytes written in digits alone are taken for bytes only where a header begins them. */
function digitBytes(text: string): Uint8Array | null {
  const written = text.trim();
  if (!/^(?:050003|060804)(?:\d{2}){3,}$/.test(written)) return null;
  return Uint8Array.from(written.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function valid(part: Part): Part | null {
  const { number, total } = part;
  return total >= 2 && total <= mostParts && number >= 1 && number <= total ? part : null;
}

/** A text put together again: the text of each part, null where one is missing. */
export type Joined = readonly (string | null)[];

/** A text of the same device, and when it came (ms). */
export interface Neighbour {
  readonly text: string;
  readonly at: number;
}

/**
 * The whole that `part`, which came at `at`, belongs to, out of texts of the same device in any order. Of each number
 * the nearest in time counts, within `withinMs`.
 */
export function joinedParts(part: Part, at: number, neighbours: readonly Neighbour[], withinMs = 15 * 60_000): Joined {
  const nearest = new Map<number, { readonly text: string; readonly far: number }>();
  nearest.set(part.number, { text: part.text, far: -1 });
  for (const neighbour of neighbours) {
    const other = partOf(neighbour.text);
    const far = Math.abs(neighbour.at - at);
    if (!other || other.total !== part.total || other.reference !== part.reference || far > withinMs) continue;
    const known = nearest.get(other.number);
    if (!known || far < known.far) nearest.set(other.number, { text: other.text, far });
  }
  return Array.from({ length: part.total }, (_, index) => nearest.get(index + 1)?.text ?? null);
}
