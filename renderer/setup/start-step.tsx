import { FlaskConical, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

interface StartStepProps {
  readonly demo: Snapshot['demo'];
  readonly onOwn: () => void;
  readonly onLater: () => void;
}

/** The simulator, or an account of one's own. */
export function StartStep({ demo, onOwn, onLater }: StartStepProps) {
  const words = useWords().setUp;
  const [entered, enter] = useAsk('demo.enter');
  return (
    <>
      <p>{words.start.body}</p>
      <div className="big-choices">
        {demo === 'absent' ? null : (
          <BigChoice
            icon={<FlaskConical size={20} aria-hidden />}
            name={words.start.demo}
            meaning={entered.kind === 'asked' ? words.start.opening : words.start.demoBody}
            isFirst
            busy={entered.kind === 'asked'}
            onPress={() => void enter({})}
          />
        )}
        <BigChoice
          icon={<UserPlus size={20} aria-hidden />}
          name={words.start.own}
          meaning={words.start.ownBody}
          isFirst={demo === 'absent'}
          onPress={onOwn}
        />
      </div>
      {entered.kind === 'failed' ? <Failure error={entered.error} /> : null}
      <div className="actions">
        <button type="button" className="button" onClick={onLater}>
          {words.later}
        </button>
      </div>
    </>
  );
}

interface BigChoiceProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly meaning: string;
  readonly isFirst: boolean;
  readonly busy?: boolean;
  readonly onPress: () => void;
}

function BigChoice({ icon, name, meaning, isFirst, busy = false, onPress }: BigChoiceProps) {
  return (
    <BusyButton
      type="button"
      className={isFirst ? 'big-choice primary' : 'big-choice'}
      autoFocus={isFirst}
      busy={busy}
      onClick={onPress}
    >
      {icon}
      <span className="big-choice-name">{name}</span> <span>{meaning}</span>
    </BusyButton>
  );
}
