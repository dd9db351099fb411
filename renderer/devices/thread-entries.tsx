import { ArrowDown } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ThreadEntry } from '../../preload/contract/device.ts';
import type { Message } from '../../preload/contract/message.ts';
import { fullTime, rowTime } from '../parts/time.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { EntryText } from './entry-text.tsx';
import { SentEntry } from './sent-entry.tsx';
import { countNewer, entryKey, type ThreadState } from './thread-state.ts';

/** px from an end within which one is at that end */
const atEnd = 24;
const nearStart = 160;

interface EntriesProps {
  readonly state: ThreadState;
  readonly onOlder: () => void;
  readonly onMessage: (message: Message) => void;
}

/** What was said, the newest at the foot. Who reads further up is not moved, and is told how much came meanwhile. */
export function ThreadEntries({ state, onOlder, onMessage }: EntriesProps) {
  const words = useWords();
  const { scroller, missed, follow, onScroll } = useHold(state, onOlder);
  const today = new Date(useNow(30_000)).setHours(0, 0, 0, 0);
  const isEmpty = state.device !== null && state.entries.length === 0;
  return (
    <div className="thread-area">
      <div
        ref={scroller}
        className="thread-body"
        tabIndex={0}
        role="region"
        aria-label={words.devices.entries}
        onScroll={onScroll}
      >
        {isEmpty ? <p className="hint begin">{words.devices.noEntries}</p> : null}
        {state.next ? (
          <button type="button" className="button older" onClick={onOlder}>
            {words.devices.older}
          </button>
        ) : state.entries.length > 0 ? (
          <p className="hint begin">{words.devices.begin}</p>
        ) : null}
        <ol>
          {state.entries.toReversed().map((entry) => (
            <Entry key={entryKey(entry)} entry={entry} today={today} onMessage={onMessage} />
          ))}
        </ol>
      </div>
      {missed > 0 ? (
        <button type="button" className="fresh-pill thread-fresh" onClick={follow}>
          <ArrowDown size={13} aria-hidden /> {words.devices.newest(missed)}
        </button>
      ) : null}
    </div>
  );
}

/** Stays at the foot while one is there; else keeps what is read where it is, whatever comes above or below. */
function useHold(state: ThreadState, onOlder: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const held = useRef({ atFoot: true, height: 0, oldest: '' });
  const [seen, setSeen] = useState<string | null>(null);
  const { entries } = state;
  const newest = entries[0] ? entryKey(entries[0]) : null;
  const last = entries.at(-1);
  const oldest = last ? entryKey(last) : '';

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { atFoot, height, oldest: before } = held.current;
    if (atFoot) {
      element.scrollTop = element.scrollHeight;
      setSeen(newest);
    } else if (oldest !== before && before !== '') element.scrollTop += element.scrollHeight - height;
    held.current = { ...held.current, height: element.scrollHeight, oldest };
  }, [newest, oldest]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // A higher composer must not hide the newest.
    const observer = new ResizeObserver(() => {
      if (held.current.atFoot) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const atFoot = element.scrollHeight - element.scrollTop - element.clientHeight < atEnd;
    held.current = { ...held.current, atFoot, height: element.scrollHeight };
    if (atFoot) setSeen(newest);
    if (element.scrollTop < nearStart && element.scrollHeight > element.clientHeight) onOlder();
  }

  function follow(): void {
    const element = scroller.current;
    held.current = { ...held.current, atFoot: true };
    setSeen(newest);
    if (element) element.scrollTop = element.scrollHeight;
  }

  return { scroller, missed: seen === null ? 0 : countNewer(entries, seen), follow, onScroll };
}

interface EntryProps {
  readonly entry: ThreadEntry;
  readonly today: number;
  readonly onMessage: (message: Message) => void;
}

function Entry({ entry, today, onMessage }: EntryProps) {
  const words = useWords();
  if (entry.kind === 'sent') return <SentEntry sent={entry.sent} today={today} />;
  const { message } = entry;
  const at = message.receivedAt;
  const { date, clock } = rowTime(at, today, words.formats);
  const time = date === null ? clock : `${date} ${clock}`;
  return (
    <li className="entry came">
      <EntryText text={message.text} />
      <p className="entry-foot">
        <span className="unseen">{words.devices.came}</span>
        <button
          type="button"
          className="entry-time"
          title={fullTime(at, words.formats)}
          aria-label={words.devices.open(time)}
          onClick={() => onMessage(message)}
        >
          {time}
        </button>
      </p>
    </li>
  );
}
