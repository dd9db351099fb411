import type { ServiceWords } from '../../preload/contract/errors.ts';
import type { Delivery, Message } from '../../preload/contract/message.ts';
import type { AwaitedReply, Send, SendState } from '../../preload/contract/sends.ts';
import { parsePlatformTime } from './callback-body.ts';
import { isAtMost } from './send-times.ts';

/* What happens to a text that was sent, and where it is then. Pure: times come in, nothing is looked up. */

/** `at`: milliseconds since 1970. */
export type SendChange = { readonly at: number } & (
  | { readonly kind: 'taken'; readonly requestId: string; readonly inferred: boolean }
  | {
      readonly kind: 'not-taken';
      readonly state: 'failed' | 'unknown';
      readonly reason: string;
      readonly service: ServiceWords | null;
    }
  | { readonly kind: 'reported'; readonly meaning: Delivery['meaning']; readonly fault: string | null }
  /** ThingSpace was asked how the request stands. */
  | { readonly kind: 'looked-up'; readonly status: 'Success' | 'Failure' }
  /** Its time to live is over, and ThingSpace says no more of it. */
  | { readonly kind: 'given-up'; readonly state: 'expired' | 'unknown'; readonly reason: string }
  | { readonly kind: 'answered'; readonly message: Message }
  | { readonly kind: 'time-over' }
  | { readonly kind: 'waiting-cancelled' }
);

/** What is known for sure outweighs what is not; a receipt outweighs every other report, in whatever order they come. */
const weights: Readonly<Record<SendState, number>> = {
  asking: 0,
  unknown: 1,
  queued: 2,
  sent: 3,
  expired: 4,
  failed: 4,
  delivered: 5,
};

function iso(at: number): string {
  return new Date(at).toISOString();
}

function moved(send: Send, state: SendState, at: number, why: Partial<Pick<Send, 'reason' | 'service'>> = {}): Send {
  if (weights[state] <= weights[send.state]) return send;
  const { reason = null, service = null } = why;
  return withoutHope({ ...send, state, reason, service, history: [...send.history, { state, at: iso(at) }] });
}

/** A text that never reaches its device is not answered: waiting on would only cost the person time. */
function withoutHope(send: Send): Send {
  const isOver = send.state === 'failed' || send.state === 'expired';
  if (!isOver || send.awaited?.result !== 'waiting') return send;
  const reason = 'The command did not reach the device, so no answer can come.';
  return { ...send, awaited: { ...send.awaited, result: 'failed', reason } };
}

/** The time for the answer begins when ThingSpace took the command. */
function startedAt(send: Send): number {
  return Date.parse(send.history.find(({ state }) => state === 'queued')?.at ?? send.askedAt);
}

function taken(send: Send, requestId: string, inferred: boolean, at: number): Send {
  if (send.requestId !== null) return send;
  const known = moved({ ...send, requestId, requestIdInferred: inferred }, 'queued', at);
  const { awaited } = known;
  if (inferred || awaited?.result !== 'waiting') return known;
  return { ...known, awaited: { ...awaited, dueAt: iso(at + awaited.expected.seconds * 1000) } };
}

const reasons: Readonly<Record<'expired' | 'failed', string>> = {
  expired: 'The device could not be reached within its time, so the network deleted the text.',
  failed: 'The network could not send it to the device.',
};

function reported(send: Send, meaning: Delivery['meaning'], fault: string | null, at: number): Send {
  if (meaning === 'sent' || meaning === 'delivered') return moved(send, meaning, at);
  const service = fault === null ? null : { errorCode: null, errorMessage: fault, status: null };
  return moved(send, meaning, at, { reason: reasons[meaning], service });
}

// ---------------------------------------------------------------- the answer

/** Clocks of ThingSpace and of this computer differ by so much without being wrong (milliseconds). */
const clockToleranceMs = 2 * 60_000;

/** When a text was on its way: by ThingSpace's own time where it waited in the queue, else when it came. */
export function textedAt(message: Message): number {
  const receivedAt = Date.parse(message.receivedAt);
  const platformAt = message.platformTime === null ? null : parsePlatformTime(message.platformTime);
  return platformAt === null ? receivedAt : Math.min(platformAt, receivedAt);
}

/** Whether a text can answer something that was sent at `askedAt`: one from before that waited in the queue cannot. */
export function isSince(message: Message, askedAt: number): boolean {
  return textedAt(message) >= askedAt - clockToleranceMs;
}

function answered(send: Send, message: Message): Send {
  const { awaited } = send;
  if (!awaited || (awaited.result !== 'waiting' && awaited.result !== 'failed')) return send;
  const at = textedAt(message);
  const seconds = Math.max(0, at - startedAt(send)) / 1000;
  const reply = { messageId: message.id, text: message.text, receivedAt: message.receivedAt, seconds };
  const inTime = isAtMost(at, awaited.dueAt);
  const late = `The answer came after ${Math.round(seconds)} s; ${awaited.expected.seconds} s were given.`;
  const result: Pick<AwaitedReply, 'result' | 'reason'> = inTime
    ? { result: 'passed', reason: null }
    : { result: 'late', reason: late };
  return { ...send, awaited: { ...awaited, ...result, reply } };
}

function timeOver(send: Send): Send {
  if (send.awaited?.result !== 'waiting') return send;
  const reason = `No such answer came within ${send.awaited.expected.seconds} s.`;
  return { ...send, awaited: { ...send.awaited, result: 'failed', reason } };
}

function waitingCancelled(send: Send): Send {
  if (send.awaited?.result !== 'waiting') return send;
  return { ...send, awaited: { ...send.awaited, result: 'cancelled', reason: 'Waiting for the answer was stopped.' } };
}

/** The text after a change. One that says nothing new gives back the very same object. */
export function changed(send: Send, change: SendChange): Send {
  const { at } = change;
  switch (change.kind) {
    case 'taken':
      return taken(send, change.requestId, change.inferred, at);
    case 'not-taken':
      return moved(send, change.state, at, change);
    case 'reported':
      return reported(send, change.meaning, change.fault, at);
    case 'looked-up':
      return change.status === 'Success' ? moved(send, 'sent', at) : reported(send, 'failed', null, at);
    case 'given-up':
      return send.state === 'queued' ? gaveUp(send, change.state, change.reason, at) : send;
    case 'answered':
      return answered(send, change.message);
    case 'time-over':
      return timeOver(send);
    case 'waiting-cancelled':
      return waitingCancelled(send);
  }
}

function gaveUp(send: Send, state: 'expired' | 'unknown', reason: string, at: number): Send {
  return withoutHope({ ...send, state, reason, history: [...send.history, { state, at: iso(at) }] });
}
