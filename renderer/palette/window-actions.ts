import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import type { AccountView, Action, Snapshot } from '../../preload/contract/snapshot.ts';
import type { OpenDialog } from '../accounts/dialogs.tsx';
import { useBridge } from '../parts/bridge-context.ts';
import { copy } from '../parts/copy-button.tsx';
import { rowTime } from '../parts/time.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { type ActionOutcome, type OfferedAction, useOfferedActions } from './offered-actions.ts';

interface WindowActionsProps {
  readonly snapshot: Snapshot;
  readonly settings: SettingsHold;
  readonly onDialog: (dialog: OpenDialog) => void;
  readonly onAction: (action: Action) => void;
  /** null during the set-up, which adds one by itself. */
  readonly onAddAccount: (() => void) | null;
}

interface Hands extends WindowActionsProps {
  readonly bridge: Bridge;
  readonly words: Words;
}

const muteMs = 60 * 60_000;

/** Offers everything that concerns the window as a whole or one of its accounts. */
export function useWindowActions(props: WindowActionsProps): void {
  const bridge = useBridge();
  const words = useWords();
  useOfferedActions(() => {
    const hands = { ...props, bridge, words };
    return [
      ...helping(hands),
      ...dialogs(hands),
      ...props.snapshot.accounts.flatMap((account) => ofAccount(account, hands)),
      ...wide(hands),
      ...looks(hands),
    ];
  });
}

/** Calls a method; what it answers is told by `said`. */
async function asked<N extends MethodName>(
  { bridge }: Hands,
  name: N,
  input: Input<N>,
  said: (value: Output<N>) => string,
): Promise<ActionOutcome> {
  const answer = await bridge.call(name, input);
  return answer.ok ? said(answer.value) : { failure: answer.error };
}

/** To add an account is offered by itself, in every state. */
function helping({ snapshot: { action }, onAction }: Hands): readonly OfferedAction[] {
  return action && action.kind !== 'add-account'
    ? [{ id: 'help', title: action.label, run: () => onAction(action) }]
    : [];
}

function dialogs({ snapshot, words, onDialog, onAddAccount }: Hands): readonly OfferedAction[] {
  const open = (
    kind: 'credentials' | 'settings' | 'unverified' | 'keys' | 'timeline' | 'doctor',
    title: string,
    keys?: string,
  ) => ({
    id: kind,
    title,
    ...(keys === undefined ? {} : { keys }),
    run: () => onDialog({ kind }),
  });
  return [
    open('settings', words.settings),
    ...(onAddAccount === null ? [] : [{ id: 'add-account', title: words.account.add, run: onAddAccount }]),
    open('credentials', words.credentials),
    open('timeline', words.happened.title, 'h'),
    open('doctor', words.developers.check.title),
    ...(snapshot.inbox.unverified > 0 ? [open('unverified', words.unverified.button(snapshot.inbox.unverified))] : []),
    open('keys', words.keysTitle, '?'),
  ];
}

function ofAccount(account: AccountView, hands: Hands): readonly OfferedAction[] {
  const { words, onDialog } = hands;
  const { name } = account;
  const input = { account: name };
  const one = (key: string, title: string, run: OfferedAction['run']): OfferedAction => ({
    id: `account ${name} ${key}`,
    title,
    about: name,
    run,
  });
  const clock = (): string => rowTime(new Date().toISOString(), Date.now(), words.formats).clock;
  const start = (): Promise<ActionOutcome> =>
    asked(hands, 'account.startCallbacks', input, ({ success }) =>
      success ? words.account.started(clock()) : words.account.notStarted(clock()),
    );
  const drain = (): Promise<ActionOutcome> =>
    asked(hands, 'account.drain', input, ({ fetched, stored }) => words.account.drained(fetched, stored));
  return [
    ...(account.canStartCallbacks ? [one('start', words.account.start, start)] : []),
    one('drain', account.mode === 'peek' ? words.account.takeOut : words.account.drain, drain),
    account.state === 'off'
      ? one('resume', words.account.resume, () => asked(hands, 'account.resume', input, () => words.palette.done))
      : one('stop', words.account.stop, () => asked(hands, 'account.stop', input, () => words.palette.done)),
    ...(account.holder === null || account.canStartCallbacks
      ? []
      : [one('take-over', words.account.takeOver, () => onDialog({ kind: 'take-over', account: name }))]),
    one('remove', words.account.remove, () => onDialog({ kind: 'remove', account: name })),
  ];
}

function wide(hands: Hands): readonly OfferedAction[] {
  const { snapshot, settings, words } = hands;
  const { publicOrigin } = snapshot;
  const everything = { kind: 'everything' } as const;
  const mute = async (): Promise<ActionOutcome> => {
    const others = settings.settings.mutes.filter(({ of }) => of.kind !== 'everything');
    const until = new Date(Date.now() + muteMs).toISOString();
    const failure = await settings.change({ mutes: [...others, { of: everything, until }] });
    return failure ? { failure } : words.palette.muted;
  };
  return [
    snapshot.paused
      ? {
          id: 'resume-all',
          title: words.resumeAll,
          run: () => asked(hands, 'app.resume', {}, () => words.palette.done),
        }
      : { id: 'pause-all', title: words.pauseAll, run: () => asked(hands, 'app.pause', {}, () => words.palette.done) },
    {
      id: 'retry',
      title: words.palette.retry,
      run: () => asked(hands, 'app.retry', {}, () => words.palette.retried),
    },
    {
      id: 'read',
      title: words.palette.markAllRead,
      run: () => asked(hands, 'inbox.markRead', { ids: null }, () => words.palette.allRead),
    },
    { id: 'mute', title: words.palette.mute, run: mute },
    ...(publicOrigin === null
      ? []
      : [
          {
            id: 'address',
            title: words.palette.copyAddress,
            about: publicOrigin,
            run: async () => ((await copy(publicOrigin)) ? words.copied : words.copyFailed),
          },
        ]),
  ];
}

function looks({ settings, words }: Hands): readonly OfferedAction[] {
  const { theme, density, language } = settings.settings;
  const change = (id: string, title: string, to: Input<'settings.change'>): OfferedAction => ({
    id,
    title,
    run: async () => {
      const failure = await settings.change(to);
      return failure ? { failure } : undefined;
    },
  });
  return [
    ...(['system', 'light', 'dark'] as const)
      .filter((one) => one !== theme)
      .map((one) => change(`theme ${one}`, words.palette.theme[one], { theme: one })),
    ...(['dense', 'comfortable'] as const)
      .filter((one) => one !== density)
      .map((one) => change(`density ${one}`, words.palette.density[one], { density: one })),
    ...(['system', 'en', 'es'] as const)
      .filter((one) => one !== language)
      .map((one) => change(`language ${one}`, words.palette.language[one], { language: one })),
  ];
}
