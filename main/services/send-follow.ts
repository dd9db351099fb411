import type { DeviceId, Message } from '../../preload/contract/message.ts';
import type { Send } from '../../preload/contract/sends.ts';
import { sameDevice } from '../core/message.ts';
import type { SendLedger, TextPatterns } from '../core/ports.ts';
import { type IsReply, readPattern } from '../core/reply-pattern.ts';
import { isSince, type SendChange } from '../core/send-changes.ts';
import { isPastLife, mayBeAnswered, nextLookAt } from '../core/send-times.ts';
import type { Context } from './context.ts';

export interface SendFollowDeps extends Pick<Context, 'state' | 'clock' | 'log' | 'thingSpace'> {
  readonly ledger: SendLedger;
  readonly patterns: TextPatterns;
  /** A text has changed. */
  readonly told: (send: Send) => void;
}

/** Sees every text to a device through to its end: answers, times that run out, and reports that do not come. */
export interface SendFollow {
  /** What a text now is: it is followed for as long as something may still happen to it. */
  note(send: Send): void;
  /** Carries out a change; null when it could not be written, or there is no such text. */
  apply(id: number, change: SendChange): Promise<Send | null>;
  /** Begins to follow a text, of which an answer may have come already. `graceMs`: before its time counts as over. */
  resume(send: Send, graceMs: number): Promise<void>;
  begin(): void;
  stop(): void;
}

interface Followed {
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

/** Before the store or ThingSpace is asked again after a failure (milliseconds). */
const pauseMs = 5000;

export function createSendFollow(deps: SendFollowDeps): SendFollow {
  const { state, clock, log, ledger } = deps;
  const followed = new Map<number, Followed>();
  let running = false;
  let cancelWake = (): void => {};
  let endSubscription = (): void => {};

  function isOver({ send }: Followed): boolean {
    return !mayBeAnswered(send, clock.now()) && nextLookAt(send, null) === null && send.state !== 'asking';
  }

  function note(send: Send): void {
    const known = followed.get(send.id);
    const entry = known ?? fresh(send);
    entry.send = send;
    if (isOver(entry)) followed.delete(send.id);
    else followed.set(send.id, entry);
    if (!entry.answers && send.awaited) void prepare(entry);
    state.dispatch({ type: 'sends-changed' });
    deps.told(send);
    schedule();
  }

  async function apply(id: number, change: SendChange): Promise<Send | null> {
    const written = await ledger.change(id, change);
    if (!written.ok) log.write('warn', 'send-not-written', { change: change.kind, message: written.error.message });
    if (!written.ok || written.value === null) return null;
    note(written.value);
    return written.value;
  }

  // -------------------------------------------------------------- answers

  /** Finds out who may answer and what the answer is to hold. */
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
    const entry = [...waiting, ...late].find((one) => answersNow(one, message));
    if (entry) void settle(entry, message);
  }

  async function settle(entry: Followed, message: Message): Promise<void> {
    entry.settling = true;
    const settled = await apply(entry.send.id, { kind: 'answered', message, at: clock.now() });
    entry.settling = false;
    if (!settled) clock.after(pauseMs, () => void lookForAnswer(entry));
  }

  /** Looks whether the answer is stored already. */
  async function lookForAnswer(entry: Followed): Promise<void> {
    await prepare(entry);
    const texts = await ledger.textsSince(entry.send.id);
    const answer = texts.ok ? texts.value.find((message) => answersNow(entry, message)) : undefined;
    if (answer) await settle(entry, answer);
  }

  // -------------------------------------------------------------- time

  function overAt({ send, graceUntil, settling }: Followed): number | null {
    if (send.awaited?.result !== 'waiting' || settling) return null;
    return Math.max(Date.parse(send.awaited.dueAt), graceUntil);
  }

  function lookAt({ send, lastLookAt, looking }: Followed): number | null {
    return looking ? null : nextLookAt(send, lastLookAt);
  }

  /** Does what is due, and wakes when the next thing is. */
  function work(): void {
    if (!running) return;
    const now = clock.now();
    for (const entry of followed.values()) {
      const over = overAt(entry);
      if (over !== null && over <= now) void timeOver(entry);
      const look = lookAt(entry);
      if (look !== null && look <= now) void lookUp(entry);
    }
    schedule();
  }

  function schedule(): void {
    cancelWake();
    if (!running) return;
    const times = [...followed.values()].flatMap((entry) => [overAt(entry) ?? [], lookAt(entry) ?? []].flat());
    const next = Math.min(...times);
    cancelWake = Number.isFinite(next) ? clock.after(Math.max(0, next - clock.now()), work) : () => {};
  }

  async function timeOver(entry: Followed): Promise<void> {
    entry.graceUntil = clock.now() + pauseMs;
    await apply(entry.send.id, { kind: 'time-over', at: clock.now() });
  }

  /** Where no report comes, ThingSpace is asked how the request stands. */
  async function lookUp(entry: Followed): Promise<void> {
    entry.looking = true;
    const change = await looked(deps, entry.send);
    entry.looking = false;
    entry.lastLookAt = clock.now();
    if (change) await apply(entry.send.id, change);
    else schedule();
  }

  /** The queue was seen empty: an answer that waited there has been heard. */
  function endGrace(account: string): void {
    for (const entry of followed.values()) if (entry.send.account === account) entry.graceUntil = 0;
    schedule();
  }

  return {
    note,
    apply,
    async resume(send, graceMs) {
      const entry = fresh(send);
      entry.graceUntil = clock.now() + graceMs;
      followed.set(send.id, entry);
      if (send.awaited) await lookForAnswer(entry);
      note(entry.send);
    },
    begin() {
      running = true;
      endSubscription = state.subscribe((event) => {
        if (event.type === 'message-stored' && event.isNew) hear(event.message);
        if (event.type === 'queue-emptied') endGrace(event.account);
      });
      schedule();
    },
    stop() {
      running = false;
      cancelWake();
      endSubscription();
    },
  };
}

function fresh(send: Send): Followed {
  return { send, answers: null, settling: false, looking: false, lastLookAt: null, graceUntil: 0 };
}

/** What ThingSpace's answer to a look means for a text; null: nothing new. */
async function looked(
  { thingSpace, clock }: Pick<SendFollowDeps, 'thingSpace' | 'clock'>,
  send: Send,
): Promise<SendChange | null> {
  if (send.requestId === null) return null;
  const asked = await thingSpace.requestStatus(send.account, send.requestId);
  const at = clock.now();
  if (!asked.ok)
    return asked.error.kind === 'refused' ? { kind: 'given-up', state: 'unknown', reason: forgotten, at } : null;
  if (asked.value !== 'Pending') return { kind: 'looked-up', status: asked.value, at };
  return isPastLife(send, at) ? { kind: 'given-up', state: 'expired', reason: stillPending, at } : null;
}

const forgotten = 'Nothing was reported of it, and ThingSpace does not know the request any more.';
const stillPending = 'ThingSpace still calls it pending after the time in which it tries, so it tries no more.';
