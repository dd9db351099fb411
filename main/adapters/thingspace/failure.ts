import { type ServiceFailure, serviceFailure } from '../../core/failure.ts';
import type { CallFailure, StaleToken } from '../../core/ports.ts';
import type { Answer } from './exchange.ts';
import { knownSentence } from './known-codes.ts';
import { type Refusal, refusalIn, shown, withoutService } from './words.ts';

const longestWaitMs = 24 * 3_600_000;

/** `Retry-After` in seconds or as a date, in milliseconds from now, a day at most; null when absent or senseless. */
function retryAfterMs(answer: Answer): number | null {
  if (answer.retryAfter === null) return null;
  const given = answer.retryAfter.trim();
  const wait = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - (answer.date ?? answer.receivedAt);
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestWaitMs);
}

/** A failure with our sentence, and beside it what the service said. */
export function failureOf(answer: Answer, kind: ServiceFailure['kind'], message: string): ServiceFailure {
  const refusal = refusalIn(answer);
  const clean = (text: string | null | undefined) => (text ? shown(text, answer.secrets) : null);
  return serviceFailure(kind, message, {
    status: answer.status,
    retryAfterMs: retryAfterMs(answer),
    errorCode: clean(refusal?.code),
    errorMessage: clean(refusal?.message),
  });
}

/** An answer that is no refusal and cannot be understood. */
export function unreadable(answer: Answer): ServiceFailure {
  const what =
    answer.content.kind === 'other' && /^\s*</.test(answer.content.text)
      ? 'a web page'
      : 'something that is not what its documentation says';
  return failureOf(
    answer,
    'unreadable',
    `In place of ThingSpace's answer came ${what} (status ${answer.status}). A proxy or a sign-in page of this network may be in between.`,
  );
}

/** Which token an answer names as bad; null when none (API notes, 1.5: the shape decides, not the status). */
export function staleTokenIn(answer: Answer, refusal: Refusal | null): StaleToken | null {
  if (refusal?.from === 'gateway' && (refusal.code === '900901' || refusal.code === '900902')) return 'bearer';
  if (refusal?.from === 'service') return /(^|\.)SessionToken\./.test(refusal.code) ? 'session' : null;
  return answer.status === 401 ? 'both' : null;
}

/** What every kind of request has in common, by status; null where the request itself must judge. */
export function commonFailure(answer: Answer): ServiceFailure | null {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    return failureOf(
      answer,
      'unreadable',
      `ThingSpace's answer points to another address (status ${status}). It was not followed, because credentials go nowhere else. A sign-in page of this network may be in between; else check the API address.`,
    );
  }
  if (status === 429) {
    return failureOf(answer, 'rate-limited', 'ThingSpace asks for fewer requests.');
  }
  if (status === 408) {
    return failureOf(answer, 'timeout', 'ThingSpace gave up waiting for the request (status 408).');
  }
  if (status >= 500) {
    return failureOf(answer, 'unavailable', `ThingSpace has trouble of its own (status ${status}).`);
  }
  return null;
}

const throttled = /^9008\d\d$/;

function gatewayFailure(answer: Answer, code: string | null): ServiceFailure {
  if (code !== null && throttled.test(code)) {
    return failureOf(answer, 'rate-limited', 'ThingSpace asks for fewer requests.');
  }
  if (answer.status === 404 || code === '900906') return notFound(answer);
  return failureOf(
    answer,
    'refused',
    `ThingSpace's gateway refuses this request (status ${answer.status}). Check in the portal that the application's key is allowed to use Connectivity Management.`,
  );
}

function notFound(answer: Answer): ServiceFailure {
  return failureOf(
    answer,
    'not-found',
    `There is no such address at ThingSpace (status ${answer.status}). Check the API address that the app was given.`,
  );
}

function serviceRefusal(answer: Answer, code: string, account: string | null): ServiceFailure {
  const bare = withoutService(code);
  if (bare === 'REQUEST_FAILED.UnexpectedError') {
    return failureOf(answer, 'unavailable', 'ThingSpace failed for a reason it does not name.');
  }
  const sentence =
    knownSentence(bare, account) ??
    'ThingSpace refuses this request. What it says stands below; its support can explain the code.';
  return failureOf(answer, 'refused', sentence);
}

function failureByShape(answer: Answer, refusal: Refusal | null, account: string | null): ServiceFailure {
  const common = commonFailure(answer);
  if (common !== null) return common;
  if (refusal?.from === 'gateway') return gatewayFailure(answer, refusal.code);
  if (refusal?.from === 'service') return serviceRefusal(answer, refusal.code, account);
  if (answer.status === 404) return notFound(answer);
  return failureOf(
    answer,
    'refused',
    `ThingSpace refuses this request (status ${answer.status}) and does not say why.`,
  );
}

/** How an answer to an M2M call failed; null when it did not. `account`: the one the call names, for the sentence. */
export function callFailure(answer: Answer, account: string | null): CallFailure | null {
  const refusal = refusalIn(answer);
  const done = answer.status >= 200 && answer.status < 300;
  if (done && (refusal === null || refusal.from === 'oauth')) return null;
  const stale = staleTokenIn(answer, refusal);
  if (stale === null) return failureByShape(answer, refusal, account);
  const failure = failureOf(answer, 'unavailable', 'ThingSpace does not accept the token of this sign-in any more.');
  return { kind: 'stale', stale, failure };
}
