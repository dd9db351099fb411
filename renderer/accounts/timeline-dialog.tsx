import { useEffect } from 'react';
import type { Snapshot, TimelineEntry } from '../../preload/contract/snapshot.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { fullTime, rowTime } from '../parts/time.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useNow } from '../parts/use-now.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';

/** As many as the core keeps. */
const mostEntries = 500;

/** Gaps, changes of state and problems, newest first; looked at again whenever the state in words changes. */
export function TimelineDialog({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const words = useWords();
  const [asked, ask] = useAsk('timeline.page');
  const now = useNow(30_000);
  const told = [snapshot, ...snapshot.accounts].map(({ sentence }) => sentence).join();
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what was told is why it is asked again
  useEffect(() => void ask({ limit: mostEntries }), [ask, told]);
  const entries = asked.kind === 'done' ? asked.value.entries : null;
  return (
    <AppDialog wide title={words.happened.title} onClose={onClose}>
      {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
      {entries?.length === 0 ? <p>{words.happened.none}</p> : null}
      <ol className="timeline">
        {entries?.map((entry, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two entries of one moment may be alike
          <Entry key={`${entry.at} ${index}`} entry={entry} now={now} />
        ))}
      </ol>
    </AppDialog>
  );
}

function Entry({ entry, now }: { entry: TimelineEntry; now: number }) {
  const words = useWords();
  const { date, clock } = rowTime(entry.at, now, words.formats);
  return (
    <li data-kind={entry.kind}>
      <time dateTime={entry.at} title={fullTime(entry.at, words.formats)}>
        {date === null ? clock : `${date} ${clock}`}
      </time>
      <span className="timeline-kind">{words.happened.kinds[entry.kind]}</span>
      <span className="timeline-text">
        <MarkedText text={entry.kind === 'state' ? stateWords(entry.text, words) : entry.text} />
        {entry.account === null || entry.text.includes(entry.account) ? null : (
          <span className="timeline-account">{entry.account}</span>
        )}
      </span>
    </li>
  );
}

/** The core writes `needs-you: reason`. Why an account is off, or how it is fetched, names the state itself. */
function stateWords(text: string, words: Words): string {
  const [state = '', ...reason] = text.split(': ');
  if ((state === 'off' || state === 'polling') && reason.length > 0) return reason.join(': ');
  return [words.happened.states[state] ?? state, ...reason].join(': ');
}
