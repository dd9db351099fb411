import { type FormEvent, useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input } from '../../preload/contract/methods.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { Choice } from '../parts/choice.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';

/** Seconds that the core accepts between two looks at the queue. */
const pollRange = { least: 15, most: 86_400 };

/** Choices count at once; what is typed counts once it is saved. */
export function SettingsDialog(props: { hold: SettingsHold; appVersion: string; onClose: () => void }) {
  const words = useWords();
  const { settings, change } = props.hold;
  const [publicUrl, setPublicUrl] = useState(settings.publicUrl ?? '');
  const [poll, setPoll] = useState(String(settings.pollIntervalSeconds));
  const [outcome, setOutcome] = useState<'saved' | PublicError | null>(null);
  const seconds = Number(poll);
  const pollWrong = !(seconds >= pollRange.least && seconds <= pollRange.most);

  async function apply(wanted: Input<'settings.change'>): Promise<void> {
    setOutcome((await change(wanted)) ?? 'saved');
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (pollWrong) return;
    await apply({ publicUrl: publicUrl.trim() === '' ? null : publicUrl.trim(), pollIntervalSeconds: seconds });
  }

  return (
    <AppDialog title={words.settingsDialog.title} onClose={props.onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Choice
          label={words.settingsDialog.language}
          value={settings.language}
          options={words.settingsDialog.languages}
          onChange={(language) => void apply({ language })}
        />
        <Choice
          label={words.settingsDialog.theme}
          value={settings.theme}
          options={words.settingsDialog.themes}
          onChange={(theme) => void apply({ theme })}
        />
        <Choice
          label={words.settingsDialog.density}
          value={settings.density}
          options={words.settingsDialog.densities}
          onChange={(density) => void apply({ density })}
        />
        <Choice
          label={words.settingsDialog.notifications}
          value={settings.notifications}
          options={words.settingsDialog.notificationKinds}
          onChange={(notifications) => void apply({ notifications })}
        />
        <Field
          mono
          label={words.settingsDialog.publicUrl}
          hint={words.settingsDialog.publicUrlHint}
          type="url"
          inputMode="url"
          value={publicUrl}
          onChange={setPublicUrl}
        />
        <Field
          label={words.settingsDialog.poll}
          hint={words.settingsDialog.pollHint(pollRange.least, pollRange.most)}
          inputMode="numeric"
          value={poll}
          problem={pollWrong ? words.settingsDialog.pollWrong(pollRange.least, pollRange.most) : null}
          onChange={setPoll}
        />
        {outcome !== null && outcome !== 'saved' ? <Failure error={outcome} /> : null}
        <footer>
          <p className="saved">{words.settingsDialog.version(props.appVersion)}</p>
          <p role="status">{outcome === 'saved' ? words.settingsDialog.saved : null}</p>
          <button type="submit" className="button primary" disabled={pollWrong}>
            {words.settingsDialog.save}
          </button>
        </footer>
      </form>
    </AppDialog>
  );
}
