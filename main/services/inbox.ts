import type { Delivery } from '../../preload/contract/message.ts';
import type { Result } from '../../preload/contract/result.ts';
import {
  type CallbackBody,
  credentialsOf,
  parsePlatformTime,
  readCallbackBody,
  withoutSecrets,
} from '../core/callback-body.ts';
import { meaningOf, type ReportOrigin, saysOutcome } from '../core/delivery-report.ts';
import type { StorageFailure } from '../core/failure.ts';
import type { CallbackAnswer, IncomingReport, ListenerRoute, ReceivedCallback, StoredCallback } from '../core/ports.ts';
import { type Secret, sameSecret } from '../core/secret.ts';
import { confirmationUser } from './confirmations.ts';
import type { Context } from './context.ts';

export interface Inbox {
  /** Decides what a callback is, stores it, and says how to answer: never 200 before it is on disk. */
  receive(callback: ReceivedCallback): Promise<CallbackAnswer>;
  /** Keeps apart what was refused before it came to `receive`; `body` must have its secrets cut out. */
  refused(reason: string, account: string | null, body: string): void;
}

export interface InboxDeps extends Context {
  /** Keeps what the network says of a request; false when it belongs to no text of ours. */
  readonly report: (report: IncomingReport) => Promise<Result<boolean, StorageFailure>>;
  readonly onDelivery: (delivery: Delivery) => void;
}

type Text = Extract<CallbackBody, { readonly kind: 'text' }>;
type Report = Extract<CallbackBody, { readonly kind: 'delivery' | 'fault' | 'other' }>;
type Status = CallbackAnswer['status'];

const answerWithinMs = 3000;
const slowDisk: StorageFailure = {
  kind: 'busy',
  message: 'The disk takes too long to store a text, so ThingSpace was told to keep it. Check what else uses the disk.',
};

/** Classification as in the API notes, section 2.6: shape, credentials, text, delivery report, anything else. */
export function createInbox(deps: InboxDeps): Inbox {
  const { messages, state, clock } = deps;

  function storageFailed(failure: StorageFailure): void {
    if (state.get().storage.kind === 'fine') state.dispatch({ type: 'storage-failed', failure, at: clock.now() });
  }

  async function keepUnverified(reason: string, account: string | null, body: string): Promise<boolean> {
    const kept = await messages.storeUnverified({
      receivedAt: new Date(clock.now()).toISOString(),
      account,
      reason,
      body,
    });
    if (kept.ok) state.dispatch({ type: 'unverified-stored' });
    else storageFailed(kept.error);
    return kept.ok;
  }

  async function storeText(callback: ReceivedCallback, text: Text, raw: string): Promise<CallbackAnswer> {
    const { account } = callback.route;
    const { receivedAt } = callback;
    const storing = messages.storeCallback({
      account,
      deviceIds: text.deviceIds,
      text: text.text,
      receivedAt,
      platformTime: text.timestamp,
      platformAt: text.timestamp === null ? null : parsePlatformTime(text.timestamp),
      requestId: text.requestId,
      callbackCount: text.callbackCount,
      raw,
    });
    const stored = await beforeDeadline(storing);
    if (stored === 'late') {
      // It may get to disk all the same; then ThingSpace does not know it, and brings it again.
      void storing.then((late) => {
        if (late.ok) told(account, late.value, receivedAt).onAnswered(false);
      });
      storageFailed(slowDisk);
      return { status: 503 };
    }
    if (!stored.ok) {
      storageFailed(stored.error);
      return { status: 503 };
    }
    return { status: 200, ...told(account, stored.value, receivedAt) };
  }

  /** ThingSpace takes silence for a failure after about 4 s (API notes, section 2.3). */
  function beforeDeadline<T>(work: Promise<T>): Promise<T | 'late'> {
    return new Promise((resolve) => {
      const cancel = clock.after(answerWithinMs, () => resolve('late'));
      void work.then((done) => {
        cancel();
        resolve(done);
      });
    });
  }

  function told(account: string, { message, isNew }: StoredCallback, receivedAt: number) {
    if (state.get().storage.kind === 'failed') state.dispatch({ type: 'storage-recovered' });
    state.dispatch({ type: 'message-stored', message, isNew, byCallback: true, at: receivedAt });
    return { onAnswered: (sent: boolean): void => answered(account, message.sequence, receivedAt, sent) };
  }

  /** An answer that did not go out makes the service queue the text: the queue is to be looked at. */
  function answered(account: string, sequence: number, receivedAt: number, sent: boolean): void {
    messages.answered(sequence, sent);
    if (!sent) state.dispatch({ type: 'queue-doubted', account, since: receivedAt, at: clock.now() });
  }

  /** What the network says of a request; null when it belongs to no text of ours. */
  async function storeReport(
    { account }: ListenerRoute,
    { kind, requestId, deviceIds, words }: Report,
    origin: ReportOrigin,
  ): Promise<Status | null> {
    const isDelivery = kind === 'delivery';
    if (requestId === null || (!isDelivery && !saysOutcome(words))) return null;
    const receivedAt = new Date(clock.now()).toISOString();
    const meaning = meaningOf(words, origin);
    const delivery: Delivery = { account, requestId, deviceIds, ...words, meaning, receivedAt };
    const stored = await beforeDeadline(deps.report({ delivery, isDelivery }));
    if (stored === 'late' || !stored.ok) {
      storageFailed(stored === 'late' ? slowDisk : stored.error);
      return 503;
    }
    if (!stored.value) return null;
    deps.onDelivery(delivery);
    return 200;
  }

  async function setApart(
    reason: string,
    route: ListenerRoute,
    body: unknown,
    status: Status,
  ): Promise<CallbackAnswer> {
    const kept = await beforeDeadline(keepUnverified(reason, route.account, withoutSecrets(body, secretsOf(route))));
    if (kept === 'late') storageFailed(slowDisk);
    if (status !== 200) doubt(route.account);
    return { status: kept === true || status !== 200 ? status : 503 };
  }

  /** What we refuse on a path that only ThingSpace knows, it may well have sent, and queues. */
  function doubt(account: string): void {
    const at = clock.now();
    state.dispatch({ type: 'queue-doubted', account, since: at, at });
  }

  return {
    refused(reason, account, body) {
      void keepUnverified(reason, account, body);
      if (account !== null) doubt(account);
    },
    async receive(callback) {
      const { body, route } = callback;
      const read = readCallbackBody(body);
      if (read.kind === 'unreadable') return setApart(read.reason, route, body, 400);
      const given = credentialsOf(body);
      const origin = originOf(given, route, clock.now());
      if (origin === null)
        return setApart('The user name or password in it is not the one that was registered.', route, body, 403);
      switch (read.kind) {
        case 'text':
          return storeText(callback, read, withoutSecrets(body, secretsOf(route)));
        case 'delivery':
        case 'fault':
        case 'other': {
          const status = await storeReport(route, read, origin);
          if (status !== null) return { status };
          return setApart('It is neither a text nor a delivery report.', route, body, 200);
        }
      }
    },
  };
}

/** The registration that a callback came by, told by its credentials; null when it is none that we know. */
function originOf(given: ReturnType<typeof credentialsOf>, route: ListenerRoute, now: number): ReportOrigin {
  const names = (username: Secret): boolean => sameSecret(given.username, username);
  if (sameSecret(given.password, route.password)) {
    if (names(route.username)) return 'network';
    if (names(confirmationUser(route))) return 'confirmation';
  }
  const isEarlier = (route.earlier ?? []).some(
    ({ username, password, until }) => now < until && names(username) && sameSecret(given.password, password),
  );
  return isEarlier ? 'network' : null;
}

/** What must not stand in anything that is kept of a callback on this route. */
export function secretsOf(route: ListenerRoute): readonly string[] {
  const earlier = (route.earlier ?? []).flatMap(({ username, password }) => [username, password]);
  return [route.secretPath, route.username, route.password, ...earlier]
    .map((secret) => secret.reveal())
    .filter((secret) => secret !== '');
}
