import { type FormEvent, useState } from 'react';
import { accountName } from '../../preload/contract/settings.ts';
import { type Mode, mode as modeSchema } from '../../preload/contract/snapshot.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

/** Asks for an account's name, which is a string: what looks like a number is kept as it was typed. */
export function AddAccountDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<Mode>('auto');
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, ask] = useAsk('account.add');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = accountName.safeParse(name.trim());
    if (!parsed.success) {
      setProblem(words.account.nameWrong);
      return;
    }
    const outcome = await ask({ account: parsed.data, mode });
    if (outcome.kind === 'done') onClose();
  }
  return (
    <AppDialog title={words.account.addTitle} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          autoFocus
          mono
          label={words.account.name}
          hint={words.account.nameHint}
          value={name}
          problem={problem}
          onChange={(next) => {
            setName(next);
            setProblem(null);
          }}
        />
        <fieldset className="field ways">
          <legend>{words.account.way}</legend>
          {modeSchema.options.map((option) => (
            <label key={option}>
              <input type="radio" name="mode" checked={mode === option} onChange={() => setMode(option)} />
              <span>{words.account.ways[option].name}</span>
              <span className="hint">{words.account.ways[option].meaning}</span>
            </label>
          ))}
        </fieldset>
        {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={asked.kind === 'asked'}>
            {words.account.add}
          </button>
        </footer>
      </form>
    </AppDialog>
  );
}
