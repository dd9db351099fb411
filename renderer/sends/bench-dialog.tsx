import { type FormEvent, useState } from 'react';
import type { DeviceId } from '../../preload/contract/message.ts';
import { valueOf } from '../../preload/contract/template.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { PickOne } from '../parts/pick-one.tsx';
import { SwitchField } from '../parts/switch-field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';
import { type BenchDraft, benchPlaces, draftOf, emptyBench, scriptOf, withStep } from './bench-draft.ts';
import { BenchRunView } from './bench-run.tsx';
import { secondsOf } from './draft.ts';
import { useDraft } from './use-draft.ts';
import { useBenchRun } from './use-sends.ts';
import type { Shelf } from './use-shelf.ts';

interface BenchDialogProps {
  readonly account: string;
  readonly to: DeviceId;
  readonly shelf: Shelf;
  readonly onClose: () => void;
}

/** A script of commands on one device: written, run, and its report. Closing it leaves a run to go on. */
export function BenchDialog({ account, to, shelf, onClose }: BenchDialogProps) {
  const words = useWords();
  const run = useBenchRun(account, to);
  const [blank] = useState(() => emptyBench(words.send.bench.title));
  const { bench, changeBench } = useDraft(account, to);
  const draft = bench ?? blank;
  const [writing, setWriting] = useState(true);
  const [started, start] = useAsk('bench.start');
  const running = run !== null && run.endedAt === null;

  async function begin(event: FormEvent): Promise<void> {
    event.preventDefault();
    // The dialog stands inside the form of the text that is being written.
    event.stopPropagation();
    const script = scriptOf(draft);
    if (!script) return;
    const outcome = await start({ account, to, script });
    if (outcome.kind === 'done') setWriting(false);
  }

  return (
    <AppDialog wide title={words.send.bench.title} onClose={onClose}>
      <p className="hint">
        {words.send.to(to.kind, to.id)} · {account}
      </p>
      {run && (running || !writing) ? (
        <BenchRunView run={run} takesFocus={!writing || started.kind !== 'idle'} onBack={() => setWriting(true)} />
      ) : (
        <form onSubmit={(event) => void begin(event)}>
          <p>{words.send.bench.about}</p>
          <Script draft={draft} shelf={shelf} onChange={changeBench} />
          {scriptOf(draft) ? null : <p className="hint">{words.send.bench.empty}</p>}
          {started.kind === 'failed' ? <Failure error={started.error} /> : null}
          <footer>
            {run ? (
              <button type="button" className="button" onClick={() => setWriting(false)}>
                {words.send.bench.last}
              </button>
            ) : null}
            <button
              type="button"
              className="button"
              disabled={!scriptOf(draft)}
              onClick={() => {
                const script = scriptOf(draft);
                if (script) shelf.keepBench(script);
              }}
            >
              {words.send.bench.save}
            </button>
            <BusyButton
              type="submit"
              className="button primary"
              busy={started.kind === 'asked'}
              disabled={!scriptOf(draft)}
            >
              {words.send.bench.run}
            </BusyButton>
          </footer>
        </form>
      )}
    </AppDialog>
  );
}

function Script(props: { draft: BenchDraft; shelf: Shelf; onChange: (draft: BenchDraft) => void }) {
  const words = useWords();
  const { draft, shelf, onChange } = props;
  const kept = Object.fromEntries(shelf.benches.map(({ name }) => [name, name]));
  return (
    <>
      {shelf.benches.length > 0 ? (
        <PickOne
          label={words.send.bench.saved}
          value={draft.name in kept ? draft.name : ''}
          options={{ '': words.send.bench.savedNone, ...kept }}
          onChange={(name) => {
            const script = shelf.benches.find((one) => one.name === name);
            onChange(script ? draftOf(script) : emptyBench(words.send.bench.title));
          }}
        />
      ) : null}
      <Field label={words.send.bench.name} value={draft.name} onChange={(name) => onChange({ ...draft, name })} />
      <ol className="bench-steps">
        {draft.steps.map((step, index) => (
          <Step key={step.key} index={index} draft={draft} onChange={onChange} />
        ))}
      </ol>
      <button type="button" className="button" onClick={() => onChange(withStep(draft))}>
        {words.send.bench.add}
      </button>
      {benchPlaces(draft).map((name) => (
        <Field
          key={name}
          mono
          label={words.send.templates.value(name)}
          value={valueOf(draft.values, name)}
          onChange={(value) => onChange({ ...draft, values: { ...draft.values, [name]: value } })}
        />
      ))}
      <SwitchField
        label={words.send.bench.keepGoing}
        on={draft.keepGoing}
        onChange={(keepGoing) => onChange({ ...draft, keepGoing })}
      />
    </>
  );
}

function Step(props: { index: number; draft: BenchDraft; onChange: (draft: BenchDraft) => void }) {
  const words = useWords();
  const { index, draft, onChange } = props;
  const step = draft.steps[index];
  if (!step) return null;
  const change = (part: Partial<BenchDraft['steps'][number]>): void =>
    onChange({ ...draft, steps: draft.steps.map((one) => (one.key === step.key ? { ...one, ...part } : one)) });
  return (
    <li className="bench-step" aria-label={words.send.bench.step(index + 1)}>
      <Field
        mono
        label={words.send.bench.command}
        hint={words.send.bench.commandHint}
        value={step.text}
        onChange={(text) => change({ text })}
      />
      <PickOne
        label={words.send.expectLabel}
        value={step.expect}
        options={words.send.expectKinds}
        onChange={(expect) => change({ expect })}
      />
      {step.expect === 'none' || step.expect === 'any' ? null : (
        <Field mono label={words.send.expectValue} value={step.value} onChange={(value) => change({ value })} />
      )}
      {step.expect === 'none' ? null : (
        <Field
          label={words.send.expectSeconds}
          value={step.seconds}
          problem={secondsOf(step.seconds) === null ? words.send.secondsWrong : null}
          onChange={(seconds) => change({ seconds })}
        />
      )}
      {draft.steps.length > 1 ? (
        <button
          type="button"
          className="link-button"
          onClick={() => onChange({ ...draft, steps: draft.steps.filter(({ key }) => key !== step.key) })}
        >
          {words.send.bench.remove(index + 1)}
        </button>
      ) : null}
    </li>
  );
}
