import { markedPieces } from './marks.ts';

/** A text from outside: never markup, and nothing in it invisible. With `lines`, its lines stay lines. */
export function MarkedText({ text, lines = false }: { text: string; lines?: boolean }) {
  const pieces = markedPieces(text, lines);
  return (
    <bdi>
      {pieces.map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
          <span key={index} className="mark">
            {piece.label}
          </span>
        ),
      )}
    </bdi>
  );
}
