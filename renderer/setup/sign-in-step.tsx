import { useEffect, useState } from 'react';
import { CredentialsForm } from '../accounts/credentials-form.tsx';
import { isRefusedSignIn } from '../accounts/refused-sign-in.ts';
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

  /** Credentials that are refused are to be corrected; all else is no matter of theirs. */
  async function goOn(): Promise<boolean> {
    const outcome = await check({ account });
    const isRefused = outcome.kind === 'failed' && isRefusedSignIn(outcome.error);
    setOthers(isRefused);
    if (outcome.kind === 'done') onNext();
    else await look({});
    return !isRefused;
  }

  const back = (
    <button type="button" className="button" onClick={onBack}>
      {words.back}
    </button>
  );
  const kept = state.kind === 'done' ? state.value.state : null;
  const asking = kept === 'missing' || (others && kept !== 'given');
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
        <CredentialsForm submit={words.signIn.save} busy={busy} onSaved={goOn} beside={back} />
      ) : (
        <div className="actions">
          {back}
          {kept === 'present' || kept === 'given' ? (
            <>
              {kept === 'present' ? (
                <button type="button" className="button" onClick={() => setOthers(true)}>
                  {words.signIn.others}
                </button>
              ) : null}
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
