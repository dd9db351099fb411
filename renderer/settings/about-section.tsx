import { Choice } from '../parts/choice.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

/** Which version this is, and whether it looks for newer ones. */
export function AboutSection({ hold, appVersion }: { hold: SettingsHold; appVersion: string }) {
  const words = useWords();
  const { about, version } = words.settingsDialog;
  const [outcome, apply] = useApply(hold);
  return (
    <>
      <p>
        {words.product}, {version(appVersion)}
      </p>
      <Choice
        label={about.updates}
        value={hold.settings.updates}
        options={about.updateKinds}
        onChange={(updates) => void apply({ updates })}
      />
      <p className="hint">{about.updatesHint}</p>
      <Outcome outcome={outcome} />
    </>
  );
}
