import { useEffect, useState } from 'react';
import { CredentialsForm } from '../accounts/credentials-form.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

interface SignInStepProps {
  readonly account: string;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** The keychain first, so that nobody types what cannot be kept; then the credentials, and whether they reach the account. */
export function SignInStep({ account, onBack, onNext }: SignInStepProps) {
  const words = useWords().setUp;
  const [state, look] = useAsk('credentials.state');
  const [checked, check] = useAsk('account.check');
  const [others, setOthers] = useState(false);
  useEffect(() => void look({}), [look]);

  async function goOn(): Promise<void> {
    const outcome = await check({ account });
    if (outcome.kind === 'done') onNext();
    else await look({});
  }

  const back = (
    <button type="button" className="button" onClick={onBack}>
      {words.back}
    </button>
  );
  const kept = state.kind === 'done' ? state.value.state : null;
  const asking = kept === 'missing' || (others && kept === 'present');
  const busy = checked.kind === 'asked';
  const sentence = state.kind === 'done' ? state.value.sentence : state.kind === 'failed' ? '' : words.signIn.looking;
  return (
    <>
      <p role="status" className={kept === 'locked' || kept === 'unavailable' ? 'failure' : undefined}>
        {busy ? words.signIn.checking : sentence}
      </p>
      {state.kind === 'failed' ? <Failure error={state.error} /> : null}
      {checked.kind === 'failed' ? <Failure error={checked.error} /> : null}
      {asking ? (
        <CredentialsForm submit={words.signIn.save} busy={busy} onSaved={() => void goOn()} beside={back} />
      ) : (
        <div className="actions">
          {back}
          {kept === 'present' ? (
            <>
              <button type="button" className="button" onClick={() => setOthers(true)}>
                {words.signIn.others}
              </button>
              <BusyButton type="button" className="button primary" busy={busy} onClick={() => void goOn()}>
                {words.signIn.use}
              </BusyButton>
            </>
          ) : (
            <button type="button" className="button primary" onClick={() => void look({})}>
              {words.signIn.again}
            </button>
          )}
        </div>
      )}
    </>
  );
}
