import { type FormEvent, type ReactNode, useState } from 'react';
import { accountName } from '../../preload/contract/settings.ts';
import { type AccountView, type Mode, mode as modeSchema } from '../../preload/contract/snapshot.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

/** Asks for an account's name, which is a string: what looks like a number is kept as it was typed. */
export function AddAccountDialog({ accounts, onClose }: { accounts: readonly AccountView[]; onClose: () => void }) {
  const words = useWords();
  return (
    <AppDialog title={words.account.addTitle} onClose={onClose}>
      <AddAccountForm
        autoFocus
        accounts={accounts}
        onDone={onClose}
        beside={
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
        }
      />
    </AppDialog>
  );
}

interface AddAccountFormProps {
  readonly autoFocus?: boolean;
  /** Those that are there already: their ways are changed in the settings, never from here. */
  readonly accounts: readonly AccountView[];
  readonly onDone: () => void;
  /** Stands before the button that adds. */
  readonly beside?: ReactNode;
}

/** The account is looked for at ThingSpace first; one that is not found is added only after a second yes. */
export function AddAccountForm({ autoFocus = false, accounts, onDone, beside }: AddAccountFormProps) {
  const words = useWords();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<Mode>('auto');
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, check] = useAsk('account.check');
  const [added, add] = useAsk('account.add');
  const [unseen, setUnseen] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = accountName.safeParse(name.trim());
    if (!parsed.success) return setProblem(words.account.nameWrong);
    const account = parsed.data;
    if (accounts.some((other) => other.name === account)) return setProblem(words.account.isThere(account));
    if (unseen !== account && (await check({ account })).kind !== 'done') return setUnseen(account);
    const outcome = await add({ account, mode });
    if (outcome.kind === 'done') onDone();
  }

  const isUnseen = unseen !== null && unseen === name.trim() && checked.kind === 'failed';
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field
        autoFocus={autoFocus}
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
      {isUnseen ? <Failure error={checked.error} /> : null}
      {added.kind === 'failed' ? <Failure error={added.error} /> : null}
      <div className="actions">
        {beside}
        <BusyButton type="submit" className="button primary" busy={checked.kind === 'asked' || added.kind === 'asked'}>
          {isUnseen ? words.account.addAnyway : words.account.add}
        </BusyButton>
      </div>
    </form>
  );
}
