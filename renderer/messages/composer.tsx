import { type FormEvent, type RefObject, useEffect, useState } from 'react';
import type { Delivery, DeviceId } from '../../preload/contract/message.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { Failure } from '../parts/failure.tsx';
import { markOf } from '../parts/marks.ts';
import { longestText, smsLength } from '../parts/sms-length.ts';
import { fullTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

/** ms between two looks for what the network reports. */
const lookEvery = 2000;

/** A short text back to the device, and what became of it. */
export function Composer({
  field,
  account,
  to,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  account: string;
  to: DeviceId;
}) {
  const words = useWords();
  const [text, setText] = useState('');
  const [sent, send] = useAsk('message.send');
  const busy = sent.kind === 'asked';
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text === '' || busy) return;
    const outcome = await send({ account, to, text });
    if (outcome.kind === 'done') setText('');
  }
  return (
    <form className="composer" onSubmit={(event) => void submit(event)} aria-label={words.send.title}>
      <p className="composer-to">
        {words.send.title} <span>{words.send.to(to.kind, to.id)}</span>
      </p>
      <div className="composer-line">
        <textarea
          ref={field}
          className="input"
          rows={2}
          maxLength={1000}
          value={text}
          aria-label={words.send.label}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={text === '' || busy}>
          {busy ? words.send.sending : words.send.button}
        </button>
      </div>
      <Length text={text} />
      {sent.kind === 'failed' ? <Failure error={sent.error} /> : null}
      {sent.kind === 'done' ? (
        <Deliveries key={sent.value.requestId} id={sent.value.send.id} requestId={sent.value.requestId} />
      ) : null}
    </form>
  );
}

function Length({ text }: { text: string }) {
  const words = useWords();
  const length = smsLength(text);
  if (length.kind === 'outside')
    return (
      <p className="length warn">
        {words.send.outside(/\p{C}/u.test(length.character) ? markOf(length.character) : length.character)}
      </p>
    );
  const over = length.count > longestText;
  return (
    <p className={over ? 'length warn' : 'length'}>
      {over ? words.send.over(length.count) : words.send.count(length.count)}
    </p>
  );
}

/** Asks for the deliveries of a request until the network has reported one. */
function Deliveries({ id, requestId }: { id: number; requestId: string }) {
  const words = useWords();
  const bridge = useBridge();
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const waiting = deliveries.length === 0;
  useEffect(() => {
    if (!waiting) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    async function look(): Promise<void> {
      const answer = await bridge.call('sends.get', { id });
      if (ended) return;
      if (answer.ok) setDeliveries(answer.value.deliveries);
      timer = setTimeout(() => void look(), lookEvery);
    }
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [bridge, id, waiting]);
  return (
    <div className="deliveries" role="status">
      <p>
        {words.send.request} <span className="mono">{requestId}</span>
      </p>
      {waiting ? <p>{words.send.waiting}</p> : null}
      {deliveries.map((delivery) => (
        <p key={`${delivery.receivedAt} ${delivery.status}`}>
          <strong>{delivery.status}</strong> {fullTime(delivery.receivedAt, words.formats)}
        </p>
      ))}
    </div>
  );
}
