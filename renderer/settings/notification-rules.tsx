import { type FormEvent, useState } from 'react';
import type { Settings } from '../../preload/contract/settings.ts';
import { Field } from '../parts/field.tsx';
import { PickOne } from '../parts/pick-one.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

type Rule = Settings['notificationRules'][number];

/** Texts that are told always or never; the first rule that finds one decides. */
export function NotificationRules({ hold }: { hold: SettingsHold }) {
  const words = useWords().settingsDialog;
  const rules = hold.settings.notificationRules;
  const [outcome, apply] = useApply(hold);
  return (
    <section className="setting-part" aria-label={words.notifications.rules}>
      <h3>{words.notifications.rules}</h3>
      <p className="hint">{rules.length === 0 ? words.notifications.noRules : words.notifications.rulesHint}</p>
      <ol className="setting-list">
        {rules.map((rule) => (
          <li key={`${rule.search} ${rule.notify}`} className="setting-row">
            <span className="setting-what">
              <span className="mono">{rule.search}</span>{' '}
              <span className="hint">{words.notifications.notifies[rule.notify]}</span>
            </span>
            <button
              type="button"
              className="button"
              onClick={() => void apply({ notificationRules: rules.filter((each) => each !== rule) })}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ol>
      <AddRule
        onAdd={(rule) => {
          const others = rules.filter(({ search }) => search !== rule.search);
          void apply({ notificationRules: [...others, rule] });
        }}
      />
      <Outcome outcome={outcome} />
    </section>
  );
}

function AddRule({ onAdd }: { onAdd: (rule: Rule) => void }) {
  const words = useWords().settingsDialog;
  const [search, setSearch] = useState('');
  const [notify, setNotify] = useState<Rule['notify']>('always');
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(search.trim() === '');
    if (search.trim() === '') return;
    onAdd({ search: search.trim(), notify });
    setSearch('');
  }

  return (
    <form className="setting-add" onSubmit={submit}>
      <Field
        mono
        label={words.notifications.search}
        value={search}
        problem={tried && search.trim() === '' ? words.notifications.searchNeeded : null}
        onChange={setSearch}
      />
      <PickOne
        label={words.notifications.notify}
        value={notify}
        options={words.notifications.notifies}
        onChange={setNotify}
      />
      <button type="submit" className="button">
        {words.add}
      </button>
    </form>
  );
}
