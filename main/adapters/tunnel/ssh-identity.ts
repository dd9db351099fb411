import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import ssh2, { type ConnectConfig } from 'ssh2';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { TunnelChoice } from '../../../preload/contract/tunnel.ts';
import type { Clock, TunnelFailure } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';

type SshChoice = Extract<TunnelChoice, { readonly kind: 'ssh' }>;
type Identity = Pick<ConnectConfig, 'privateKey' | 'passphrase' | 'password' | 'agent'>;

export interface SshIdentityDeps {
  readonly clock: Clock;
  /** Password, or passphrase of the key; null when none is stored. */
  secret(): Promise<Result<Secret | null, TunnelFailure>>;
  /** Where the SSH agent answers; null where there is none. */
  readonly agent: string | null;
}

const usualKeys = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

function needsYou(message: string): { readonly ok: false; readonly error: TunnelFailure } {
  return fail({ kind: 'needs-you', message });
}

/** `~` as people write it. */
function fullPath(file: string): string {
  return path.resolve(file.replace(/^~(?=$|[\\/])/, homedir()));
}

async function readKey(
  keyFile: string | null,
): Promise<Result<{ readonly file: string; readonly text: Buffer }, TunnelFailure>> {
  const files = keyFile === null ? usualKeys.map((name) => path.join(homedir(), '.ssh', name)) : [fullPath(keyFile)];
  for (const file of files) {
    const text = await readFile(file).catch(() => null);
    if (text !== null) return ok({ file, text });
  }
  return needsYou(
    keyFile === null
      ? 'There is no SSH key in ~/.ssh. Make one with "ssh-keygen -t ed25519", or name one with keyFile.'
      : `The SSH key ${files[0] ?? ''} cannot be read. Check its path and who may read it.`,
  );
}

async function keyIdentity(choice: SshChoice, deps: SshIdentityDeps): Promise<Result<Identity, TunnelFailure>> {
  const key = await readKey(choice.keyFile);
  if (!key.ok) return key;
  const { file, text } = key.value;
  if (!(ssh2.utils.parseKey(text) instanceof Error)) return ok({ privateKey: text });
  const passphrase = await deps.secret();
  if (!passphrase.ok) return passphrase;
  if (passphrase.value === null)
    return needsYou(
      `The SSH key ${file} is no private key, or needs a passphrase. Store it with "thingspace-sms tunnels secret ssh", or use the agent.`,
    );
  const words = passphrase.value.reveal();
  return ssh2.utils.parseKey(text, words) instanceof Error
    ? needsYou(
        `The passphrase does not open the SSH key ${file}. Store the right one with "thingspace-sms tunnels secret ssh".`,
      )
    : ok({ privateKey: text, passphrase: words });
}

async function passwordIdentity(deps: SshIdentityDeps): Promise<Result<Identity, TunnelFailure>> {
  const password = await deps.secret();
  if (!password.ok) return password;
  return password.value === null
    ? needsYou('No SSH password is stored. Store it with "thingspace-sms tunnels secret ssh".')
    : ok({ password: password.value.reveal() });
}

/** What we sign in with. */
export async function sshIdentity(choice: SshChoice, deps: SshIdentityDeps): Promise<Result<Identity, TunnelFailure>> {
  switch (choice.auth) {
    case 'key':
      return keyIdentity(choice, deps);
    case 'password':
      return passwordIdentity(deps);
    case 'agent':
      return deps.agent === null
        ? needsYou('No SSH agent answers here (SSH_AUTH_SOCK is not set). Start one, or name a key file.')
        : ok({ agent: deps.agent });
  }
}
