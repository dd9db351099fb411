import { CopyButton } from '../parts/copy-button.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { type Decoding, decodingsOf } from './decode.ts';
import { type Position, positionWords } from './position.ts';
import { PositionPlot } from './position-plot.tsx';

/** The text read in every way in which it parses; nothing for ordinary words. */
export function Decoded({ text }: { text: string }) {
  const words = useWords();
  return decodingsOf(text).map((decoding) => (
    <section key={decoding.kind} className="raw decoded" aria-label={titleOf(decoding, words)}>
      <header>
        <h3>{titleOf(decoding, words)}</h3>
        <CopyButton text={copyOf(decoding)} label={words.detail.copy(titleOf(decoding, words))} />
      </header>
      <Body decoding={decoding} />
    </section>
  ));
}

function Body({ decoding }: { decoding: Decoding }) {
  const words = useWords();
  switch (decoding.kind) {
    case 'json':
    case 'hex':
    case 'ucs2':
    case 'gsm7':
    case 'base64':
      return (
        <pre tabIndex={0} aria-label={titleOf(decoding, words)}>
          <MarkedText lines text={decoding.text} />
        </pre>
      );
    case 'pairs':
      return (
        <dl className="decoded-pairs">
          {decoding.pairs.map(([key, value], index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a key may stand twice
            <div key={index}>
              <dt>
                <MarkedText text={key} />
              </dt>
              <dd>
                <MarkedText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'nmea':
      return <p className="mono">{decoding.types.join(', ')}</p>;
    case 'positions':
      return <Positions positions={decoding.positions} />;
  }
}

function Positions({ positions }: { positions: readonly Position[] }) {
  const words = useWords();
  const shown = positions.slice(0, 10);
  return (
    <>
      <ul className="positions">
        {shown.map((position, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a device may stand still
          <li key={index}>{positionWords(position, words)}</li>
        ))}
      </ul>
      {positions.length > shown.length ? (
        <p className="hint">{words.detail.decoded.more(positions.length - shown.length)}</p>
      ) : null}
      <PositionPlot positions={positions} />
    </>
  );
}

function titleOf(decoding: Decoding, words: Words): string {
  return decoding.kind === 'hex' ? words.detail.decoded.hex(decoding.bytes) : words.detail.decoded[decoding.kind];
}

function copyOf(decoding: Decoding): string {
  switch (decoding.kind) {
    case 'json':
    case 'hex':
    case 'ucs2':
    case 'gsm7':
    case 'base64':
      return decoding.text;
    case 'pairs':
      return decoding.pairs.map(([key, value]) => `${key}\t${value}`).join('\n');
    case 'nmea':
      return decoding.types.join('\n');
    case 'positions':
      return decoding.positions.map(({ latitude, longitude }) => `${latitude},${longitude}`).join('\n');
  }
}
