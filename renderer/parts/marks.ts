/** A stretch of a text: shown as it is, or as a mark because it would be invisible or would move what is around it. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly label: string };

/**
 * What is marked: control characters, bidirectional and zero-width format characters, line and paragraph separators,
 * halves of pairs, private use, and the fillers that look like nothing.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u;
/** A joiner between two pictures is part of an emoji. */
const emojiJoin = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?\u200d(?=\p{Extended_Pictographic})/gu;

const names: Readonly<Record<string, string>> = { '\0': '\\0', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** Splits a text into what is shown and what is marked. With `lines`, line ends stay line ends. */
export function markedPieces(text: string, lines: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let mark = '';
  let times = 0;
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    if (mark !== '') pieces.push({ kind: 'mark', label: times > 1 ? `${mark}×${times}` : mark });
    plain = '';
    mark = '';
    times = 0;
  };
  for (const { character, shown } of characters(lines ? text.replaceAll('\r\n', '\n') : text)) {
    if (shown || (lines && character === '\n')) {
      if (mark !== '') flush();
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

/** `\0`, `\n` or the code point: `\u202E`. */
export function markOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return names[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}

function* characters(text: string): Generator<{ readonly character: string; readonly shown: boolean }> {
  const joins = new Set<number>();
  for (const join of text.matchAll(emojiJoin)) joins.add(join.index + join[0].length - 1);
  let index = 0;
  for (const character of text) {
    yield { character, shown: joins.has(index) || !hidden.test(character) };
    index += character.length;
  }
}
