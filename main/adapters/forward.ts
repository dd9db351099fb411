import { createHmac, randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Forwarder, ForwardFailure, ForwardRequest } from '../core/forward.ts';
import type { Clock } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';

const secretPrefix = 'whsec_';
const standardTimeoutMs = 15_000;

/** Standard Webhooks 1.0: HMAC-SHA-256 over id, time and body, the key being the base64 behind the prefix. */
function signatureOf(secret: Secret, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.reveal().slice(secretPrefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d{1,6}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function explain(response: Response, now: number): ForwardFailure {
  const { status } = response;
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), now);
  const failure = (kind: ForwardFailure['kind'], message: string): ForwardFailure => ({
    kind,
    status,
    message,
    retryAfterMs,
  });
  if (status === 410) return failure('gone', 'The endpoint answered 410: it is gone.');
  if (status >= 300 && status < 400)
    return failure('refused', `The endpoint sends elsewhere (${status}), which is not followed.`);
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  return failure(passing ? 'passing' : 'refused', `The endpoint answered ${status}.`);
}

function broken(error: unknown): ForwardFailure {
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const word = timedOut ? `no answer within ${standardTimeoutMs / 1000} s` : (code ?? 'no connection');
  return { kind: 'passing', status: null, message: `The endpoint cannot be reached (${word}).`, retryAfterMs: null };
}

/** Posts texts to endpoints, signed as Standard Webhooks 1.0 says. */
export function createForwarder(clock: Clock, timeoutMs = standardTimeoutMs): Forwarder {
  const closing = new AbortController();

  async function post({
    url,
    id,
    body,
    contentType,
    secret,
    replay,
  }: ForwardRequest): Promise<Result<number, ForwardFailure>> {
    const timestamp = String(Math.floor(clock.now() / 1000));
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        body,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          'content-type': contentType,
          'user-agent': 'ThingSpace SMS Tray',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf(secret, id, timestamp, body),
          ...(replay ? { 'thingspace-sms-replay': 'true' } : {}),
        },
      });
      await response.body?.cancel();
      return response.ok ? ok(response.status) : fail(explain(response, clock.now()));
    } catch (error) {
      return fail(broken(error));
    }
  }

  return {
    post,
    newSecret: () => createSecret(`${secretPrefix}${randomBytes(32).toString('base64')}`),
    close: () => closing.abort(),
  };
}
