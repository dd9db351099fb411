import { Command, History, PanelLeft } from 'lucide-react';
import type { Action, Problem, Snapshot } from '../preload/contract/snapshot.ts';
import { BusyButton } from './parts/busy-button.tsx';
import { ServiceWords } from './parts/failure.tsx';
import { Light } from './parts/light.tsx';
import { fullTime, preciseAge } from './parts/time.ts';
import { useAsk } from './parts/use-ask.ts';
import { useNow } from './parts/use-now.ts';
import { useWords } from './words/words-context.ts';

interface StateBarProps {
  readonly snapshot: Snapshot;
  readonly accountsShown: boolean;
  readonly onAccounts: () => void;
  readonly onPalette: () => void;
  readonly onTimeline: () => void;
  readonly onAction: (action: Action) => void;
}

/** The one sentence: is it listening, and is anything missing? With the one action that helps. */
export function StateBar({ snapshot, accountsShown, onAccounts, onPalette, onTimeline, onAction }: StateBarProps) {
  const words = useWords();
  const { action } = snapshot;
  const [left, leave] = useAsk('demo.leave');
  return (
    <header className="state-bar">
      <button
        type="button"
        className="icon-button accounts-toggle"
        aria-label={words.showAccounts}
        aria-expanded={accountsShown}
        onClick={onAccounts}
      >
        <PanelLeft size={16} aria-hidden />
      </button>
      <Light light={snapshot.light} size={16} />
      <div className="state-words">
        <h1>{snapshot.sentence}</h1>
        {/* Beside what keeps texts away it would read as if they came. */}
        {snapshot.provedAt === null || snapshot.paused || snapshot.light === 'needs-you' ? null : (
          <Proved at={snapshot.provedAt} />
        )}
      </div>
      {snapshot.simulated ? (
        <span className="tag" title={words.simulatedMeaning}>
          {words.simulated}
        </span>
      ) : null}
      {snapshot.demo === 'shown' ? (
        <BusyButton type="button" className="button" busy={left.kind === 'asked'} onClick={() => void leave({})}>
          {words.demo.leave}
        </BusyButton>
      ) : null}
      {action ? (
        <button type="button" className="button primary" onClick={() => onAction(action)}>
          {action.label}
        </button>
      ) : null}
      <button
        type="button"
        className="icon-button"
        aria-label={words.happened.title}
        title={`${words.happened.title} (h)`}
        onClick={onTimeline}
      >
        <History size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.palette.title}
        title={`${words.palette.title} (Ctrl K)`}
        onClick={onPalette}
      >
        <Command size={16} aria-hidden />
      </button>
    </header>
  );
}

/** How fresh the proof is. It ticks alone: a screen reader is not told each second. */
function Proved({ at }: { at: string }) {
  const words = useWords();
  const now = useNow(1000);
  return (
    <span className="proved" title={`${words.provedMeaning} ${fullTime(at, words.formats)}`}>
      {words.proved(preciseAge(at, now, words))}
    </span>
  );
}

/** Each problem with the service's own words. One that the sentence already tells is not told twice. */
export function Problems({ snapshot }: { snapshot: Snapshot }) {
  const words = useWords();
  const told = snapshot.problems.filter((problem) => problem.service !== null || !isSaid(snapshot, problem));
  if (told.length === 0) return null;
  return (
    <section className="problems" aria-label={words.problems}>
      {told.map((problem) => (
        <div key={`${problem.code} ${problem.account} ${problem.message}`}>
          {isSaid(snapshot, problem) ? null : <p>{problem.message}</p>}
          <ServiceWords service={problem.service} />
        </div>
      ))}
    </section>
  );
}

function isSaid(snapshot: Snapshot, problem: Problem): boolean {
  return snapshot.sentence.includes(problem.message);
}
