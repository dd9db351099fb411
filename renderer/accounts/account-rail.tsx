import { KeyRound, Pause, Play, Plus, Settings, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { useAsk } from '../parts/use-ask.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { AccountItem } from './account-item.tsx';
import type { OpenDialog } from './dialogs.tsx';

interface AccountRailProps {
  readonly snapshot: Snapshot;
  readonly onDialog: (dialog: OpenDialog) => void;
  readonly onAddAccount: () => void;
  /** Stands beneath the accounts. */
  readonly children: ReactNode;
}

/** The accounts, and what concerns all of them. */
export function AccountRail({ snapshot, onDialog, onAddAccount, children }: AccountRailProps) {
  const words = useWords();
  const now = useNow(30_000);
  const [, pause] = useAsk('app.pause');
  const [, resume] = useAsk('app.resume');
  const { unverified } = snapshot.inbox;
  return (
    <nav className="accounts" aria-label={words.accountsPane}>
      <div className="accounts-head">
        <h2>{words.accountsPane}</h2>
        <button
          type="button"
          className="icon-button small"
          aria-label={words.account.add}
          title={words.account.add}
          onClick={onAddAccount}
        >
          <Plus size={16} aria-hidden />
        </button>
      </div>
      <div className="account-scroll" tabIndex={0} role="region" aria-label={words.accountsPane}>
        {snapshot.accounts.length === 0 ? <p className="hint none">{words.account.none}</p> : null}
        <ul>
          {snapshot.accounts.map((account) => (
            <AccountItem
              key={account.name}
              account={account}
              said={snapshot.sentence}
              now={now}
              onTakeOver={() => onDialog({ kind: 'take-over', account: account.name })}
              onRemove={() => onDialog({ kind: 'remove', account: account.name })}
            />
          ))}
        </ul>
        {children}
      </div>
      <div className="accounts-foot">
        {unverified > 0 ? (
          <button type="button" className="foot-button" onClick={() => onDialog({ kind: 'unverified' })}>
            <ShieldQuestionMark size={14} aria-hidden /> {words.unverified.button(unverified)}
          </button>
        ) : null}
        <button type="button" className="foot-button" onClick={() => void (snapshot.paused ? resume({}) : pause({}))}>
          {snapshot.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {snapshot.paused ? words.resumeAll : words.pauseAll}
        </button>
        <button type="button" className="foot-button" onClick={() => onDialog({ kind: 'credentials' })}>
          <KeyRound size={14} aria-hidden /> {words.credentials}
        </button>
        <button type="button" className="foot-button" onClick={() => onDialog({ kind: 'settings' })}>
          <Settings size={14} aria-hidden /> {words.settings}
        </button>
      </div>
    </nav>
  );
}
