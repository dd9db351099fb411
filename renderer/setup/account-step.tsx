import { type FormEvent, useState } from 'react';
import { accountName } from '../../preload/contract/settings.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../words/words-context.ts';

interface AccountStepProps {
  readonly account: string;
  readonly onBack: () => void;
  readonly onNext: (account: string) => void;
}

/** The account's name, which is a string: leading zeros stay. */
export function AccountStep({ account, onBack, onNext }: AccountStepProps) {
  const words = useWords();
  const [name, setName] = useState(account);
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const parsed = accountName.safeParse(name.trim());
    if (parsed.success) onNext(parsed.data);
    else setWrong(true);
  }

  return (
    <form onSubmit={submit} autoComplete="off">
      <p>{words.setUp.account.body}</p>
      <Field
        autoFocus
        mono
        label={words.account.name}
        hint={words.account.nameHint}
        value={name}
        problem={wrong ? words.account.nameWrong : null}
        onChange={(next) => {
          setName(next);
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
