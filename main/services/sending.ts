import type { PublicError } from '../../preload/contract/errors.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Expectation, Send } from '../../preload/contract/sends.ts';
import { measureText, type SmsEncoding } from '../../preload/contract/sms-text.ts';
import { longestTimeToLive } from '../../preload/contract/time-to-live.ts';
import type { ServiceFailure, StorageFailure } from '../core/failure.ts';
import { canonicalDeviceId } from '../core/message.ts';
import type { IncomingReport, SendLedger, TextPatterns } from '../core/ports.ts';
import { mayHaveBeenTaken, notSignedInSentence, notTakenSentence } from '../core/send-failure.ts';
import { sendProblem } from '../core/send-problem.ts';
import { problemOf } from '../core/standing.ts';
import type { Confirmations } from './confirmations.ts';
import type { Context } from './context.ts';
import { refusal } from './router.ts';
import { createSendFollow } from './send-follow.ts';

export interface SendingDeps extends Context {
  readonly ledger: SendLedger;
  readonly patterns: TextPatterns;
  readonly confirmations: Confirmations;
}

export interface SendRequest {
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
  /** null: the one that suits the text. */
  readonly encoding: SmsEncoding | null;
  /** null: ThingSpace's own 5 days. */
  readonly timeToLiveSeconds: number | null;
  readonly expect: Expectation | null;
}

/** Texts to devices: kept before they are asked for, and followed to their end. */
export interface Sending {
  /** Takes up what an earlier run left. */
  begin(): Promise<void>;
  /** Resolves when ThingSpace has answered, or it is clear that its answer is lost. */
  send(request: SendRequest): Promise<Result<Send, PublicError>>;
  /** What the network says of a request; false when it belongs to no text of ours. */
  report(report: IncomingReport): Promise<Result<boolean, StorageFailure>>;
  /** Stops waiting for the answer to a text; null when there is no such text. */
  stopWaiting(id: number): Promise<Send | null>;
  /** Called after each change of a text. Returns what ends it. */
  onChange(listener: (send: Send) => void): () => void;
  stop(): void;
}

interface NotTaken {
  readonly state: 'failed' | 'unknown';
  readonly reason: string;
  readonly failure: ServiceFailure;
}

/** After a start an answer may still wait in the queue: so long its time does not count as over (milliseconds). */
const graceMs = 30_000;
const interrupted =
  'This app ended before ThingSpace answered, so it is not known whether the text was taken. Look whether the device answers before you send it again.';

export function createSending(deps: SendingDeps): Sending {
  const { ledger, clock } = deps;
  const listeners = new Set<(send: Send) => void>();
  let endConfirmations = (): void => {};
  const follow = createSendFollow({
    ...deps,
    told: (send) => {
      for (const listener of listeners) listener(send);
    },
  });

  async function ask(request: SendRequest, encoding: SmsEncoding): Promise<Result<Send, PublicError>> {
    const { expect, ...rest } = request;
    const to = canonicalDeviceId(request.to);
    const kept = await ledger.ask({ ...rest, to, encoding, expected: expect, askedAt: clock.now() });
    if (!kept.ok) return fail(refusal('storage-failed', `${kept.error.message} Nothing was sent.`));
    // Who may answer, and what with, is known before the device can.
    await follow.resume(kept.value, 0);
    return ok(kept.value);
  }

  /** Signing in comes first and by itself: when it fails, nothing was sent for sure. */
  async function post(send: Send): Promise<Result<string, NotTaken>> {
    const signedIn = await deps.thingSpace.signIn();
    if (!signedIn.ok)
      return fail({ state: 'failed', reason: notSignedInSentence(signedIn.error), failure: signedIn.error });
    const { account, to, text, encoding, timeToLiveSeconds } = send;
    await deps.confirmations.ask(account);
    const sent = await deps.thingSpace.send({ account, to, text, encoding, timeToLiveSeconds });
    if (sent.ok) return ok(sent.value.requestId);
    const state = mayHaveBeenTaken(sent.error) ? 'unknown' : 'failed';
    return fail({ state, reason: notTakenSentence(sent.error), failure: sent.error });
  }

  async function send(request: SendRequest): Promise<Result<Send, PublicError>> {
    const measured = measureText(request.text, request.encoding);
    const problem = sendProblem(request, measured, deps.patterns, { now: clock.now() });
    if (problem !== null) return fail(refusal('bad-input', problem));
    const asked = await ask(request, measured.encoding);
    if (!asked.ok) return asked;
    const posted = await post(asked.value);
    const at = clock.now();
    if (posted.ok) {
      const taken = await follow.apply(asked.value.id, { kind: 'taken', requestId: posted.value, inferred: false, at });
      return ok(taken ?? { ...asked.value, requestId: posted.value, state: 'queued' });
    }
    const { state, reason, failure } = posted.error;
    const { code, service } = problemOf(failure, request.account);
    await follow.apply(asked.value.id, { kind: 'not-taken', state, reason, service, at });
    return fail({ code, message: reason, service });
  }

  async function resume(send: Send): Promise<void> {
    const isAsking = send.state === 'asking';
    const unknown = { kind: 'not-taken', state: 'unknown', reason: interrupted, service: null } as const;
    const now = isAsking ? await ledger.change(send.id, { ...unknown, at: clock.now() }) : ok(send);
    if (now.ok && now.value) await follow.resume(now.value, graceMs);
  }

  return {
    async begin() {
      follow.begin();
      endConfirmations = deps.confirmations.begin();
      const open = await ledger.open(clock.now() - longestTimeToLive * 1000);
      if (!open.ok) return;
      for (const one of open.value) await resume(one);
      for (const account of new Set(open.value.map((one) => one.account))) void deps.confirmations.ask(account);
    },
    send,
    async report(report) {
      const reported = await ledger.report(report);
      if (!reported.ok) return reported;
      if (reported.value.send) follow.note(reported.value.send);
      return ok(reported.value.kept);
    },
    stopWaiting: (id) => follow.apply(id, { kind: 'waiting-cancelled', at: clock.now() }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      endConfirmations();
      follow.stop();
    },
  };
}
