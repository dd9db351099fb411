import type { Send } from '../../preload/contract/sends.ts';
import { ServiceWords } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime, rowTime } from '../parts/time.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { Awaited } from './awaited.tsx';

/** One text to a device: where it is, since when, and what was answered. */
export function SendItem({ send, onAgain }: { send: Send; onAgain?: (text: string) => void }) {
  const words = useWords();
  const now = useNow(1000);
  const latest = send.history.at(-1);
  return (
    <li className="send-item" data-state={send.state}>
      <p className="send-text mono">
        <MarkedText text={send.text} />
      </p>
      <p className="send-state">
        <strong>{words.send.states[send.state]}</strong>{' '}
        <time dateTime={latest?.at} title={send.history.map((step) => timed(step.state, step.at)).join('\n')}>
          {latest ? rowTime(latest.at, now, words.formats).clock : null}
        </time>
        {onAgain ? (
          <button type="button" className="link-button" onClick={() => onAgain(send.text)}>
            {words.send.again}
          </button>
        ) : null}
      </p>
      {send.reason ? <p className="send-reason">{send.reason}</p> : null}
      <ServiceWords service={send.service} />
      {send.requestIdInferred ? <p className="hint">{words.send.inferred}</p> : null}
      <Awaited send={send} quoted />
      {send.requestId ? (
        <p className="hint">
          {words.send.request} <span className="mono">{send.requestId}</span>
        </p>
      ) : null}
    </li>
  );

  function timed(state: Send['state'], at: string): string {
    return words.send.stateAt(words.send.states[state], fullTime(at, words.formats));
  }
}
