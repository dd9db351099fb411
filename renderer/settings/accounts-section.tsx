import { useState } from 'react';
import type { Output } from '../../preload/contract/methods.ts';
import type { AccountView, Mode, Snapshot } from '../../preload/contract/snapshot.ts';
import { AddAccountForm } from '../accounts/add-account-dialog.tsx';
import { Credentials } from '../accounts/credentials-dialog.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Light } from '../parts/light.tsx';
import { PickOne } from '../parts/pick-one.tsx';
import { useAsk } from '../parts/use-ask.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';

/** The accounts: each one's way, whether it can be reached, and its end; new ones; the credentials of all. */
export function AccountsSection({ snapshot }: { snapshot: Snapshot }) {
  const words = useWords();
  const [added, setAdded] = useState(0);
  const { accounts } = words.settingsDialog;
  return (
    <>
      {snapshot.accounts.length === 0 ? <p>{accounts.none}</p> : null}
      <ul className="setting-list">
        {snapshot.accounts.map((account) => (
          <Account key={account.name} account={account} />
        ))}
      </ul>
      <details className="more">
        <summary>{words.account.addTitle}</summary>
        <AddAccountForm key={added} accounts={snapshot.accounts} onDone={() => setAdded(added + 1)} />
      </details>
      <details className="more">
        <summary>{accounts.credentials}</summary>
        <Credentials problems={snapshot.problems} />
      </details>
    </>
  );
}

function Account({ account }: { account: AccountView }) {
  const words = useWords();
  const section = words.settingsDialog;
  const [checked, check] = useAsk('account.check');
  const [changed, change] = useAsk('account.add');
  const [removed, remove] = useAsk('account.remove');
  const [asking, setAsking] = useState(false);
  const { ways } = words.account;
  const options: Readonly<Record<Mode, string>> = {
    auto: ways.auto.name,
    callback: ways.callback.name,
    poll: ways.poll.name,
    peek: ways.peek.name,
  };
  return (
    <li aria-label={account.name}>
      <p className="setting-head">
        <Light light={account.light} /> <b className="mono">{account.name}</b>
      </p>
      <p className="hint">{account.sentence}</p>
      <div className="setting-row">
        <PickOne
          label={section.accounts.way}
          silent
          value={account.mode}
          options={options}
          onChange={(mode) => void change({ account: account.name, mode })}
        />
        <BusyButton
          type="button"
          className="button"
          busy={checked.kind === 'asked'}
          onClick={() => void check({ account: account.name })}
        >
          {section.accounts.check}
        </BusyButton>
        <button type="button" className="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {words.account.remove}
        </button>
      </div>
      <div role="status">
        {checked.kind === 'asked' ? section.accounts.checking : null}
        {checked.kind === 'done' ? seenSentence(section.accounts, checked.value) : null}
      </div>
      {[checked, changed, removed].map((asked, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- three fixed places
        asked.kind === 'failed' ? <Failure key={index} error={asked.error} /> : null,
      )}
      {asking ? (
        <div className="warning">
          <p>{words.account.removeBody(account.name)}</p>
          <button type="button" className="button danger" onClick={() => void remove({ account: account.name })}>
            {words.account.removeYes}
          </button>
        </div>
      ) : null}
    </li>
  );
}

function seenSentence(words: Words['settingsDialog']['accounts'], seen: Output<'account.check'>): string {
  const who = seen.organization === null ? words.seen : words.seenOf(seen.organization);
  const holder =
    seen.holder === 'nobody' ? words.nobody : seen.holder === 'ours' ? words.ours : words.other(seen.host ?? '');
  return `${who} ${holder}`;
}
