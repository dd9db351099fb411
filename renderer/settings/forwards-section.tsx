import { type FormEvent, useState } from 'react';
import { type ForwardFormat, type ForwardRule, forwardUrl } from '../../preload/contract/forward.ts';
import { Field } from '../parts/field.tsx';
import { PickOne } from '../parts/pick-one.tsx';
import { SwitchField } from '../parts/switch-field.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

/** Which texts are sent on, and where to. */
export function ForwardsSection({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const { forwards, forwardAnywhere } = hold.settings;
  const [outcome, apply] = useApply(hold);
  return (
    <>
      <p>{words.forwards.intro}</p>
      {forwards.length === 0 ? <p className="hint">{words.forwards.none}</p> : null}
      <ul className="setting-list">
        {forwards.map((rule) => (
          <li key={JSON.stringify(rule)} className="setting-row">
            <span className="setting-what">
              <span className="mono">{rule.url}</span>{' '}
              <span className="hint">
                {rule.query === '' ? words.forwards.every : rule.query} · {words.forwards.formats[rule.format]}
              </span>
            </span>
            <button
              type="button"
              className="button"
              onClick={() => void apply({ forwards: forwards.filter((each) => each !== rule) })}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      <AddForward onAdd={(rule) => apply({ forwards: [...forwards, rule] })} />
      <SwitchField
        label={words.forwards.anywhere}
        hint={words.forwards.anywhereHint}
        on={forwardAnywhere}
        onChange={(on) => void apply({ forwardAnywhere: on })}
      />
      <Outcome outcome={outcome} />
    </>
  );
}

function AddForward({ onAdd }: { onAdd: (rule: ForwardRule) => Promise<boolean> }) {
  const words = useWords().settingsDialog;
  const [url, setUrl] = useState('');
  const [query, setQuery] = useState('');
  const [format, setFormat] = useState<ForwardFormat>('original');
  const [tried, setTried] = useState(false);
  const parsed = forwardUrl.safeParse(url.trim());

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!parsed.success || !(await onAdd({ url: parsed.data, query: query.trim(), format }))) return;
    setUrl('');
    setQuery('');
    setTried(false);
  }

  return (
    <form className="setting-part" onSubmit={(event) => void submit(event)}>
      <Field
        mono
        label={words.forwards.url}
        hint={words.forwards.urlHint}
        inputMode="url"
        value={url}
        problem={tried && !parsed.success ? words.forwards.urlWrong : null}
        onChange={setUrl}
      />
      <Field mono label={words.forwards.query} hint={words.forwards.queryHint} value={query} onChange={setQuery} />
      <div className="setting-add">
        <PickOne label={words.forwards.format} value={format} options={words.forwards.formats} onChange={setFormat} />
        <button type="submit" className="button">
          {words.add}
        </button>
      </div>
    </form>
  );
}
