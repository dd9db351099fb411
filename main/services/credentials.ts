import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Credentials, Keychain, KeychainFailure } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';
import { keychainRefusal } from './answers.ts';
import { displacedSecret } from './lease.ts';
import type { SignInGuard } from './sign-in-guard.ts';

/** All four, for this run only. */
export type EnvironmentCredentials = Credentials;

export interface CredentialsKeeper {
  /** The environment's, else the keychain's; null when there are none. */
  read(): Promise<Result<Credentials | null, KeychainFailure>>;
  /**
   * Stores them in the keychain. Those that ThingSpace refused twice are not taken again until `confirmed`, which
   * allows one more try.
   */
  save(credentials: Credentials, confirmed: boolean): Promise<Result<void, PublicError>>;
  /**
   * Takes everything of this app out of the keychain. The passwords of callbacks that are still to be put back stay:
   * they are somebody else's, and stand nowhere else. Answers whose accounts' they are.
   */
  clear(): Promise<Result<readonly string[], PublicError>>;
  state(): Promise<Output<'credentials.state'>>;
  /** What to do when they are refused, in words. */
  readonly advice: string;
}

export interface CredentialsKeeperDeps {
  readonly keychain: Keychain;
  /** With these the keychain is not asked. */
  readonly environment: EnvironmentCredentials | null;
  readonly guard: SignInGuard;
}

const secretName = 'credentials';
const formatVersion = 1;
const parts = ['appKey', 'appSecret', 'username', 'password'] as const;

function toJson(credentials: Credentials): string {
  const values = parts.map((part) => [part, credentials[part].reveal()]);
  return JSON.stringify({ version: formatVersion, ...Object.fromEntries(values) });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Null for what this app did not write: as good as none, because saving them again puts it right. */
function fromJson(json: string): Credentials | null {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== formatVersion)
    return null;
  const given = new Map<string, unknown>(Object.entries(value));
  const secret = (part: string): Secret | null => {
    const text = given.get(part);
    return typeof text === 'string' && text !== '' ? createSecret(text) : null;
  };
  const [appKey, appSecret, username, password] = parts.map(secret);
  return appKey && appSecret && username && password ? { appKey, appSecret, username, password } : null;
}

const refusedTwice: PublicError = {
  code: 'sign-in-stopped',
  message:
    'ThingSpace refused this user name and password twice, and locks the user at five refusals. If they are right now, for instance because Verizon unlocked the user, confirm that they may be tried once more.',
  service: null,
};

async function save(deps: CredentialsKeeperDeps, credentials: Credentials, confirmed: boolean) {
  if (deps.guard.isStopped(credentials)) {
    if (!confirmed) return fail(refusedTwice);
    const allowed = deps.guard.allowOneMore(credentials);
    if (!allowed.ok) return fail({ code: 'storage-failed', message: allowed.error.message, service: null } as const);
  }
  const written = await deps.keychain.write(secretName, createSecret(toJson(credentials)));
  return written.ok ? ok(undefined) : fail(keychainRefusal(written.error));
}

export function createCredentialsKeeper(deps: CredentialsKeeperDeps): CredentialsKeeper {
  const { keychain, environment } = deps;

  async function read(): Promise<Result<Credentials | null, KeychainFailure>> {
    if (environment !== null) return ok(environment);
    const stored = await keychain.read(secretName);
    if (!stored.ok) return stored;
    return ok(stored.value === null ? null : fromJson(stored.value.reveal()));
  }

  async function state(): Promise<Output<'credentials.state'>> {
    if (environment !== null)
      return { state: 'given', sentence: 'The credentials come from the environment, for this run.' };
    const stored = await read();
    if (!stored.ok) {
      return { state: stored.error.kind === 'locked' ? 'locked' : 'unavailable', sentence: stored.error.message };
    }
    return stored.value === null
      ? {
          state: 'missing',
          sentence: 'No credentials are stored. Save those of your ThingSpace application and API user.',
        }
      : { state: 'present', sentence: 'The credentials are in the keychain of this computer.' };
  }

  return {
    read,
    state,
    advice:
      environment === null
        ? 'Check them, then give the right ones with `thingspace-sms login` or in the settings.'
        : 'They come from the environment: correct the THINGSPACE_ variables there, and start this program anew.',
    save: (credentials, confirmed) => save(deps, credentials, confirmed),
    async clear() {
      const names = new Set([secretName, ...keychain.recorded()]);
      const owed = [...names].filter((name) => name.startsWith(displacedSecret));
      for (const name of names) {
        const removed = owed.includes(name) ? ok(undefined) : await keychain.remove(name);
        if (!removed.ok) return fail(keychainRefusal(removed.error));
      }
      return ok(owed.map((name) => name.slice(displacedSecret.length)));
    },
  };
}
