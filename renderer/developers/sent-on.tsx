import { useState } from 'react';
import { type ForwardResult, forwardUrl } from '../../preload/contract/forward.ts';
import type { Message } from '../../preload/contract/message.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

interface SentOnProps {
  readonly message: Message;
  readonly forwards: readonly ForwardResult[];
}

/** What became of sending a text on to endpoints, and sending it once more. */
export function SentOn({ message: { id, text }, forwards }: SentOnProps) {
  const words = useWords().developers;
  const bridge = useBridge();
  const [sent, send] = useAsk('forward.replay');
  /** What it was after the last replay; before there is one, what the detail tells. */
  const [since, setSince] = useState<readonly ForwardResult[] | null>(null);
  const results = since ?? forwards;

  async function replay(to: string, edited: string | null): Promise<void> {
    await send({ id, to, text: edited });
    const detail = await bridge.call('inbox.message', { id });
    if (detail.ok) setSince(detail.value.forwards);
  }

  return (
    <section className="sent-on">
      {results.length === 0 ? null : (
        <>
          <h3>{words.sentOn}</h3>
          <ul>
            {results.map((result) => (
              <Outcome
                key={`${result.url} ${result.replay}`}
                result={result}
                busy={sent.kind === 'asked'}
                onAgain={() => void replay(result.url, null)}
              />
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{words.elsewhere}</summary>
        <Elsewhere text={text} busy={sent.kind === 'asked'} onSend={(to, edited) => void replay(to, edited)} />
      </details>
      {sent.kind === 'failed' ? <Failure error={sent.error} /> : null}
      {sent.kind === 'done' ? <p role="status">{words.sent(sent.value.status)}</p> : null}
    </section>
  );
}

function Outcome({ result, busy, onAgain }: { result: ForwardResult; busy: boolean; onAgain: () => void }) {
  const words = useWords();
  const { url, replay, state, attempts, reason, at } = result;
  const told = replay ? words.developers.replayState : words.developers.state;
  return (
    <li data-state={state}>
      <span className="mono sent-on-url">
        <MarkedText text={url} />
      </span>
      <span>
        <strong>{told[state]}</strong> · {words.developers.tries(attempts)}
        {at === null ? null : ` · ${fullTime(at, words.formats)}`}
      </span>
      {reason === null ? null : <MarkedText text={reason} />}
      <BusyButton type="button" className="button" busy={busy} onClick={onAgain}>
        {words.developers.again}
      </BusyButton>
    </li>
  );
}

interface ElsewhereProps {
  readonly text: string;
  readonly busy: boolean;
  /** `edited`: null when the text is as the device sent it. */
  readonly onSend: (to: string, edited: string | null) => void;
}

function Elsewhere({ text, busy, onSend }: ElsewhereProps) {
  const words = useWords().developers;
  const [url, setUrl] = useState('');
  const [edited, setEdited] = useState(text);
  const isUrl = forwardUrl.safeParse(url).success;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isUrl) onSend(url, edited === text ? null : edited);
      }}
    >
      <Field label={words.url} hint={words.urlHint} mono value={url} onChange={setUrl} />
      <Field label={words.text} value={edited} onChange={setEdited} />
      <BusyButton type="submit" className="button" busy={busy} disabled={!isUrl}>
        {words.send}
      </BusyButton>
    </form>
  );
}
