import { type ReactNode, useEffect } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { WayIn } from '../../preload/contract/snapshot.ts';
import type { TunnelKind, TunnelOffer } from '../../preload/contract/tunnel.ts';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';
import { type TunnelDraft, tunnelFields } from './tunnel-draft.ts';
import { TunnelFields } from './tunnel-fields.tsx';

interface TunnelChoiceProps {
  readonly wayIn: WayIn;
  readonly draft: TunnelDraft;
  /** How often it was tried to store it: what is wrong is not shown before. */
  readonly tries: number;
  readonly onDraft: (draft: TunnelDraft) => void;
}

/** Every way in that there is: what this computer has first, with the recommendation and why. */
export function TunnelChoice({ wayIn, draft, tries, onDraft }: TunnelChoiceProps) {
  const words = useWords().tunnel;
  const [offers, look] = useAsk('tunnel.offers');
  useEffect(() => void look({}), [look]);
  const choose = (kind: string): void => {
    const chosen = kinds.find((known) => known === kind);
    if (chosen !== undefined) onDraft({ ...draft, kind: chosen });
  };
  if (offers.kind === 'failed') return <Failure error={offers.error} />;
  if (offers.kind !== 'done') return <p role="status">{words.looking}</p>;
  return (
    <>
      <p className="hint">{words.rule}</p>
      <RadioGroup className="field tunnels" value={draft.kind} onChange={choose}>
        <Label className="unseen">{words.legend}</Label>
        {offers.value.offers.map((offer) => (
          <Offer key={offer.kind} offer={offer} chosen={draft.kind === offer.kind}>
            <TunnelFields wayIn={wayIn} draft={draft} tries={tries} onDraft={onDraft} />
          </Offer>
        ))}
        <div className="tunnel" data-chosen={draft.kind === 'none' || undefined}>
          <Radio value="none" className="tunnel-head">
            <span className="tunnel-title">{words.none}</span>
          </Radio>
          {draft.kind === 'none' ? <p className="tunnel-more">{words.noneMeaning}</p> : null}
        </div>
      </RadioGroup>
    </>
  );
}

const kinds = Object.keys(tunnelFields).filter((kind): kind is TunnelKind => kind in tunnelFields);

function Offer(props: { offer: TunnelOffer; chosen: boolean; children: ReactNode }) {
  const { offer, chosen, children } = props;
  const words = useWords().tunnel;
  const found = offer.program === null ? '' : words.here;
  const mark = offer.recommended ? words.recommended : offer.here ? found : words.absent;
  return (
    <div className="tunnel" data-chosen={chosen || undefined} data-absent={offer.here ? undefined : true}>
      <Radio value={offer.kind} className="tunnel-head">
        <span className="tunnel-title">{offer.title}</span>
        <span className="tunnel-mark" data-recommended={offer.recommended || undefined}>
          {mark}
        </span>
        <span className="tunnel-facts">
          {words.names[offer.name]} · {words.port(offer.publicPort)}
        </span>
      </Radio>
      {offer.recommended && !chosen ? <p className="tunnel-more">{offer.why}</p> : null}
      {chosen ? (
        <div className="tunnel-more">
          <dl className="offer-facts">
            <dt>{words.why}</dt>
            <dd>{offer.why}</dd>
            <dt>{words.needs}</dt>
            <dd>{offer.needs}</dd>
            <dt>{words.limits}</dt>
            <dd>{offer.limits}</dd>
          </dl>
          {offer.name === 'stable' ? null : <p className="warning">{words.random}</p>}
          {children}
        </div>
      ) : null}
    </div>
  );
}
