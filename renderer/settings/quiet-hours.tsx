import { type FormEvent, useState } from 'react';
import { Label, Text, TextArea, TextField } from 'react-aria-components';
import { Field } from '../parts/field.tsx';
import { SwitchField } from '../parts/switch-field.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const night = { from: '22:00', to: '06:00', unless: [] } as const;

/** When nothing is told, but what matters. */
export function QuietHoursForm({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const { quietHours } = hold.settings;
  const [outcome, apply] = useApply(hold);
  return (
    <section className="setting-part" aria-label={words.notifications.quiet}>
      <h3>{words.notifications.quiet}</h3>
      <SwitchField
        label={words.notifications.quietOn}
        on={quietHours !== null}
        onChange={(on) => void apply({ quietHours: on ? night : null })}
      />
      {quietHours === null ? <Outcome outcome={outcome} /> : <Hours hold={hold} />}
    </section>
  );
}

function Hours({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const stored = hold.settings.quietHours ?? night;
  const [from, setFrom] = useState<string>(stored.from);
  const [to, setTo] = useState<string>(stored.to);
  const [unless, setUnless] = useState(stored.unless.join('\n'));
  const [outcome, apply] = useApply(hold, JSON.stringify([from, to, unless]));
  const wrong = (time: string): string | null => (timeOfDay.test(time) ? null : words.notifications.timeWrong);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (wrong(from) !== null || wrong(to) !== null) return;
    const searches = unless.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    void apply({ quietHours: { from, to, unless: searches } });
  }

  return (
    <form onSubmit={submit}>
      <div className="field-grid">
        <Field label={words.notifications.from} type="time" value={from} problem={wrong(from)} onChange={setFrom} />
        <Field label={words.notifications.to} type="time" value={to} problem={wrong(to)} onChange={setTo} />
      </div>
      <TextField className="field" value={unless} onChange={setUnless}>
        <Label>{words.notifications.unless}</Label>
        <TextArea className="input mono" rows={3} spellCheck={false} />
        <Text slot="description" className="hint">
          {words.notifications.unlessHint}
        </Text>
      </TextField>
      <div className="actions">
        <Outcome outcome={outcome} />
        <button type="submit" className="button">
          {words.save}
        </button>
      </div>
    </form>
  );
}
