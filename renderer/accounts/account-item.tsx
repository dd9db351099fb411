import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { AccountView } from '../../preload/contract/snapshot.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Light } from '../parts/light.tsx';
import { age, rowTime } from '../parts/time.ts';
import { type Asked, useAsk } from '../parts/use-ask.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { gapWords } from './gap-words.ts';

interface AccountItemProps {
  readonly account: AccountView;
  /** What the top of the window says already is not said again. */
  readonly said: string;
  readonly now: number;
  readonly onTakeOver: () => void;
  readonly onRemove: () => void;
}

/** One account: its light, how it stands in words, and what can be done about it. */
export function AccountItem({ account, said, now, onTakeOver, onRemove }: AccountItemProps) {
  const words = useWords();
  const held = { during: phaseOf(account.state), failure: account.state };
  const [started, start] = useAsk('account.startCallbacks', held);
  const [drained, drain] = useAsk('account.drain', held);
  const [stopped, stop] = useAsk('account.stop', held);
  const [resumed, resume] = useAsk('account.resume', held);
  const input = { account: account.name };
  const off = account.state === 'off';
  const choices: Readonly<Record<string, () => void>> = {
    drain: () => void drain(input),
    toggle: () => void (off ? resume(input) : stop(input)),
    'take-over': onTakeOver,
    remove: onRemove,
  };
  return (
    <li className="account" aria-label={account.name}>
      <div className="account-head">
        <Light light={account.light} />
        <h3>{account.name}</h3>
        {account.unread > 0 ? (
          <span className="unread-count" title={words.account.unread(account.unread)}>
            {words.formats.number(account.unread)}
            <span className="unseen"> {words.list.unread}</span>
          </span>
        ) : null}
        <MenuTrigger>
          <Button className="icon-button small" aria-label={words.account.menu(account.name)}>
            <Ellipsis size={16} aria-hidden />
          </Button>
          <Popover className="menu-popover" placement="bottom end">
            <Menu className="menu" onAction={(key) => choices[String(key)]?.()}>
              <MenuItem id="drain">{account.mode === 'peek' ? words.account.takeOut : words.account.drain}</MenuItem>
              <MenuItem id="toggle">{off ? words.account.resume : words.account.stop}</MenuItem>
              <MenuItem id="take-over" isDisabled={account.holder === null || account.canStartCallbacks}>
                {words.account.takeOver}
              </MenuItem>
              <MenuItem id="remove">{words.account.remove}</MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
      <p className="account-sentence">{account.sentence === said ? inAWord(account, words) : account.sentence}</p>
      <p className="account-last">
        {account.lastTextAt === null
          ? words.account.noText
          : words.account.lastText(age(account.lastTextAt, now, words))}
        {account.caughtUp === null ? null : ` · ${words.account.caughtUp(account.caughtUp)}`}
      </p>
      {account.lastGap === null ? null : <p className="account-last">{gapWords(account.lastGap, now, words)}</p>}
      <BusyButton
        type="button"
        className="button start"
        busy={started.kind === 'asked'}
        disabled={!account.canStartCallbacks}
        title={account.canStartCallbacks ? undefined : words.account.cannotStart}
        onClick={() => void start(input)}
      >
        {words.account.start}
      </BusyButton>
      <div className="outcome" aria-live="polite">
        <StartOutcome asked={started} />
        <DrainOutcome asked={drained} />
        {stopped.kind === 'failed' ? <Failure alert={false} error={stopped.error} /> : null}
        {resumed.kind === 'failed' ? <Failure alert={false} error={resumed.error} /> : null}
      </div>
    </li>
  );
}

/** For what the top of the window says in full. Whose queue is fetched has the light of what is live. */
function inAWord({ state, mode, light }: AccountView, words: Words): string {
  if (state !== 'polling') return words.light[light];
  return mode === 'peek' ? words.account.looking : words.account.fetching;
}

/** As long as it is the same, what came of an action holds: fetching and starting lead from one working state to another. */
function phaseOf(state: AccountView['state']): string {
  return state === 'off' || state === 'needs-you' ? state : 'working';
}

function StartOutcome({ asked }: { asked: Asked<{ readonly success: boolean }> }) {
  const words = useWords();
  switch (asked.kind) {
    case 'idle':
      return null;
    case 'asked':
      return <p>{words.account.asked}</p>;
    case 'failed':
      return <Failure alert={false} error={asked.error} />;
    case 'done': {
      const { clock } = rowTime(new Date(asked.at).toISOString(), asked.at, words.formats);
      return <p>{asked.value.success ? words.account.started(clock) : words.account.notStarted(clock)}</p>;
    }
  }
}

function DrainOutcome({ asked }: { asked: Asked<{ readonly fetched: number; readonly stored: number }> }) {
  const words = useWords();
  switch (asked.kind) {
    case 'idle':
      return null;
    case 'asked':
      return <p>{words.account.draining}</p>;
    case 'failed':
      return <Failure alert={false} error={asked.error} />;
    case 'done':
      return <p>{words.account.drained(asked.value.fetched, asked.value.stored)}</p>;
  }
}
