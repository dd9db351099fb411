import { type FormEvent, useEffect, useState } from 'react';
import { keptDays } from '../../preload/contract/settings.ts';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

/** What the core accepts: seconds, and minutes. */
const pollRange = { least: 15, most: 86_400 };
const sweepRange = { least: 1, most: 1440 };

/** How often the queue is looked at, and how long texts are kept. */
export function QueueSection({ hold }: { hold: SettingsHold }) {
  return (
    <>
      <Intervals hold={hold} />
      <Keeping hold={hold} />
    </>
  );
}

function isIn({ least, most }: typeof pollRange, text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

function Intervals({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const [poll, setPoll] = useState(String(hold.settings.pollIntervalSeconds));
  const [sweep, setSweep] = useState(String(hold.settings.sweepMinutes));
  const [outcome, apply] = useApply(hold, `${poll} ${sweep}`);
  const pollWrong = !isIn(pollRange, poll);
  const sweepWrong = !isIn(sweepRange, sweep);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (pollWrong || sweepWrong) return;
    void apply({ pollIntervalSeconds: Number(poll), sweepMinutes: Number(sweep) });
  }

  return (
    <form onSubmit={submit}>
      <Field
        label={words.poll}
        hint={words.queue.hint(pollRange.least, pollRange.most)}
        inputMode="numeric"
        value={poll}
        problem={pollWrong ? words.queue.wrong(pollRange.least, pollRange.most) : null}
        onChange={setPoll}
      />
      <Field
        label={words.queue.sweep}
        hint={words.queue.hint(sweepRange.least, sweepRange.most)}
        inputMode="numeric"
        value={sweep}
        problem={sweepWrong ? words.queue.wrong(sweepRange.least, sweepRange.most) : null}
        onChange={setSweep}
      />
      <div className="actions">
        <Outcome outcome={outcome} />
        <button type="submit" className="button primary">
          {words.save}
        </button>
      </div>
    </form>
  );
}

/** Deleting is shown before it is done: how many, from when to when. */
function Keeping({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const [typed, setTyped] = useState(hold.settings.keepDays === null ? '' : String(hold.settings.keepDays));
  const [preview, look] = useAsk('retention.preview');
  const [outcome, apply] = useApply(hold, typed);
  const days = typed.trim() === '' ? null : keptDays.safeParse(Number(typed));
  const wanted = days?.success ? days.data : null;
  const isWrong = days?.success === false;
  useEffect(() => {
    if (wanted !== null) void look({ days: wanted });
  }, [look, wanted]);
  const texts = wanted !== null && preview.kind === 'done' ? preview.value.texts : 0;
  const isCounted = wanted === null || preview.kind === 'done';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isWrong) void apply({ keepDays: wanted });
  }

  return (
    <form onSubmit={submit}>
      <Field
        label={words.queue.keep}
        hint={words.queue.keepHint}
        inputMode="numeric"
        value={typed}
        problem={isWrong ? words.queue.wrong(1, 36_500) : null}
        onChange={setTyped}
      />
      {wanted === null ? null : <Preview asked={preview} />}
      <div className="actions">
        <Outcome outcome={outcome} />
        <button
          type="submit"
          className={texts > 0 ? 'button danger' : 'button primary'}
          disabled={isWrong || !isCounted}
        >
          {texts > 0 ? words.queue.deletes(texts) : words.save}
        </button>
      </div>
    </form>
  );
}

function Preview({ asked }: { asked: ReturnType<typeof useAsk<'retention.preview'>>[0] }) {
  const words = useWords().settingsDialog.queue;
  if (asked.kind === 'failed') return <Failure error={asked.error} />;
  if (asked.kind !== 'done') return <p role="status">{words.counting}</p>;
  const { texts, oldest, newest } = asked.value;
  return (
    <p role="status" className={texts > 0 ? 'warning' : undefined}>
      {texts > 0 && oldest !== null && newest !== null
        ? words.preview(texts, new Date(oldest), new Date(newest))
        : words.nothing}
    </p>
  );
}
