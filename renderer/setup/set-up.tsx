import { useEffect, useRef, useState } from 'react';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { focusListWhereLost } from '../messages/use-focus-kept.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useTunnel } from '../settings/use-tunnel.ts';
import { useWords } from '../words/words-context.ts';
import { AccountStep } from './account-step.tsx';
import { HolderStep } from './holder-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { StartStep } from './start-step.tsx';
import { WayInStep } from './way-in-step.tsx';

const steps = ['start', 'account', 'signIn', 'wayIn', 'holder'] as const;
type Step = (typeof steps)[number];

interface SetUpProps {
  readonly snapshot: Snapshot;
  readonly settings: SettingsHold;
  /** The person has begun: it stays until they end it. */
  readonly onBegun: () => void;
  readonly onDone: () => void;
}

/** From nothing to the first text, in at most five steps, each of which can be gone back on. */
export function SetUp({ snapshot, settings, onBegun, onDone }: SetUpProps) {
  const words = useWords();
  const [step, setStep] = useState<Step>('start');
  const [account, setAccount] = useState('');
  const tunnel = useTunnel(settings);
  const heading = useRef<HTMLHeadingElement>(null);
  const at = steps.indexOf(step);

  // A screen reader is told where it is, where no field has the focus at once.
  useEffect(() => {
    if (step !== 'start' && step !== 'account') heading.current?.focus();
  }, [step]);

  // However it ends, one goes on in the list.
  useEffect(() => focusListWhereLost, []);

  const go = (by: number): void => {
    onBegun();
    setStep(steps[at + by] ?? 'start');
  };
  const back = (): void => go(-1);
  const next = (): void => go(1);

  return (
    <main className="set-up">
      <section className="set-up-step" aria-label={words.setUp.name}>
        <p className="hint">{words.setUp.step(at + 1, steps.length)}</p>
        <h2 ref={heading} tabIndex={-1}>
          {words.setUp[step].title}
        </h2>
        {step === 'start' ? <StartStep demo={snapshot.demo} onOwn={next} onLater={onDone} /> : null}
        {step === 'account' ? (
          <AccountStep account={account} onAccount={setAccount} onBack={back} onNext={next} />
        ) : null}
        {step === 'signIn' ? <SignInStep account={account} onBack={back} onNext={next} /> : null}
        {step === 'wayIn' ? <WayInStep tunnel={tunnel} wayIn={snapshot.wayIn} onBack={back} onNext={next} /> : null}
        {step === 'holder' ? (
          <HolderStep
            account={account}
            hasWayIn={tunnel.draft.kind !== 'none' && snapshot.wayIn.state !== 'failed'}
            onBack={back}
            onDone={onDone}
          />
        ) : null}
      </section>
    </main>
  );
}
