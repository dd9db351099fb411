import { type FormEvent, type ReactNode, useState } from 'react';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

const blank = { appKey: '', appSecret: '', username: '', password: '' };
type Name = keyof typeof blank;
const fields: readonly { readonly name: Name; readonly secret: boolean }[] = [
  { name: 'appKey', secret: false },
  { name: 'appSecret', secret: true },
  { name: 'username', secret: false },
  { name: 'password', secret: true },
];

interface CredentialsFormProps {
  readonly submit: string;
  /** Something else is under way that they are needed for. */
  readonly busy?: boolean;
  /** Resolves to whether they are done with; what is to be corrected stays. */
  readonly onSaved: () => Promise<boolean>;
  /** Stands before the button that saves. */
  readonly beside?: ReactNode;
}

/** The key pair and the API user: into the keychain, and not kept in the page once they are done with. */
export function CredentialsForm({ submit: label, busy = false, onSaved, beside }: CredentialsFormProps) {
  const words = useWords();
  const [typed, setTyped] = useState(blank);
  const [tried, setTried] = useState(false);
  const [saved, save] = useAsk('credentials.save');
  const isStopped = saved.kind === 'failed' && saved.error.code === 'sign-in-stopped';

  async function store(confirmed: boolean): Promise<void> {
    setTried(true);
    if (fields.some(({ name }) => typed[name] === '')) return;
    const outcome = await save({ ...typed, confirmed });
    if (outcome.kind !== 'done' || !(await onSaved())) return;
    setTyped(blank);
    setTried(false);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void store(false);
  }

  return (
    <form onSubmit={submit} autoComplete="off">
      <p className="warning">{words.credentialsDialog.warning}</p>
      {fields.map(({ name, secret }, index) => (
        <Field
          key={name}
          autoFocus={index === 0}
          mono={!secret}
          label={words.credentialsDialog[name]}
          type={secret ? 'password' : 'text'}
          autoComplete="off"
          value={typed[name]}
          problem={tried && typed[name] === '' ? words.credentialsDialog.needed : null}
          onChange={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
      <p className="hint">{words.credentialsDialog.kept}</p>
      {saved.kind === 'failed' ? <Failure error={saved.error} /> : null}
      <div className="actions">
        {beside}
        {isStopped ? (
          <button type="button" className="button danger" onClick={() => void store(true)}>
            {words.setUp.signIn.once}
          </button>
        ) : null}
        <BusyButton type="submit" className="button primary" busy={busy || saved.kind === 'asked'}>
          {label}
        </BusyButton>
      </div>
    </form>
  );
}
