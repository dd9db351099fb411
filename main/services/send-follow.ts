import type { Send } from '../../preload/contract/sends.ts';
import type { SendLedger, TextPatterns } from '../core/ports.ts';
import type { SendChange } from '../core/send-changes.ts';
import { isPastLife, mayBeAnswered, nextLookAt } from '../core/send-times.ts';
import type { Context } from './context.ts';
import { createSendAnswers, type Followed, pauseMs } from './send-answers.ts';

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

export function createSendFollow(deps: SendFollowDeps): SendFollow {
  const { state, clock, log, ledger } = deps;
  const followed = new Map<number, Followed>();
  const answers = createSendAnswers({ ...deps, followed, apply });
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
    if (!entry.answers && send.awaited) void answers.prepare(entry);
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
      if (send.awaited) await answers.lookForAnswer(entry);
      note(entry.send);
    },
    begin() {
      running = true;
      endSubscription = state.subscribe((event) => {
        if (event.type === 'message-stored' && event.isNew) answers.hear(event.message);
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
