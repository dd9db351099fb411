import { patternWords } from '../../preload/contract/bench-report.ts';
import type { AwaitedReply, Send } from '../../preload/contract/sends.ts';
import { MarkedText } from '../parts/marked-text.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { secondsLeft } from './seconds-left.ts';

interface AwaitedProps {
  readonly send: Send;
  /** Whether the answer is shown here; in a conversation it stands beneath anyway. */
  readonly quoted?: boolean;
}

/** The answer that a text waits for, how long still, or how it ended. Nothing where the text itself did not arrive. */
export function Awaited({ send, quoted = false }: AwaitedProps) {
  const { id, state, awaited } = send;
  const didNotArrive = state === 'failed' || state === 'expired';
  if (!awaited || (didNotArrive && !awaited.reply)) return null;
  return <Answer id={id} awaited={awaited} quoted={quoted} />;
}

function Answer({ id, awaited, quoted }: { id: number; awaited: AwaitedReply; quoted: boolean }) {
  const words = useWords();
  const now = useNow(1000);
  const [, stop] = useAsk('sends.stopWaiting');
  const { result, reply, reason, dueAt, expected } = awaited;
  const left = secondsLeft(dueAt, expected.seconds, now);
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
        quoted ? (
          <p className="send-reply">
            <MarkedText text={reply.text} />
          </p>
        ) : null
      ) : (
        <p className="hint">{words.send.expecting(patternWords(expected.pattern, words.send.anyAnswer))}</p>
      )}
      {reason ? <p className="send-reason">{reason}</p> : null}
    </div>
  );
}
