import { type FormEvent, useState } from 'react';
import { accountName } from '../../preload/contract/settings.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../words/words-context.ts';

interface AccountStepProps {
  /** As it is typed. */
  readonly account: string;
  readonly onAccount: (account: string) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** The account's name, which is a string: leading zeros stay. */
export function AccountStep({ account, onAccount, onBack, onNext }: AccountStepProps) {
  const words = useWords();
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const parsed = accountName.safeParse(account.trim());
    if (!parsed.success) return setWrong(true);
    onAccount(parsed.data);
    onNext();
  }

  return (
    <form onSubmit={submit} autoComplete="off">
      <p>{words.setUp.account.body}</p>
      <Field
        autoFocus
        mono
        label={words.account.name}
        hint={words.account.nameHint}
        value={account}
        problem={wrong ? words.account.nameWrong : null}
        onChange={(next) => {
          onAccount(next);
          setWrong(false);
        }}
      />
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>
          {words.setUp.back}
        </button>
        <button type="submit" className="button primary">
          {words.setUp.next}
        </button>
      </div>
    </form>
  );
}
