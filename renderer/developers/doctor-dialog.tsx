import { useEffect } from 'react';
import type { Check } from '../../preload/contract/examination.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

const marks = { pass: '✓', fail: '✗', 'not-tried': '–' } as const;

/** Each hop between ThingSpace and this computer: whether it works, why not, and what to do. */
export function DoctorDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { check } = words.developers;
  const [asked, ask] = useAsk('app.examine');
  useEffect(() => void ask({}), [ask]);
  return (
    <AppDialog wide title={check.title} onClose={onClose}>
      <p>{check.intro}</p>
      <div aria-live="polite" aria-busy={asked.kind === 'asked'}>
        {asked.kind === 'asked' ? <p className="hint">{check.running}</p> : null}
        {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
        {asked.kind === 'done' ? (
          <ol className="hops">
            {asked.value.checks.map((one) => (
              <Hop key={`${one.hop} ${one.account}`} check={one} />
            ))}
          </ol>
        ) : null}
      </div>
      <footer>
        <BusyButton type="button" className="button" busy={asked.kind === 'asked'} onClick={() => void ask({})}>
          {check.again}
        </BusyButton>
      </footer>
    </AppDialog>
  );
}

function Hop({ check: { hop, account, outcome, reason, fix } }: { check: Check }) {
  const words = useWords();
  const { check } = words.developers;
  return (
    <li data-outcome={outcome}>
      <span className="hop-mark" aria-hidden>
        {marks[outcome]}
      </span>
      <span className="hop-name">
        {check.hop[hop]}
        {account === null ? null : <span className="hint"> {account}</span>}
      </span>
      <span>
        <span className="hop-outcome">{check.outcome[outcome]}.</span> <MarkedText text={reason} />
        {fix === null ? null : (
          <span className="hop-fix">
            <MarkedText text={fix} />
          </span>
        )}
      </span>
    </li>
  );
}
