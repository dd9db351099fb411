import type { ServiceWords } from '../../preload/contract/errors.ts';

/**
 * Every way in which asking ThingSpace can fail. `message` is a sentence for a person, which leaves open whether it is
 * tried again; the service's own words are kept beside it and never matched on (API notes, sections 1.5 and 8).
 */
export interface ServiceFailure extends ServiceWords {
  readonly kind: /** No credentials are stored or given. */
    | 'no-credentials'
    /** The keychain did not give what it is recorded to hold. */
    | 'keychain'
    /** App key or secret, or user name or password, refused. Never retried. */
    | 'sign-in-refused'
    /** Our own guard: two refusals in a row, a person must act (ThingSpace locks the user at five). */
    | 'sign-in-stopped'
    /** The service refused the call with an errorCode. */
    | 'refused'
    | 'not-found'
    | 'rate-limited'
    /** 5xx, or a gateway fault that a later try may clear. */
    | 'unavailable'
    | 'timeout'
    /** No connection: DNS, refused, reset, TLS. */
    | 'network'
    /** An answer that could not be understood. */
    | 'unreadable'
    /** The app is stopping. */
    | 'cancelled';
  readonly message: string;
  /** From `Retry-After`, when the service said how long to wait. */
  readonly retryAfterMs: number | null;
  /** False where no connection came about, so that the service cannot have got the request. */
  readonly mayHaveArrived: boolean;
}

export function serviceFailure(
  kind: ServiceFailure['kind'],
  message: string,
  facts: Partial<Omit<ServiceFailure, 'kind' | 'message'>> = {},
): ServiceFailure {
  const nothing = { errorCode: null, errorMessage: null, status: null, retryAfterMs: null, mayHaveArrived: true };
  return { kind, message, ...nothing, ...facts };
}

/** Whether the same call may succeed later without a person doing anything. */
export function isPassing(failure: ServiceFailure): boolean {
  switch (failure.kind) {
    case 'rate-limited':
    case 'unavailable':
    case 'timeout':
    case 'network':
    case 'unreadable':
    case 'cancelled':
      return true;
    case 'no-credentials':
    case 'keychain':
    case 'sign-in-refused':
    case 'sign-in-stopped':
    case 'refused':
    case 'not-found':
      return false;
  }
}

/** In words, where the app makes the call again. */
export function retriedSentence(failure: ServiceFailure): string {
  return timeHelps(failure) ? `${failure.message} It is tried again by itself.` : failure.message;
}

/** In words, where nobody makes the call again unless the person does. */
export function finalSentence(failure: ServiceFailure): string {
  return timeHelps(failure) ? `${failure.message} Try again later.` : failure.message;
}

/** What was cancelled says itself what to do. */
function timeHelps(failure: ServiceFailure): boolean {
  return isPassing(failure) && failure.kind !== 'cancelled';
}

/** Every way in which the message store can fail. */
export interface StorageFailure {
  readonly kind: 'disk-full' | 'read-only' | 'exists' | 'corrupt' | 'busy' | 'closed' | 'broken';
  /** A sentence for a person. */
  readonly message: string;
}
