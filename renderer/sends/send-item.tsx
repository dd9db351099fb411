import { patternWords } from '../../preload/contract/bench-report.ts';
import type { AwaitedReply, Send } from '../../preload/contract/sends.ts';
import { ServiceWords } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime, rowTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';

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
      {send.awaited ? <Awaited id={send.id} awaited={send.awaited} now={now} /> : null}
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

function Awaited({ id, awaited, now }: { id: number; awaited: AwaitedReply; now: number }) {
  const words = useWords();
  const [, stop] = useAsk('sends.stopWaiting');
  const { result, reply, reason, dueAt, expected } = awaited;
  const left = Math.max(0, Math.ceil((Date.parse(dueAt) - now) / 1000));
  return (
    <div className="send-awaited" data-result={result}>
      <p>
        <strong>{words.send.answers[result]}</strong>{' '}
        {result === 'waiting' ? (
          <>
            <span role="timer">{words.send.left(left)}</span>
            <button type="button" className="link-button" onClick={() => void stop({ id })}>
              {words.send.stopWaiting}
            </button>
          </>
        ) : reply ? (
          words.send.answered(Math.round(reply.seconds * 10) / 10)
        ) : null}
      </p>
      {reply ? (
        <p className="send-reply">
          <MarkedText text={reply.text} />
        </p>
      ) : (
        <p className="hint">{words.send.expecting(patternWords(expected.pattern, words.send.anyAnswer))}</p>
      )}
      {reason ? <p className="send-reason">{reason}</p> : null}
    </div>
  );
}
