import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import type { DeviceId } from '../../preload/contract/message.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { BenchDialog } from '../sends/bench-dialog.tsx';
import { type Draft, emptyDraft, expectationOf, filled, isFit } from '../sends/draft.ts';
import { SendItem } from '../sends/send-item.tsx';
import { Length, PlaceFields, SendOptions } from '../sends/send-options.tsx';
import { TemplateMenu } from '../sends/template-menu.tsx';
import { useSends } from '../sends/use-sends.ts';
import { useShelf } from '../sends/use-shelf.ts';
import { useWords } from '../words/words-context.ts';

interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly account: string;
  readonly to: DeviceId;
  /** Whether what was sent before is shown beneath; a thread shows it itself. */
  readonly history?: boolean;
}

/** A text to the device, what is to be answered, and what became of those before it. */
export function Composer({ field, account, to, history = true }: ComposerProps) {
  const words = useWords();
  const shelf = useShelf();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [sent, send] = useAsk('message.send');
  const [bench, setBench] = useState(false);
  const busy = sent.kind === 'asked';
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const expect = expectationOf(draft);
    if (!isFit(draft) || busy || expect === 'unfit') return;
    // The button is disabled now, and the next text is written here.
    field.current?.focus();
    const life = Number(draft.life);
    const outcome = await send({
      account,
      to,
      text: filled(draft),
      encoding: draft.encoding === 'auto' ? null : draft.encoding,
      timeToLiveSeconds: life === longestTimeToLive ? null : life,
      expect,
    });
    if (outcome.kind === 'done') change({ text: '', values: {} });
  }

  function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
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
          value={draft.text}
          aria-label={words.send.label}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={sendByKey}
        />
        <button type="submit" className="button primary" disabled={!isFit(draft) || busy}>
          {busy ? words.send.sending : words.send.button}
        </button>
      </div>
      <PlaceFields draft={draft} onChange={change} />
      <Length draft={draft} />
      <div className="composer-tools">
        <TemplateMenu
          text={draft.text}
          shelf={shelf}
          onChoose={({ text }) => {
            change({ text, values: {} });
            field.current?.focus();
          }}
        />
        <button type="button" className="button" onClick={() => setBench(true)}>
          {words.send.bench.open}
        </button>
      </div>
      <SendOptions draft={draft} onChange={change} />
      {sent.kind === 'failed' ? <Failure error={sent.error} /> : null}
      {history ? (
        <Sent
          account={account}
          to={to}
          onAgain={(text) => {
            change({ text, values: {} });
            field.current?.focus();
          }}
        />
      ) : null}
      {bench ? <BenchDialog account={account} to={to} shelf={shelf} onClose={() => setBench(false)} /> : null}
    </form>
  );
}

function Sent(props: { account: string; to: DeviceId; onAgain: (text: string) => void }) {
  const words = useWords();
  const sends = useSends(props.account, props.to);
  if (sends.length === 0) return null;
  return (
    <section className="sends" aria-label={words.send.sentTitle}>
      <ul>
        {sends.map((send) => (
          <SendItem key={send.id} send={send} onAgain={props.onAgain} />
        ))}
      </ul>
    </section>
  );
}
