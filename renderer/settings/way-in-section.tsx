import { type FormEvent, useState } from 'react';
import type { WayIn } from '../../preload/contract/snapshot.ts';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { TunnelChoice } from './tunnel-choice.tsx';
import { useApply } from './use-apply.ts';
import { useTunnel } from './use-tunnel.ts';
import { WayInState } from './way-in-state.tsx';

/** How the internet reaches this computer, and how that stands now. */
export function WayInSection({ hold, wayIn }: { hold: SettingsHold; wayIn: WayIn }) {
  const words = useWords();
  const tunnel = useTunnel(hold);
  return (
    <>
      <WayInState wayIn={wayIn} />
      <TunnelChoice wayIn={wayIn} draft={tunnel.draft} tries={tunnel.tries} onDraft={tunnel.setDraft} />
      {tunnel.problem ? <Failure error={tunnel.problem} /> : null}
      <div className="actions">
        <button type="button" className="button primary" onClick={() => void tunnel.open()}>
          {tunnel.isStored ? words.tunnel.again : words.tunnel.open}
        </button>
      </div>
      <ExtraHosts hold={hold} />
    </>
  );
}

/** Names under which the listener is called besides the public one. */
function ExtraHosts({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const [typed, setTyped] = useState(hold.settings.extraHosts.join(' '));
  const [outcome, apply] = useApply(hold, typed);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void apply({ extraHosts: typed.split(/[\s,]+/).filter((host) => host !== '') });
  }

  return (
    <form onSubmit={submit}>
      <Field mono label={words.wayIn.hosts} hint={words.wayIn.hostsHint} value={typed} onChange={setTyped} />
      <div className="actions">
        <Outcome outcome={outcome} />
        <button type="submit" className="button">
          {words.save}
        </button>
      </div>
    </form>
  );
}
