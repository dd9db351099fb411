import { markedPieces } from './marks.ts';

interface MarkedTextProps {
  readonly text: string;
  /** Its lines stay lines. */
  readonly lines?: boolean;
  /** What of it is shown as found. */
  readonly find?: Parameters<typeof markedPieces>[2];
}

const ascii = /^[\x20-\x7e]*$/;

/** A text from outside: never markup, and nothing in it invisible. */
export function MarkedText({ text, lines = false, find }: MarkedTextProps) {
  const pieces = markedPieces(text, lines, find);
  const [only] = pieces;
  // Nothing in it runs from right to left: it needs no element that keeps it apart.
  if (only?.kind === 'text' && pieces.length === 1 && ascii.test(only.text)) return only.text;
  return (
    <bdi>
      {pieces.map((piece, index) => {
        if (piece.kind === 'text') return piece.text;
        if (piece.kind === 'hit')
          return (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
            <mark key={index} className="hit">
              {piece.text}
            </mark>
          );
        return (
          // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
          <span key={index} className="mark">
            {piece.label}
          </span>
        );
      })}
    </bdi>
  );
}
