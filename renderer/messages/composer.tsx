import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import type { DeviceId } from '../../preload/contract/message.ts';
import type { SendState } from '../../preload/contract/sends.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';
import { Failure } from '../parts/failure.tsx';
import { rowTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { BenchDialog } from '../sends/bench-dialog.tsx';
import { expectationOf, filled, isFit } from '../sends/draft.ts';
import { Length, PlaceFields, SendOptions } from '../sends/send-options.tsx';
import { TemplateMenu } from '../sends/template-menu.tsx';
import { useDraft } from '../sends/use-draft.ts';
import { useShelf } from '../sends/use-shelf.ts';
import { useWords } from '../words/words-context.ts';

interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly account: string;
  readonly to: DeviceId;
  /** Whether nothing came from the device yet, so that nothing is answered. */
  readonly isFirst?: boolean;
  /** Whether what stands above says so already. */
  readonly isTold?: (sentence: string) => boolean;
}

/** What became of the text at once; what does later is told where it is listed. `at`: ms. */
function Done({ state, at }: { state: SendState; at: number }) {
  const words = useWords();
  const { clock } = rowTime(new Date(at).toISOString(), at, words.formats);
  return (
    <p className="length" role="status">
      {words.send.stateAt(words.send.states[state], clock)}
    </p>
  );
}

/** A text to the device, and what is to be answered. */
export function Composer({ field, account, to, isFirst = false, isTold = () => false }: ComposerProps) {
  const words = useWords();
  const shelf = useShelf();
  const { draft, change, sent: clear } = useDraft(account, to);
  const [sent, send] = useAsk('message.send');
  const [bench, setBench] = useState(false);
  const busy = sent.kind === 'asked';
  const title = isFirst ? words.send.titleFirst : words.send.title;

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
    if (outcome.kind === 'done') clear(draft.text);
  }

  function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
  }

  return (
    <form className="composer" onSubmit={(event) => void submit(event)} aria-label={title}>
      <p className="composer-to">
        {title} <span>{words.send.to(to.kind, to.id)}</span>
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
      {sent.kind === 'done' && draft.text === '' ? (
        <Done state={sent.value.send.state} at={sent.at} />
      ) : (
        <Length draft={draft} />
      )}
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
      {sent.kind === 'failed' && !isTold(sent.error.message) ? <Failure error={sent.error} /> : null}
      {bench ? <BenchDialog account={account} to={to} shelf={shelf} onClose={() => setBench(false)} /> : null}
    </form>
  );
}
