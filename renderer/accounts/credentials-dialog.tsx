import { useEffect, useState } from 'react';
import type { Problem } from '../../preload/contract/snapshot.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { isRefusedSignIn } from './refused-sign-in.ts';

/** What was stored is never shown again; only its state is. */
export function CredentialsDialog({ problems, onClose }: { problems: readonly Problem[]; onClose: () => void }) {
  const words = useWords();
  return (
    <AppDialog title={words.credentialsDialog.title} onClose={onClose}>
      <Credentials problems={problems} />
    </AppDialog>
  );
}

/** How the credentials stand, new ones, and forgetting them. Those of the environment can only be changed there. */
export function Credentials({ problems }: { problems: readonly Problem[] }) {
  const words = useWords();
  const [state, look] = useAsk('credentials.state');
  const [cleared, clear] = useAsk('credentials.clear');
  const [outcome, setOutcome] = useState<string | null>(null);
  const refused = problems.find(isRefusedSignIn);
  const kept = state.kind === 'done' ? state.value.state : null;
  useEffect(() => void look({}), [look]);

  async function forget(): Promise<void> {
    const asked = await clear({});
    setOutcome(asked.kind === 'done' ? asked.value.sentence : null);
    await look({});
  }

  async function saved(): Promise<boolean> {
    setOutcome(words.credentialsDialog.saved);
    await look({});
    return true;
  }

  return (
    <>
      <p role="status">{outcome ?? (state.kind === 'done' ? state.value.sentence : ' ')}</p>
      {refused ? <Failure error={refused} /> : null}
      {[state, cleared].map((asked, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- two fixed places
        asked.kind === 'failed' ? <Failure key={index} error={asked.error} /> : null,
      )}
      {kept === 'given' ? null : (
        <CredentialsForm
          submit={words.credentialsDialog.save}
          onSaved={saved}
          beside={
            <button
              type="button"
              className="button"
              disabled={kept === null || kept === 'missing'}
              onClick={() => void forget()}
            >
              {words.credentialsDialog.clear}
            </button>
          }
        />
      )}
    </>
  );
}
