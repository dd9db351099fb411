import { type FormEvent, useState } from 'react';
import type { Mute, Muted } from '../../preload/contract/notification-choices.ts';
import type { AccountView } from '../../preload/contract/snapshot.ts';
import { Field } from '../parts/field.tsx';
import { PickOne } from '../parts/pick-one.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { Outcome } from './outcome.tsx';
import { useApply } from './use-apply.ts';

type NotificationWords = Words['settingsDialog']['notifications'];
type What = keyof NotificationWords['whats'];
type Long = keyof NotificationWords['longs'];

const hourMs = 3_600_000;
const lengths: Readonly<Record<Long, number | null>> = { hour: hourMs, shift: 8 * hourMs, always: null };

/** What is not told of, and until when. */
export function Mutes({ hold, accounts }: { hold: SettingsHold; accounts: readonly AccountView[] }) {
  const words = useWords().settingsDialog.notifications;
  const { mutes } = hold.settings;
  const [outcome, apply] = useApply(hold);
  return (
    <section className="setting-part" aria-label={words.mutes}>
      <h3>{words.mutes}</h3>
      {mutes.length === 0 ? <p className="hint">{words.noMutes}</p> : null}
      <ul className="setting-list">
        {mutes.map((mute) => (
          <MutedItem
            key={JSON.stringify(mute)}
            mute={mute}
            onRemove={() => void apply({ mutes: mutes.filter((each) => each !== mute) })}
          />
        ))}
      </ul>
      <AddMute accounts={accounts} onAdd={(mute) => void apply({ mutes: [...mutes, mute] })} />
      <Outcome outcome={outcome} />
    </section>
  );
}

function MutedItem({ mute, onRemove }: { mute: Mute; onRemove: () => void }) {
  const { formats, settingsDialog } = useWords();
  const words = settingsDialog.notifications;
  const until = mute.until === null ? words.always : words.until(inWords(new Date(mute.until)));
  function inWords(at: Date): string {
    return `${formats.day(at)}, ${formats.minute(at)}`;
  }
  return (
    <li className="setting-row">
      <span className="setting-what">
        {mutedWords(words, mute.of)} <span className="hint">{until}</span>
      </span>
      <button type="button" className="button" onClick={onRemove}>
        {words.unmute}
      </button>
    </li>
  );
}

function mutedWords(words: NotificationWords, muted: Muted): string {
  switch (muted.kind) {
    case 'everything':
      return words.everything;
    case 'account':
      return words.account(muted.account);
    case 'device':
      return words.device(muted.id);
  }
}

function AddMute({ accounts, onAdd }: { accounts: readonly AccountView[]; onAdd: (mute: Mute) => void }) {
  const words = useWords().settingsDialog.notifications;
  const [what, setWhat] = useState<What>('everything');
  const [long, setLong] = useState<Long>('hour');
  const [account, setAccount] = useState(accounts[0]?.name ?? '');
  const [device, setDevice] = useState('');
  const muted = mutedOf(what, account, device.trim());

  function submit(event: FormEvent): void {
    event.preventDefault();
    const length = lengths[long];
    if (muted === null) return;
    onAdd({ of: muted, until: length === null ? null : new Date(Date.now() + length).toISOString() });
    setDevice('');
  }

  return (
    <form className="setting-add" onSubmit={submit}>
      <PickOne label={words.what} value={what} options={words.whats} onChange={setWhat} />
      {what === 'account' ? (
        <PickOne
          label={words.which.account}
          value={account}
          options={Object.fromEntries(accounts.map(({ name }) => [name, name]))}
          onChange={setAccount}
        />
      ) : null}
      {what === 'device' ? <Field mono label={words.which.device} value={device} onChange={setDevice} /> : null}
      <PickOne label={words.long} value={long} options={words.longs} onChange={setLong} />
      <button type="submit" className="button" disabled={muted === null}>
        {words.mute}
      </button>
    </form>
  );
}

function mutedOf(what: What, account: string, device: string): Muted | null {
  switch (what) {
    case 'everything':
      return { kind: 'everything' };
    case 'account':
      return account === '' ? null : { kind: 'account', account };
    case 'device':
      return device === '' ? null : { kind: 'device', id: device };
  }
}
