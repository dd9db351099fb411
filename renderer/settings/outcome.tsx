import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words/words-context.ts';
import type { ApplyOutcome } from './use-apply.ts';

/** How the last change went. */
export function Outcome({ outcome }: { outcome: ApplyOutcome }) {
  const words = useWords();
  return (
    <>
      <p className="saved" role="status">
        {outcome === 'saved' ? words.settingsDialog.saved : null}
      </p>
      {outcome !== null && outcome !== 'saved' ? <Failure error={outcome} /> : null}
    </>
  );
}
