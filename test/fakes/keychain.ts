import type { Keychain, KeychainFailure } from '../../main/core/ports.ts';
import { createSecret, type Secret } from '../../main/core/secret.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

export interface FakeKeychain extends Keychain {
  /** What is stored, by name. */
  readonly stored: ReadonlyMap<string, string>;
  /** `open`: it serves. `locked` and `missing`: as the real one fails. */
  become(state: 'open' | 'locked' | 'missing'): void;
  /** How often it was asked. */
  calls(): number;
}

const failures: Readonly<Record<'locked' | 'missing', KeychainFailure>> = {
  locked: { kind: 'locked', message: 'The keychain is locked. Unlock it.' },
  missing: { kind: 'missing', message: 'There is no keychain here.' },
};

/** A keychain in memory. */
export function createFakeKeychain(initial: Readonly<Record<string, string>> = {}): FakeKeychain {
  const stored = new Map(Object.entries(initial));
  let state: 'open' | 'locked' | 'missing' = 'open';
  let calls = 0;

  function ask<T>(answer: () => T): Promise<Result<T, KeychainFailure>> {
    calls += 1;
    return Promise.resolve(state === 'open' ? ok(answer()) : fail(failures[state]));
  }

  return {
    stored,
    calls: () => calls,
    recorded: () => [...stored.keys()],
    become: (next) => void (state = next),
    read(name): Promise<Result<Secret | null, KeychainFailure>> {
      // A locked keychain and one without this secret look alike.
      if (state === 'locked' && !stored.has(name)) return Promise.resolve(ok(null));
      return ask(() => {
        const value = stored.get(name);
        return value === undefined ? null : createSecret(value);
      });
    },
    write: (name, secret) => ask(() => void stored.set(name, secret.reveal())),
    remove(name) {
      if (state === 'locked' && !stored.has(name)) return Promise.resolve(ok(undefined));
      return ask(() => void stored.delete(name));
    },
  };
}
