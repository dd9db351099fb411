import type { DeviceId, Message } from '../../preload/contract/message.ts';
import type { Send } from '../../preload/contract/sends.ts';
import { sameDevice } from '../core/message.ts';
import type { Clock, SendLedger, TextPatterns } from '../core/ports.ts';
import { type IsReply, readPattern } from '../core/reply-pattern.ts';
import { isSince, type SendChange } from '../core/send-changes.ts';
import { mayBeAnswered } from '../core/send-times.ts';

/** A text to a device that something may still happen to. */
export interface Followed {
  send: Send;
  /** null: no answer is awaited, or who answers is not known yet. */
  answers: { readonly deviceIds: readonly DeviceId[]; readonly isReply: IsReply } | null;
  /** An answer was found and is being written. */
  settling: boolean;
  looking: boolean;
  lastLookAt: number | null;
  /** Before this moment its time does not count as over. */
  graceUntil: number;
}

export interface SendAnswersDeps {
  readonly clock: Clock;
  readonly ledger: SendLedger;
  readonly patterns: TextPatterns;
  readonly followed: ReadonlyMap<number, Followed>;
  readonly apply: (id: number, change: SendChange) => Promise<Send | null>;
}

/** Which text of a device answers which text to it. */
export interface SendAnswers {
  /** Finds out who may answer and what the answer is to hold. */
  prepare(entry: Followed): Promise<void>;
  /** A text has come. */
  hear(message: Message): void;
  /** Looks whether the answer is stored already. */
  lookForAnswer(entry: Followed): Promise<void>;
}

/** Before the store or ThingSpace is asked again after a failure (milliseconds). */
export const pauseMs = 5000;

export function createSendAnswers(deps: SendAnswersDeps): SendAnswers {
  const { clock, ledger, followed, apply } = deps;

  async function prepare(entry: Followed): Promise<void> {
    const { send } = entry;
    if (!send.awaited || entry.answers) return;
    const isReply = readPattern(send.awaited.expected.pattern, deps.patterns, { now: Date.parse(send.askedAt) });
    const found = await ledger.identifiersOf(send.to);
    if (!isReply.ok) return;
    entry.answers = { deviceIds: found.ok ? found.value : [send.to], isReply: isReply.value };
  }

  function answersNow(entry: Followed, message: Message): boolean {
    const { send, answers, settling } = entry;
    if (!answers || settling || !mayBeAnswered(send, clock.now()) || message.account !== send.account) return false;
    return (
      sameDevice(message.deviceIds, answers.deviceIds) &&
      isSince(message, Date.parse(send.askedAt)) &&
      answers.isReply(message)
    );
  }

  /** A text answers one command: the oldest that waits for it, else the oldest whose time is over. */
  function hear(message: Message): void {
    const all = [...followed.values()].sort((one, other) => one.send.id - other.send.id);
    const waiting = all.filter(({ send }) => send.awaited?.result === 'waiting');
    const late = all.filter(({ send }) => send.awaited?.result === 'failed');
    const candidates = [...waiting, ...late];
    const entry = candidates.find((one) => answersNow(one, message));
    if (entry) void settle(entry, message);
    else void hearByOtherName(candidates, message);
  }

  /** A device may by now be known under more names than when it was texted. */
  async function hearByOtherName(candidates: readonly Followed[], message: Message): Promise<void> {
    for (const entry of candidates) {
      if (message.account !== entry.send.account || entry.answers?.isReply(message) !== true) continue;
      const found = await ledger.identifiersOf(entry.send.to);
      if (found.ok) entry.answers = { ...entry.answers, deviceIds: found.value };
      if (answersNow(entry, message)) return settle(entry, message);
    }
  }

  async function settle(entry: Followed, message: Message): Promise<void> {
    entry.settling = true;
    const settled = await apply(entry.send.id, { kind: 'answered', message, at: clock.now() });
    entry.settling = false;
    if (!settled) clock.after(pauseMs, () => void lookForAnswer(entry));
  }

  async function lookForAnswer(entry: Followed): Promise<void> {
    await prepare(entry);
    const texts = await ledger.textsSince(entry.send.id);
    const answer = texts.ok ? texts.value.find((message) => answersNow(entry, message)) : undefined;
    if (answer) await settle(entry, answer);
  }

  return { prepare, hear, lookForAnswer };
}
