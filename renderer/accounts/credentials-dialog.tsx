import { useEffect, useState } from 'react';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';
import { CredentialsForm } from './credentials-form.tsx';

/** What was stored is never shown again; only its state is. */
export function CredentialsDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  return (
    <AppDialog title={words.credentialsDialog.title} onClose={onClose}>
      <Credentials />
    </AppDialog>
  );
}

/** How the credentials stand, new ones, and forgetting them. */
export function Credentials() {
  const words = useWords();
  const [state, look] = useAsk('credentials.state');
  const [cleared, clear] = useAsk('credentials.clear');
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => void look({}), [look]);

  async function forget(): Promise<void> {
    const asked = await clear({});
    setOutcome(asked.kind === 'done' ? asked.value.sentence : null);
    await look({});
  }

  function saved(): void {
    setOutcome(words.credentialsDialog.saved);
    void look({});
  }

  return (
    <>
      <p role="status">{outcome ?? (state.kind === 'done' ? state.value.sentence : ' ')}</p>
      {[state, cleared].map((asked, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- two fixed places
        asked.kind === 'failed' ? <Failure key={index} error={asked.error} /> : null,
      )}
      <CredentialsForm
        submit={words.credentialsDialog.save}
        onSaved={saved}
        beside={
          <button
            type="button"
            className="button"
            disabled={state.kind !== 'done' || state.value.state === 'missing'}
            onClick={() => void forget()}
          >
            {words.credentialsDialog.clear}
          </button>
        }
      />
    </>
  );
}
