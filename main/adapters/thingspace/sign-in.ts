import type { ServiceFailure } from '../../core/failure.ts';
import type { CallFailure } from '../../core/ports.ts';
import type { Answer } from './exchange.ts';
import { callFailure, commonFailure, failureOf, staleTokenIn } from './failure.ts';
import { refusalIn, withoutService } from './words.ts';

const keyRefused =
  'ThingSpace refuses the app key or the app secret. Compare both with Key Management in the ThingSpace portal.';
const loginRefused =
  'ThingSpace refuses the API user or its password. These are the API ("UWS") credentials, not those of the portal. Nothing is tried by itself, because five refusals in a row lock the user.';

const keyErrors = new Set(['invalid_client', 'unauthorized_client', 'invalid_grant', 'access_denied']);

/** How an answer to the token request failed; null when it did not (API notes, 8.1 and 8.2). */
export function tokenFailure(answer: Answer): ServiceFailure | null {
  const refusal = refusalIn(answer);
  if (answer.status >= 200 && answer.status < 300 && refusal === null) return null;
  const common = commonFailure(answer);
  if (common !== null) return common;
  const namesKey = refusal?.from === 'oauth' && keyErrors.has(refusal.code);
  if (namesKey || staleTokenIn(answer, refusal) !== null) return failureOf(answer, 'sign-in-refused', keyRefused);
  const failure = callFailure(answer, null);
  if (failure !== null && failure.kind !== 'stale') return failure;
  return failureOf(answer, 'refused', 'ThingSpace refuses to give a token. What it says stands below.');
}

/**
 * How an answer to the login failed; null when it did not. Whatever is neither the gateway's doing nor passing counts
 * as a refusal, because nothing says how a wrong password or a locked user is answered (API notes, 11, row 13).
 */
export function loginFailure(answer: Answer): CallFailure | null {
  const refusal = refusalIn(answer);
  if (answer.status >= 200 && answer.status < 300 && refusal === null) return null;
  const invalid = refusal?.from === 'service' && withoutService(refusal.code).startsWith('INPUT_INVALID.');
  if (!invalid) {
    const fromGateway = refusal?.from === 'gateway' || (answer.status === 404 && refusal === null);
    const other = fromGateway ? callFailure(answer, null) : commonFailure(answer);
    if (other !== null) return other;
  }
  return failureOf(answer, 'sign-in-refused', loginRefused);
}
