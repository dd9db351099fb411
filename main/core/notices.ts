import type { Message } from '../../preload/contract/message.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { AccountView, Snapshot } from '../../preload/contract/snapshot.ts';
import type { WindowView } from './deep-link.ts';
import { preferredDeviceId } from './message.ts';
import { everythingIsMuted } from './mutes.ts';
import { isTold, mayAskForHelp, type NoticeChoices } from './notice-choices.ts';
import { plainText } from './plain-text.ts';
import type { Say } from './words/say.ts';

/*
 * When to tell the person something, and what. The first text is told at once; those that follow are told by one
 * notification that counts up, at widening intervals, the last time with the exact count.
 */

/** Milliseconds between two showings of one burst: the second comes after the first of these, and so on. */
export const updateGapsMs = [3_000, 15_000, 60_000] as const;
/** A text that comes this long after the last one is news again. */
export const burstEndsAfterMs = 60_000;

const sendersNamed = 3;
const longestSender = 48;
const longestBody = 240;

interface TextsNotice {
  readonly kind: 'texts';
  readonly key: string;
  readonly count: number;
  readonly latest: Message;
  /** The first few that are different. */
  readonly senders: readonly string[];
  readonly moreSenders: boolean;
}

interface NeedsNotice {
  readonly kind: 'needs-you';
  readonly key: string;
  /** null: the app as a whole. */
  readonly account: string | null;
  readonly sentence: string;
}

/** Something to tell. A notice replaces the one before it with the same key. */
export type Notice =
  | { readonly kind: 'text'; readonly key: string; readonly message: Message }
  | TextsNotice
  | NeedsNotice;

export type NoticeStep =
  | { readonly kind: 'show' | 'update'; readonly notice: Notice }
  | { readonly kind: 'close'; readonly key: string }
  /** Find out whether this text is still unread, and answer with `looked`. */
  | { readonly kind: 'look'; readonly id: string };

export type NoticeEvent =
  | { readonly type: 'text'; readonly message: Message }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  /** Whether a window of ours has the person's eyes: visible and focused. */
  | { readonly type: 'window'; readonly inFront: boolean }
  /** The person has changed the choices. */
  | { readonly type: 'choices' }
  | { readonly type: 'looked'; readonly id: string; readonly unread: boolean }
  | { readonly type: 'wake' };

interface Burst {
  readonly count: number;
  readonly shownCount: number;
  readonly showings: number;
  readonly shownAt: number;
  readonly lastTextAt: number;
  readonly latest: Message;
  readonly senders: readonly string[];
  readonly moreSenders: boolean;
}

export interface NoticeState {
  readonly burst: Burst | null;
  /** What the person has been told to do and has not done yet. */
  readonly told: readonly NeedsNotice[];
  readonly inFront: boolean;
  /** As the last snapshot had it. */
  readonly unread: number;
}

export interface NoticeDecision {
  readonly state: NoticeState;
  readonly steps: readonly NoticeStep[];
  /** When to send `wake` (milliseconds since 1970), or null when nothing waits. */
  readonly wakeAt: number | null;
}

export const initialNoticeState: NoticeState = { burst: null, told: [], inFront: false, unread: 0 };

const textsKey = 'texts';

/** What a device is called in a notification. */
export function senderName(message: Message): string {
  const nickname = message.device?.nickname;
  if (nickname) return plainText(nickname, longestSender);
  const device = preferredDeviceId(message.deviceIds);
  return device ? plainText(device.id, longestSender) : 'an unknown device';
}

function dueAt(burst: Burst | null): number | null {
  if (!burst || burst.count === burst.shownCount) return null;
  const gap = updateGapsMs[burst.showings - 1] ?? updateGapsMs[updateGapsMs.length - 1] ?? 0;
  return burst.shownAt + gap;
}

function decision(state: NoticeState, steps: readonly NoticeStep[] = []): NoticeDecision {
  return { state, steps, wakeAt: dueAt(state.burst) };
}

function firstOf(message: Message, now: number): Burst {
  const senders = [senderName(message)];
  const counts = { count: 1, shownCount: 1, showings: 1 };
  return { ...counts, shownAt: now, lastTextAt: now, latest: message, senders, moreSenders: false };
}

function withText(burst: Burst, message: Message, now: number): Burst {
  const sender = senderName(message);
  const known = burst.senders.includes(sender);
  const room = burst.senders.length < sendersNamed;
  return {
    ...burst,
    count: burst.count + 1,
    lastTextAt: now,
    latest: message,
    senders: known || !room ? burst.senders : [...burst.senders, sender],
    moreSenders: burst.moreSenders || (!known && !room),
  };
}

function updatedWhenDue(state: NoticeState, now: number): NoticeDecision {
  const due = dueAt(state.burst);
  if (!state.burst || due === null || now < due) return decision(state);
  const { count, latest, senders, moreSenders } = state.burst;
  const burst = { ...state.burst, shownCount: count, showings: state.burst.showings + 1, shownAt: now };
  const notice: Notice = { kind: 'texts', key: textsKey, count, latest, senders, moreSenders };
  return decision({ ...state, burst }, [{ kind: 'update', notice }]);
}

function onText(state: NoticeState, message: Message, now: number, choices: NoticeChoices): NoticeDecision {
  if (state.inFront || !isTold(message, choices, now)) return decision(state);
  if (state.burst && now - state.burst.lastTextAt < burstEndsAfterMs) {
    return updatedWhenDue({ ...state, burst: withText(state.burst, message, now) }, now);
  }
  const notice: Notice = { kind: 'text', key: textsKey, message };
  return decision({ ...state, burst: firstOf(message, now) }, [{ kind: 'show', notice }]);
}

/** Forgotten only once the account works again, so that what comes and goes is not told twice. */
function isSettled(account: AccountView): boolean {
  return account.state === 'live' || account.state === 'polling' || account.state === 'off';
}

/** One notice for each thing to do: a refused sign-in is one thing, however many accounts wait for it. */
function needsNotices(snapshot: Snapshot): readonly NeedsNotice[] {
  const notices = new Map<string, NeedsNotice>();
  for (const { name, state, problem, sentence } of snapshot.accounts) {
    if (state !== 'needs-you') continue;
    const account = problem ? problem.account : name;
    const key = `needs-you ${problem?.code ?? ''} ${account ?? ''}`;
    if (!notices.has(key)) notices.set(key, { kind: 'needs-you', key, account, sentence });
  }
  return [...notices.values()];
}

function withNeeds(state: NoticeState, snapshot: Snapshot, now: number, choices: NoticeChoices): NoticeDecision {
  const current = needsNotices(snapshot);
  const lasts = ({ key, account }: NeedsNotice) =>
    current.some((notice) => notice.key === key) ||
    snapshot.accounts.some((view) => (account === null || view.name === account) && !isSettled(view));
  const lasting = state.told.filter(lasts);
  const over = state.told.filter((notice) => !lasts(notice));
  const fresh = current.filter(
    ({ key, account }) => mayAskForHelp(account, choices, now) && lasting.every((earlier) => earlier.key !== key),
  );
  return decision({ ...state, told: [...lasting, ...fresh] }, [
    ...over.map(({ key }): NoticeStep => ({ kind: 'close', key })),
    ...(state.inFront ? [] : fresh.map((notice): NoticeStep => ({ kind: 'show', notice }))),
  ]);
}

function withoutBurst(state: NoticeState): NoticeDecision {
  return decision({ ...state, burst: null }, state.burst ? [{ kind: 'close', key: textsKey }] : []);
}

/** Fewer unread than before: perhaps the one that was told is among those read. Snapshots name none. */
function readOrLook(state: NoticeState, { inbox }: Snapshot, before: number): NoticeDecision {
  // A snapshot can be older than the text that was just told.
  if (!state.burst || inbox.newest < state.burst.latest.sequence) return decision(state);
  if (inbox.unread === 0) return withoutBurst(state);
  return decision(state, inbox.unread < before ? [{ kind: 'look', id: state.burst.latest.id }] : []);
}

function onSnapshot(state: NoticeState, snapshot: Snapshot, now: number, choices: NoticeChoices): NoticeDecision {
  const needs = withNeeds({ ...state, unread: snapshot.inbox.unread }, snapshot, now, choices);
  const texts = readOrLook(needs.state, snapshot, state.unread);
  return { ...texts, steps: [...needs.steps, ...texts.steps] };
}

/** A clock that was set back must not keep texts from being told until it has caught up. */
function withoutFuture(state: NoticeState, now: number): NoticeState {
  const { burst } = state;
  if (!burst || burst.lastTextAt <= now) return state;
  return { ...state, burst: { ...burst, lastTextAt: now, shownAt: Math.min(burst.shownAt, now) } };
}

/** What to show now, and when to ask again. Every event goes through here, in order. */
export function decideNotices(
  known: NoticeState,
  event: NoticeEvent,
  now: number,
  choices: NoticeChoices,
): NoticeDecision {
  const state = withoutFuture(known, now);
  switch (event.type) {
    case 'text':
      return onText(state, event.message, now, choices);
    case 'snapshot':
      return onSnapshot(state, event.snapshot, now, choices);
    case 'window':
      return event.inFront ? withoutBurst({ ...state, inFront: true }) : decision({ ...state, inFront: false });
    case 'choices':
      return everythingIsMuted(choices.mutes, now) ? withoutBurst(state) : decision(state);
    case 'looked':
      return !event.unread && event.id === state.burst?.latest.id ? withoutBurst(state) : decision(state);
    case 'wake':
      return updatedWhenDue(state, now);
  }
}

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

function sendersWords({ senders, moreSenders }: TextsNotice): string {
  if (moreSenders) return `From ${senders.join(', ')} and others`;
  const [last, ...rest] = senders.toReversed();
  return rest.length === 0 ? `From ${last ?? ''}` : `From ${rest.toReversed().join(', ')} and ${last ?? ''}`;
}

function bodyOf(message: Message, say: Say): string {
  return plainText(message.text, longestBody) || say('(an empty text)');
}

/** The notice in plain words, telling no more than the person allows; null when they want none. What a device wrote stays as it is. */
export function noticeWords(notice: Notice, level: Settings['notifications'], say: Say): NoticeWords | null {
  if (level === 'off') return null;
  switch (notice.kind) {
    case 'text':
      if (level === 'nothing') return { title: say('New text'), body: '' };
      return level === 'sender'
        ? { title: say(`New text from ${senderName(notice.message)}`), body: '' }
        : { title: senderName(notice.message), body: bodyOf(notice.message, say) };
    case 'texts': {
      const title = say(`${notice.count.toLocaleString('en-US')} new texts`);
      if (level === 'nothing') return { title, body: '' };
      if (level === 'sender') return { title, body: say(sendersWords(notice)) };
      return { title, body: `${senderName(notice.latest)}: ${bodyOf(notice.latest, say)}` };
    }
    case 'needs-you': {
      const named = level === 'nothing' ? null : notice.account;
      const title = say(`${plainText(named ?? 'ThingSpace SMS Tray', longestSender)} needs you`);
      return { title, body: level === 'nothing' ? '' : plainText(notice.sentence, longestBody) };
    }
  }
}

/** What a click on the notice opens. */
export function noticeView(notice: Notice): WindowView {
  return notice.kind === 'text' ? { kind: 'message', id: notice.message.id } : { kind: 'messages' };
}
