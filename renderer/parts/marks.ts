/** A stretch of a text: shown as it is, found by a search, or as a mark because it would be invisible or would move what is around it. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** What the search found. */
  | { readonly kind: 'hit'; readonly text: string }
  | { readonly kind: 'mark'; readonly label: string };

/**
 * What is marked: control characters, bidirectional and zero-width format characters, line and paragraph separators,
 * halves of pairs, private use, and the fillers that look like nothing.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u;
/** A joiner between two pictures is part of an emoji. */
const emojiJoin = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?\u200d(?=\p{Extended_Pictographic})/gu;

const names: Readonly<Record<string, string>> = { '\0': '\\0', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** Where something is found in a text: stretches from `start` up to `end`, in order and apart. */
type Find = (text: string) => readonly { readonly start: number; readonly end: number }[];
const nothing: Find = () => [];

/** Splits a text into what is shown, what is found and what is marked. With `lines`, line ends stay line ends. */
export function markedPieces(text: string, lines: boolean, find: Find = nothing): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let plainKind: 'text' | 'hit' = 'text';
  let mark = '';
  let times = 0;
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: plainKind, text: plain });
    if (mark !== '') pieces.push({ kind: 'mark', label: times > 1 ? `${mark}×${times}` : mark });
    plain = '';
    mark = '';
    times = 0;
  };
  const whole = lines ? text.replaceAll('\r\n', '\n') : text;
  const isHit = within(find(whole));
  for (const { character, shown, index } of characters(whole)) {
    if (shown || (lines && character === '\n')) {
      const kind = isHit(index) ? 'hit' : 'text';
      if (mark !== '' || kind !== plainKind) flush();
      plainKind = kind;
      plain += character;
    } else {
      const next = markOf(character);
      if (mark !== next) flush();
      mark = next;
      times += 1;
    }
  }
  flush();
  return pieces;
}

/** Whether a place lies in one of the stretches, asked from left to right. */
function within(ranges: ReturnType<Find>): (index: number) => boolean {
  let next = 0;
  return (index) => {
    for (let range = ranges[next]; range && range.end <= index; range = ranges[next]) next += 1;
    return (ranges[next]?.start ?? Number.POSITIVE_INFINITY) <= index;
  };
}

/** `\0`, `\n` or the code point: `\u202E`. */
export function markOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return names[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}

function* characters(
  text: string,
): Generator<{ readonly character: string; readonly shown: boolean; readonly index: number }> {
  const joins = new Set<number>();
  for (const join of text.matchAll(emojiJoin)) joins.add(join.index + join[0].length - 1);
  let index = 0;
  for (const character of text) {
    yield { character, shown: joins.has(index) || !hidden.test(character), index };
    index += character.length;
  }
}
