import type { BenchRun, BenchStepRun } from '../../preload/contract/bench.ts';
import { benchReport, patternWords, secondsOf } from '../../preload/contract/bench-report.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { secondsLeft } from './seconds-left.ts';

interface BenchRunProps {
  readonly run: BenchRun;
  /** Whether it was asked for just now: the button that did so is gone. */
  readonly takesFocus: boolean;
  readonly onBack: () => void;
}

/** A run of the bench as it goes on, and its report. */
export function BenchRunView({ run, takesFocus, onBack }: BenchRunProps) {
  const words = useWords();
  const { bench } = words.send;
  const [, stop] = useAsk('bench.stop');
  const now = useNow(1000);
  const runs = run.endedAt === null;
  return (
    <>
      <p role="status">
        <MarkedText text={run.name} /> <strong>{bench.report.results[run.result]}</strong>
      </p>
      <ol className="bench-steps">
        {run.steps.map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the steps of a run never move
          <StepRun key={index} step={step} now={now} />
        ))}
      </ol>
      <footer>
        {/* One button, so that who has the focus on it keeps that when the run ends. */}
        <button
          type="button"
          className={runs ? 'button danger' : 'button'}
          autoFocus={takesFocus}
          onClick={runs ? () => void stop({ id: run.id }) : onBack}
        >
          {runs ? bench.stop : bench.again}
        </button>
        {runs ? null : (
          <>
            <CopyButton wide text={JSON.stringify(run, null, 2)} label={bench.copyJson} />
            <CopyButton wide text={benchReport(run, bench.report)} label={bench.copyReport} />
          </>
        )}
      </footer>
    </>
  );
}

function StepRun({ step, now }: { step: BenchStepRun; now: number }) {
  const words = useWords();
  const seconds = secondsOf(step);
  const left = step.dueAt === null ? null : secondsLeft(step.dueAt, step.within ?? Number.POSITIVE_INFINITY, now);
  return (
    <li className="bench-step" data-result={step.result}>
      <p>
        <strong>{words.send.bench.report.results[step.result]}</strong>{' '}
        {step.result === 'running' && left !== null ? <span role="timer">{words.send.left(left)}</span> : null}
        {step.result === 'passed' && seconds !== null ? words.send.answered(Math.round(seconds * 10) / 10) : null}
      </p>
      {step.send === null ? null : (
        <p className="mono">
          <MarkedText text={step.send} />
        </p>
      )}
      {step.expect ? (
        <p className="hint">
          <MarkedText text={words.send.expecting(patternWords(step.expect, words.send.anyAnswer))} />
        </p>
      ) : null}
      {step.reply ? (
        <p className="send-reply">
          <MarkedText text={step.reply.text} />
        </p>
      ) : null}
      {step.reason ? <p className="send-reason">{step.reason}</p> : null}
    </li>
  );
}
