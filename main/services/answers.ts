import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { finalSentence, type ServiceFailure, type StorageFailure } from '../core/failure.ts';
import type { KeychainFailure } from '../core/ports.ts';
import { problemOf } from '../core/standing.ts';
import { refusal } from './router.ts';

/* What services answer, as it crosses to a face. */

/** What a person asked for is done once: where the service fails, nobody tries it again. */
export function answered<T>(result: Result<T, ServiceFailure>): Result<T, PublicError> {
  if (result.ok) return result;
  const { code, service } = problemOf(result.error, null);
  return fail({ code, message: finalSentence(result.error), service });
}

export function shown<T>(result: Result<T, StorageFailure>): Result<T, PublicError> {
  return result.ok ? result : fail(refusal('storage-failed', result.error.message));
}

export function keychainRefusal({ kind, message }: KeychainFailure): PublicError {
  return refusal(kind === 'locked' ? 'keychain-locked' : 'keychain-missing', message);
}

export function map<T, U>(
  result: Result<T, StorageFailure | PublicError>,
  change: (value: T) => U,
): Result<U, PublicError> {
  if (result.ok) return ok(change(result.value));
  return fail('code' in result.error ? result.error : refusal('storage-failed', result.error.message));
}
