import type { Input, MethodName } from '../../preload/contract/methods.ts';
import type { Mute, Muted } from '../../preload/contract/notification-choices.ts';
import type { AccountView, Action, Snapshot } from '../../preload/contract/snapshot.ts';
import type { WindowView } from './deep-link.ts';
import { gapSentence } from './gap.ts';
import { everything, muteOf, withMute, withoutMute } from './mutes.ts';
import { plainText } from './plain-text.ts';
import type { Say } from './words/say.ts';

/** A call of the contract as data; the router parses it like any other. */
export interface Call {
  readonly method: MethodName;
  readonly input: unknown;
}

/** What the desktop does itself. */
export type FaceCommand =
  | { readonly face: 'open'; readonly view: WindowView }
  | { readonly face: 'copy'; readonly text: string }
  /** Milliseconds from now; null ends it. */
  | { readonly face: 'mute'; readonly of: Muted; readonly forMs: number | null }
  | { readonly face: 'autostart'; readonly on: boolean }
  /** Say, hop by hop, what works. */
  | { readonly face: 'check' }
  | { readonly face: 'report' }
  | { readonly face: 'update' }
  /** Look for a release now. */
  | { readonly face: 'look' }
  | { readonly face: 'quit' };

export type Command = { readonly call: Call } | FaceCommand;

/** Labels are in the person's language and escaped for menus. An item without `command` only tells something. */
export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'item'; readonly label: string; readonly command: Command | null; readonly checked?: boolean }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] };

/** What the menu shows beside the snapshot. */
export interface TraySurroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly mutes: readonly Mute[];
  /** The release that can be had, or null. */
  readonly update: string | null;
  /** Whether the app starts at login; null where the system offers no such choice. */
  readonly autostart: boolean | null;
  /** The language of the menu. */
  readonly say: Say;
}

const muteMs = 60 * 60_000;
const longestLabel = 96;
const separator: TrayItem = { kind: 'separator' };

/** In menus a single `&` marks the next letter as a shortcut, on all three systems. */
export function menuLabel(text: string): string {
  return plainText(text, longestLabel).replaceAll('&', '&&');
}

function item(label: string, command: Command | null): TrayItem {
  return { kind: 'item', label, command };
}

function call<N extends MethodName>(label: string, method: N, input: Input<N>): TrayItem {
  return item(label, { call: { method, input } });
}

/** Local time of day with seconds; with the date when it is not today. */
export function clockTime(at: number, now: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [then, today] = [new Date(at), new Date(now)];
  const time = `${two(then.getHours())}:${two(then.getMinutes())}:${two(then.getSeconds())}`;
  if (then.toDateString() === today.toDateString()) return time;
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}

function lastText(account: AccountView, now: number): string {
  return account.lastTextAt === null ? 'No text yet' : `Last text ${clockTime(Date.parse(account.lastTextAt), now)}`;
}

function muteItem(label: string, of: Muted, { now, mutes }: TraySurroundings): TrayItem {
  const mute = muteOf(mutes, of, now);
  if (!mute) return item(label, { face: 'mute', of, forMs: muteMs });
  const until = mute.until === null ? '' : ` until ${clockTime(Date.parse(mute.until), now)}`;
  return item(`Show notifications again (muted${until})`, { face: 'mute', of, forMs: null });
}

function accountMenu(account: AccountView, surroundings: TraySurroundings): TrayItem {
  const input = { account: account.name };
  const start = 'Start callbacks';
  return {
    kind: 'submenu',
    label: account.unread > 0 ? `${account.name} (${account.unread} unread)` : account.name,
    items: [
      item(account.sentence, null),
      item(lastText(account, surroundings.now), null),
      ...(account.lastGap === null ? [] : [item(gapSentence(account.lastGap, surroundings.now), null)]),
      separator,
      account.canStartCallbacks ? call(start, 'account.startCallbacks', input) : item(start, null),
      call(
        account.mode === 'peek' ? 'Take what waits out of the queue' : 'Fetch the queue now',
        'account.drain',
        input,
      ),
      account.state === 'off' ? call('Resume', 'account.resume', input) : call('Stop', 'account.stop', input),
      muteItem('Mute for an hour', { kind: 'account', account: account.name }, surroundings),
    ],
  };
}

/** The mutes once the person has clicked such an item. */
export function mutesAfter(
  mutes: readonly Mute[],
  { of, forMs }: Extract<FaceCommand, { face: 'mute' }>,
  now: number,
): readonly Mute[] {
  return forMs === null ? withoutMute(mutes, of, now) : withMute(mutes, of, forMs, now);
}

/** The one action that helps. What needs a yes or words from the person opens the window that asks. */
function helpItem(action: Action): TrayItem {
  switch (action.kind) {
    case 'retry':
      return call(action.label, 'app.retry', {});
    case 'resume':
      return call(action.label, 'app.resume', {});
    case 'resume-account':
      return call(action.label, 'account.resume', { account: action.account });
    case 'settings':
      return item(action.label, { face: 'open', view: { kind: 'settings', section: 'way-in' } });
    case 'sign-in':
      return item(action.label, { face: 'open', view: { kind: 'settings' } });
    case 'add-account':
    case 'take-over':
      return item(action.label, { face: 'open', view: { kind: 'messages' } });
  }
}

function pauseItem(snapshot: Snapshot): readonly TrayItem[] {
  if (!snapshot.paused) return [call('Pause', 'app.pause', {})];
  return snapshot.action?.kind === 'resume' ? [] : [call('Resume', 'app.resume', {})];
}

function autostartItem(autostart: boolean | null): readonly TrayItem[] {
  if (autostart === null) return [];
  return [
    { kind: 'item', label: 'Start at login', command: { face: 'autostart', on: !autostart }, checked: autostart },
  ];
}

/** The whole menu of the tray. Its first line is the sentence that all faces show. */
export function trayMenu(snapshot: Snapshot, surroundings: TraySurroundings): readonly TrayItem[] {
  return englishMenu(snapshot, surroundings).map((one) => labelled(one, surroundings.say));
}

function labelled(item: TrayItem, say: Say): TrayItem {
  if (item.kind === 'separator') return item;
  const label = menuLabel(say(item.label));
  return item.kind === 'item'
    ? { ...item, label }
    : { ...item, label, items: item.items.map((one) => labelled(one, say)) };
}

function englishMenu(snapshot: Snapshot, surroundings: TraySurroundings): readonly TrayItem[] {
  const { action, publicOrigin } = snapshot;
  return [
    item(snapshot.sentence, null),
    ...(action ? [helpItem(action)] : []),
    separator,
    item('Open', { face: 'open', view: { kind: 'messages' } }),
    ...(snapshot.demo === 'shown' ? [call('Leave the simulator', 'demo.leave', {})] : []),
    ...(snapshot.accounts.length > 0 ? [separator] : []),
    ...snapshot.accounts.map((account) => accountMenu(account, surroundings)),
    separator,
    ...pauseItem(snapshot),
    muteItem('Mute notifications for an hour', everything, surroundings),
    ...(publicOrigin === null ? [] : [item('Copy the public URL', { face: 'copy', text: publicOrigin })]),
    item('Check the connection…', { face: 'check' }),
    item('Save a problem report…', { face: 'report' }),
    separator,
    ...(surroundings.update === null ? [] : [item(`Update to ${surroundings.update}…`, { face: 'update' })]),
    item('Settings…', { face: 'open', view: { kind: 'settings' } }),
    ...autostartItem(surroundings.autostart),
    item('Quit', { face: 'quit' }),
  ];
}

/** What stands beside the taskbar's icon for those who cannot see it; empty for none. */
export function unreadWords(unread: number): string {
  return unread === 0 ? '' : `${unread.toLocaleString('en-US')} unread`;
}

/** The tooltip: the sentence, and how many texts are unread. Windows shows at most 127 characters. */
export function trayTooltip(snapshot: Snapshot, say: Say): string {
  const unread = snapshot.inbox.unread;
  return plainText(unread > 0 ? `${snapshot.sentence} ${say(`${unread} unread.`)}` : snapshot.sentence, 127);
}
