import type { WayIn } from '../../preload/contract/snapshot.ts';
import { Failure } from '../parts/failure.tsx';
import { TunnelChoice } from '../settings/tunnel-choice.tsx';
import type { TunnelHold } from '../settings/use-tunnel.ts';
import { WayInState } from '../settings/way-in-state.tsx';
import { useWords } from '../words/words-context.ts';

interface WayInStepProps {
  readonly tunnel: TunnelHold;
  readonly wayIn: WayIn;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** Where ThingSpace reaches this computer: chosen, opened and proved before anything is registered. */
export function WayInStep({ tunnel, wayIn, onBack, onNext }: WayInStepProps) {
  const words = useWords();
  const isNone = tunnel.draft.kind === 'none';
  const isProved = tunnel.isStored && wayIn.state === 'proved';

  async function next(): Promise<void> {
    if (tunnel.isStored || (await tunnel.open())) onNext();
  }

  return (
    <>
      <p>{words.setUp.wayIn.body}</p>
      <TunnelChoice wayIn={wayIn} draft={tunnel.draft} tries={tunnel.tries} onDraft={tunnel.setDraft} />
      {tunnel.problem ? <Failure error={tunnel.problem} /> : null}
      {isNone || !tunnel.isStored ? null : <WayInState wayIn={wayIn} />}
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>
          {words.setUp.back}
        </button>
        {isNone ? null : (
          <button
            type="button"
            className={isProved ? 'button' : 'button primary'}
            disabled={tunnel.isStored && wayIn.state === 'opening'}
            onClick={() => void tunnel.open()}
          >
            {tunnel.isStored && wayIn.state !== 'closed' ? words.tunnel.again : words.tunnel.open}
          </button>
        )}
        <button
          type="button"
          className={isNone || isProved ? 'button primary' : 'button'}
          disabled={!isNone && !tunnel.isStored}
          onClick={() => void next()}
        >
          {words.setUp.next}
        </button>
      </div>
    </>
  );
}
