import type { RefObject } from 'react';
import type { DeviceId } from '../../preload/contract/message.ts';
import { useWords } from '../words/words-context.ts';
import { SendItem } from './send-item.tsx';
import { useDraft } from './use-draft.ts';
import { useSends } from './use-sends.ts';

interface SentListProps {
  readonly account: string;
  readonly to: DeviceId;
  /** Where one writes: a text that is used again goes there. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What was sent to a device last, and what became of it. */
export function SentList({ account, to, field }: SentListProps) {
  const words = useWords().send;
  const { change } = useDraft(account, to);
  const sends = useSends(account, to);
  if (sends.length === 0) return null;
  return (
    <section className="sends" aria-label={words.sentTitle}>
      <h3>{words.sentTitle}</h3>
      <ul>
        {sends.map((send) => (
          <SendItem
            key={send.id}
            send={send}
            onAgain={(text) => {
              change({ text, values: {} });
              field.current?.focus();
            }}
          />
        ))}
      </ul>
    </section>
  );
}
