import { Choice } from '../parts/choice.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

/** Language and looks of the window. */
export function LookSection({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const { settings } = hold;
  const [outcome, apply] = useApply(hold);
  return (
    <>
      <Choice
        label={words.language}
        value={settings.language}
        options={words.languages}
        onChange={(language) => void apply({ language })}
      />
      <Choice
        label={words.theme}
        value={settings.theme}
        options={words.themes}
        onChange={(theme) => void apply({ theme })}
      />
      <Choice
        label={words.density}
        value={settings.density}
        options={words.densities}
        onChange={(density) => void apply({ density })}
      />
      <Outcome outcome={outcome} />
    </>
  );
}
