import type { ForwardFormat, ForwardResult, ForwardRule } from '../../preload/contract/forward.ts';
import type { Message, MessageDetail } from '../../preload/contract/message.ts';
import type { Result } from '../../preload/contract/result.ts';
import { backoffMs } from './backoff.ts';
import type { StorageFailure } from './failure.ts';
import { preferredDeviceId } from './message.ts';
import type { Secret } from './secret.ts';

/* Sending texts on to a developer's own endpoint: what is sent, and when it is tried again. */

export interface ForwardRequest {
  readonly url: string;
  /** The text's id: the same at each try, so that an endpoint knows a repeat (Standard Webhooks, `webhook-id`). */
  readonly id: string;
  readonly body: string;
  readonly contentType: string;
  readonly secret: Secret;
  readonly replay: Replayed | null;
  /** A yes to an endpoint outside this computer's network. */
  readonly anywhere: boolean;
}

/** A text that is sent once more by hand. */
export type Replayed = 'as it came' | 'edited';

export interface ForwardFailure {
  /** `gone`: 410. `refused`: any other answer that the same request will get again. `passing`: worth another try. */
  readonly kind: 'gone' | 'refused' | 'passing';
  readonly status: number | null;
  readonly message: string;
  readonly retryAfterMs: number | null;
}

/** Posts signed webhooks. Follows no redirect and never retries by itself. */
export interface Forwarder {
  /** Resolves to the status of a 2xx. */
  post(request: ForwardRequest): Promise<Result<number, ForwardFailure>>;
  /** A new signing secret, `whsec_` and base64. */
  newSecret(): Secret;
  /** Ends what is under way: each pending post fails as `passing`. */
  close(): void;
}

// ---------------------------------------------------------------- what is kept of it

/** Texts of one device to one endpoint: they go one after the other. */
export interface ForwardLane {
  readonly rule: string;
  readonly device: string;
}

export interface PendingForward {
  readonly number: number;
  readonly messageId: string;
  readonly attempts: number;
  /** Milliseconds since 1970, as all times here; null before the first try. */
  readonly firstAt: number | null;
  readonly nextAt: number;
}

export interface ForwardOutcome {
  readonly number: number;
  readonly state: ForwardResult['state'];
  readonly status: number | null;
  readonly reason: string | null;
  readonly at: number;
  /** When a pending one is tried again. */
  readonly nextAt: number;
}

/** Survives crashes: which texts are to be sent on, and what became of it. All of it is synced when it resolves. */
export interface ForwardLedger {
  /**
   * The rules of this run, by key. A rule that is new begins behind the row `newest`; one that is not named any more is
   * forgotten, but what became of its texts stays. Resolves to how far each has got, and the lanes with texts pending.
   */
  begin(
    rules: readonly string[],
    newest: number,
  ): Promise<
    Result<
      { readonly through: Readonly<Record<string, number>>; readonly lanes: readonly ForwardLane[] },
      StorageFailure
    >
  >;
  /** Notes texts to be sent on and, at once with it, that all rows up to `through` were looked at. */
  add(
    rule: string,
    through: number,
    texts: readonly { readonly sequence: number; readonly device: string }[],
  ): Promise<Result<void, StorageFailure>>;
  /** The oldest pending text of a lane. */
  next(lane: ForwardLane): Promise<Result<PendingForward | null, StorageFailure>>;
  note(outcome: ForwardOutcome): Promise<Result<void, StorageFailure>>;
  /** Ends all that is pending of a rule. */
  stopRule(rule: string, reason: string, at: number): Promise<Result<void, StorageFailure>>;
  /** What became of a replay, beside what became of forwarding. */
  noteReplay(replay: ReplayOutcome): Promise<Result<void, StorageFailure>>;
  of(messageId: string): Promise<Result<readonly ForwardResult[], StorageFailure>>;
}

export interface ReplayOutcome {
  readonly messageId: string;
  readonly url: string;
  readonly status: number | null;
  /** Why it failed; null when it did not. */
  readonly reason: string | null;
  readonly at: number;
}

export function ruleKey({ url, query, format }: ForwardRule): string {
  return JSON.stringify([url, query, format]);
}

export function laneOfMessage(message: Message): string {
  return JSON.stringify([message.account, ...message.deviceIds.map(({ id, kind }) => [kind, id])]);
}

// ---------------------------------------------------------------- what is sent

/** The time of a text as CloudEvents wants it; the service's own is not always one (API notes, 4.2). */
function cloudEvent(message: Message): string {
  const { id, account, deviceIds, text, receivedAt, platformTime, lanes } = message;
  const device = preferredDeviceId(deviceIds);
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: `/thingspace/accounts/${encodeURIComponent(account)}`,
    type: 'thingspace.sms.received',
    ...(device ? { subject: `${device.kind}:${device.id}` } : {}),
    time: receivedAt,
    datacontenttype: 'application/json',
    data: { account, deviceIds, text, receivedAt, platformTime, lanes },
  });
}

/** The body of a text in a format. `text` takes the place of its own: then no original is left to be sent. */
export function forwardBody(
  detail: Pick<MessageDetail, 'message' | 'rawCallback' | 'rawHistory'>,
  format: ForwardFormat,
  text: string | null = null,
): { readonly body: string; readonly contentType: string } {
  const message = text === null ? detail.message : { ...detail.message, text };
  if (format === 'cloudevents') return { body: cloudEvent(message), contentType: 'application/cloudevents+json' };
  const original = detail.rawCallback ?? detail.rawHistory;
  const body =
    text === null && original !== null
      ? original
      : JSON.stringify({ account: message.account, deviceIds: message.deviceIds, smsMessage: message.text });
  return { body, contentType: 'application/json' };
}

// ---------------------------------------------------------------- when

/** An endpoint that is down is tried for three days; a text that an endpoint refuses, so often. */
const longestMs = 3 * 86_400_000;
const mostRefusals = 5;
/** An endpoint that asks for more patience than this is asked again all the same. */
const longestRetryAfterMs = 86_400_000;

/** What to do after a failed try: when the next one is, or null when it is to be given up. */
export function nextTry(
  failure: ForwardFailure,
  attempts: number,
  times: { readonly firstAt: number; readonly now: number; readonly chance: number },
): number | null {
  const { firstAt, now, chance } = times;
  if (failure.kind === 'refused' && attempts >= mostRefusals) return null;
  if (now - firstAt >= longestMs) return null;
  return now + Math.max(backoffMs(attempts, chance), Math.min(longestRetryAfterMs, failure.retryAfterMs ?? 0));
}
