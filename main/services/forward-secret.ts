import type { Forwarder } from '../core/forward.ts';
import type { Keychain } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';

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

const secretName = 'forward secret';

/** What forwarded texts are signed with: the environment's, the keychain's, or one that is made at the first need. */
export function createForwardSecret(deps: ForwardSecretDeps): () => Promise<Secret> {
  let known: Promise<Secret> | null = null;

  async function find(): Promise<Secret> {
    if (deps.environment) return deps.environment;
    const kept = deps.keepNothing ? null : await deps.keychain.read(secretName);
    if (kept?.ok && kept.value) return kept.value;
    const made = deps.forwarder.newSecret();
    // Where the keychain gives nothing back, writing over what it may hold would end what an endpoint knows.
    if (kept?.ok) await deps.keychain.write(secretName, made);
    deps.show(made);
    return made;
  }

  return () => (known ??= find());
}
