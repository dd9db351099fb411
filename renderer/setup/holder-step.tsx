import { type FormEvent, useEffect, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';

type Way = keyof Words['setUp']['holder']['choices'];

interface HolderStepProps {
  readonly account: string;
  /** Whether there is an address that ThingSpace may call. */
  readonly hasWayIn: boolean;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Who holds the callback now; only then what this app may do about it. Nothing is taken without being chosen. */
export function HolderStep({ account, hasWayIn, onBack, onDone }: HolderStepProps) {
  const words = useWords().setUp;
  const bridge = useBridge();
  const [checked, check] = useAsk('account.check');
  const [chosen, setChosen] = useState<Way | null>(null);
  const [problem, setProblem] = useState<PublicError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void check({ account }), [check, account]);
  const ways = checked.kind === 'done' ? waysFor(checked.value.holder, hasWayIn) : [];
  const way = chosen ?? ways[0] ?? null;

  async function add(chosenWay: Way): Promise<PublicError | null> {
    const mode = chosenWay === 'poll' || chosenWay === 'peek' ? chosenWay : 'auto';
    const added = await bridge.call('account.add', { account, mode });
    if (!added.ok) return added.error;
    const taken = chosenWay === 'take-over' ? await bridge.call('account.takeOver', { account }) : null;
    return taken?.ok === false ? taken.error : null;
  }

  async function finish(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (way === null) return;
    setBusy(true);
    const failed = await add(way);
    setBusy(false);
    setProblem(failed);
    if (failed === null) onDone();
  }

  return (
    <form onSubmit={(event) => void finish(event)}>
      <p role="status">
        {checked.kind === 'done' ? holderSentence(words, account, checked.value) : null}
        {checked.kind === 'asked' ? words.holder.looking : null}
      </p>
      {checked.kind === 'failed' ? <Failure error={checked.error} /> : null}
      {way === null ? null : (
        <RadioGroup
          className="field tunnels"
          value={way}
          onChange={(value) => setChosen(ways.find((each) => each === value) ?? null)}
        >
          <Label>{words.holder.how}</Label>
          {ways.map((each) => (
            <div key={each} className="tunnel" data-chosen={way === each || undefined}>
              <Radio value={each} className="tunnel-head">
                <span className="tunnel-title">{words.holder.choices[each].name}</span>
                <span className="tunnel-facts">{words.holder.choices[each].meaning}</span>
              </Radio>
            </div>
          ))}
        </RadioGroup>
      )}
      {problem ? <Failure error={problem} /> : null}
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>
          {words.back}
        </button>
        {checked.kind === 'failed' ? (
          <button type="button" className="button primary" onClick={() => void check({ account })}>
            {words.signIn.again}
          </button>
        ) : (
          <BusyButton type="submit" className="button primary" busy={busy} disabled={way === null}>
            {words.holder.finish}
          </BusyButton>
        )}
      </div>
    </form>
  );
}

/** What does the least harm stands first; what cannot work yet, without a way in, last. */
function waysFor(holder: Output<'account.check'>['holder'], hasWayIn: boolean): readonly Way[] {
  if (holder === 'other') return hasWayIn ? ['peek', 'take-over', 'poll'] : ['peek', 'poll', 'take-over'];
  return hasWayIn ? ['listen', 'peek', 'poll'] : ['poll', 'peek', 'listen'];
}

function holderSentence(words: Words['setUp'], account: string, seen: Output<'account.check'>): string {
  switch (seen.holder) {
    case 'nobody':
      return words.holder.nobody(account);
    case 'ours':
      return words.holder.ours(account);
    case 'other':
      return words.holder.other(account, seen.host ?? '');
  }
}
