import { type FormEvent, useEffect, useState } from 'react';
import { AppDialog } from '../parts/app-dialog.tsx';
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

/** The key pair and the API user. What was stored is never shown again; only its state is. */
export function CredentialsDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [typed, setTyped] = useState(blank);
  const [tried, setTried] = useState(false);
  const [state, look] = useAsk('credentials.state');
  const [saved, save] = useAsk('credentials.save');
  const [cleared, clear] = useAsk('credentials.clear');
  useEffect(() => void look({}), [look]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (fields.some(({ name }) => typed[name] === '')) return;
    const outcome = await save(typed);
    if (outcome.kind !== 'done') return;
    setTyped(blank);
    setTried(false);
    await look({});
  }

  async function forget(): Promise<void> {
    await clear({});
    await look({});
  }

  return (
    <AppDialog title={words.credentialsDialog.title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} autoComplete="off">
        <p role="status">{state.kind === 'done' ? state.value.sentence : ' '}</p>
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
        {[state, saved, cleared].map((asked, index) =>
          // oxlint-disable-next-line react/no-array-index-key -- three fixed places
          asked.kind === 'failed' ? <Failure key={index} error={asked.error} /> : null,
        )}
        <footer>
          <p className="saved" role="status">
            {saved.kind === 'done' ? words.credentialsDialog.saved : null}
          </p>
          <button
            type="button"
            className="button"
            disabled={state.kind !== 'done' || state.value.state === 'missing'}
            onClick={() => void forget()}
          >
            {words.credentialsDialog.clear}
          </button>
          <button type="submit" className="button primary" disabled={saved.kind === 'asked'}>
            {words.credentialsDialog.save}
          </button>
        </footer>
      </form>
    </AppDialog>
  );
}
