import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Forwarder } from '../core/forward.ts';
import type { Keychain } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import { keychainRefusal } from './answers.ts';
import { refusal } from './router.ts';

export interface ForwardSecretDeps {
  readonly keychain: Keychain;
  readonly forwarder: Pick<Forwarder, 'newSecret'>;
  /** Given for this run; null: none. */
  readonly environment: Secret | null;
  /** This run has its credentials from the environment and leaves the keychain alone. */
  readonly keepNothing: boolean;
  /** Shows a secret that was made now, once. */
  readonly show: (secret: Secret) => void;
}

/** What forwarded texts are signed with. */
export interface ForwardSecret {
  /** The environment's, the keychain's, or one that is made at the first need. */
  read(): Promise<Secret>;
  /** The same for a person who asks; why not, where the next run would have another. */
  tell(): Promise<Result<Secret, PublicError>>;
  /** Another one from now on: an endpoint that knows the old one refuses what comes. */
  renew(): Promise<Result<Secret, PublicError>>;
}

const secretName = 'forward secret';
const fromEnvironment = refusal(
  'not-allowed',
  'The signing secret comes from THINGSPACE_FORWARD_SECRET. Change it there.',
);
const keptNowhere = refusal(
  'not-allowed',
  'The credentials come from the environment, so the keychain is left alone. Give the signing secret there too, as THINGSPACE_FORWARD_SECRET.',
);

export function createForwardSecret(deps: ForwardSecretDeps): ForwardSecret {
  const { keychain, forwarder, environment, keepNothing } = deps;
  let known: Promise<Secret> | null = null;

  /** Null: none was made yet. */
  async function kept(): Promise<Result<Secret | null, PublicError>> {
    if (environment) return ok(environment);
    if (keepNothing) return fail(keptNowhere);
    const found = await keychain.read(secretName);
    return found.ok ? found : fail(keychainRefusal(found.error));
  }

  async function find(): Promise<Secret> {
    const found = await kept();
    if (found.ok && found.value) return found.value;
    const made = forwarder.newSecret();
    // Where the keychain gives nothing back, writing over what it may hold would end what an endpoint knows.
    if (found.ok) await keychain.write(secretName, made);
    deps.show(made);
    return made;
  }

  const read = (): Promise<Secret> => (known ??= find());

  return {
    read,
    async tell() {
      const found = known ? ok(null) : await kept();
      return found.ok ? ok(await read()) : found;
    },
    async renew() {
      if (environment) return fail(fromEnvironment);
      if (keepNothing) return fail(keptNowhere);
      const made = forwarder.newSecret();
      const written = await keychain.write(secretName, made);
      if (!written.ok) return fail(keychainRefusal(written.error));
      known = Promise.resolve(made);
      return ok(made);
    },
  };
}
