import type { Message } from '../../preload/contract/message.ts';
import type { QuietHours } from '../../preload/contract/notification-choices.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { accountIsMuted, everythingIsMuted, textIsMuted } from './mutes.ts';
import { matches, parseQuery } from './query.ts';

/** What the person has chosen to be told of. */
export type NoticeChoices = Pick<Settings, 'mutes' | 'quietHours' | 'notificationRules'>;

function minutes(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));
}

/** Whether a moment lies in the quiet hours of this computer's own time. Equal ends mean the whole day. */
export function isQuiet(hours: QuietHours | null, now: number): boolean {
  if (!hours) return false;
  const [from, to] = [minutes(hours.from), minutes(hours.to)];
  const local = new Date(now);
  const minute = local.getHours() * 60 + local.getMinutes();
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}

/** Of this computer, as the search language counts it. */
function timeZoneOffsetMinutes(localAt: number): number {
  const guess = new Date(localAt).getTimezoneOffset() * 60_000;
  return -new Date(localAt + guess).getTimezoneOffset();
}

function finds(search: string, message: Message, now: number): boolean {
  const query = parseQuery(search, { now, timeZoneOffsetMinutes });
  // A search without a word or condition finds everything; as a rule it says nothing.
  return query.length > 0 && matches(query, message);
}

/** Whether a text is to be told: by the first rule that finds it, else by mutes, quiet hours and the words that break them. */
export function isTold(message: Message, choices: NoticeChoices, now: number): boolean {
  const rule = choices.notificationRules.find(({ search }) => finds(search, message, now));
  if (rule) return rule.notify === 'always';
  if (textIsMuted(choices.mutes, message, now)) return false;
  if (!isQuiet(choices.quietHours, now)) return true;
  return choices.quietHours?.unless.some((search) => finds(search, message, now)) ?? true;
}

/** Whether the person wants to hear now that an account (null: the app as a whole) needs them. */
export function mayAskForHelp(account: string | null, { mutes, quietHours }: NoticeChoices, now: number): boolean {
  const muted = account === null ? everythingIsMuted(mutes, now) : accountIsMuted(mutes, account, now);
  return !muted && !isQuiet(quietHours, now);
}
