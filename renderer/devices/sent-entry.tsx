import type { Send } from '../../preload/contract/sends.ts';
import { ServiceWords } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { rowTime } from '../parts/time.ts';
import { Awaited } from '../sends/awaited.tsx';
import { useWords } from '../words/words-context.ts';
import { EntryText } from './entry-text.tsx';

/** What was sent to the device, and where it is. `today`: start of today in ms. */
export function SentEntry({ sent, today }: { sent: Send; today: number }) {
  const words = useWords();
  const { to, text, askedAt, state, reason, service } = sent;
  const { date, clock } = rowTime(askedAt, today, words.formats);
  return (
    <li className="entry sent" data-state={state}>
      <EntryText text={text} />
      <p className="entry-foot" title={words.devices.sentTo(`${to.kind} ${to.id}`)}>
        <strong>{words.send.states[state]}</strong> ·{' '}
        <time dateTime={askedAt}>{date === null ? clock : `${date} ${clock}`}</time>
      </p>
      {reason === null ? null : (
        <p className="entry-foot">
          <MarkedText text={reason} />
        </p>
      )}
      <ServiceWords service={service} />
      <Awaited send={sent} />
    </li>
  );
}
