import type { StorageFailure } from '../../main/core/failure.ts';
import type { Document } from '../../main/core/ports.ts';
import { fail, ok } from '../../preload/contract/result.ts';

export interface FakeDocument<T> extends Document<T> {
  /** Every value that was written, oldest first. */
  readonly written: readonly T[];
  /** What the next writes answer; null: they succeed. */
  breakWith(failure: StorageFailure | null): void;
}

/** A document in memory. */
export function createFakeDocument<T>(value: T): FakeDocument<T> {
  const written: T[] = [];
  let current = value;
  let failure: StorageFailure | null = null;
  return {
    written,
    read: () => current,
    write(next) {
      if (failure !== null) return fail(failure);
      written.push(next);
      current = next;
      return ok(undefined);
    },
    breakWith(next) {
      failure = next;
    },
  };
}
