import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Problem } from '../../preload/contract/snapshot.ts';
import type { Document, Entropy, Keychain, KeychainFailure, Registration } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';

/** What this app did to an account's callback, kept on disk before it is done, so that a crash can be made good. */
export interface Claim {
  readonly account: string;
  /** SHA-256 of each URL that we registered: enough to know our own, and no secret path on disk. */
  readonly urlHashes: readonly string[];
  readonly displaced: {
    readonly url: string;
    readonly username: string;
    readonly password: 'none' | 'keychain' | 'file';
  } | null;
}

export interface Displaced {
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
}

export interface LeaseDeps {
  readonly claims: Document<readonly Claim[]>;
  /** Where a displaced password goes when there is no keychain: a file that only the user may read. */
  readonly passwordFile: Document<Readonly<Record<string, string>>>;
  readonly passwordFilePath: string;
  readonly keychain: Keychain;
  readonly entropy: Entropy;
  readonly tell: (problem: Problem) => void;
}

export interface Lease {
  accounts(): readonly string[];
  isOurs(account: string, url: string): boolean;
  /** Resolves once the claim is on disk; null when it could not be written, and then nothing may be changed. */
  claim(account: string, url: string, displaced: Registration | null): Promise<boolean>;
  /** What stood there before; null: nothing. Fails when its password cannot be had: without it, it would be put back broken. */
  displaced(account: string): Promise<Result<Displaced | null, KeychainFailure>>;
  forget(account: string): Promise<void>;
}

const keptUrls = 8;

/** Before the account's name: the name in the keychain of what stood there before us. */
export const displacedSecret = 'displaced ';

/** The callback lease: what we registered, and what stood there before. */
export function createLease(deps: LeaseDeps): Lease {
  const { claims, entropy, keychain, passwordFile } = deps;
  const secretName = (account: string): string => displacedSecret + account;
  const hashOf = (url: string): string => entropy.hash('callback-url', [url]);
  const find = (account: string): Claim | undefined => claims.read().find((claim) => claim.account === account);

  async function keepPassword(account: string, password: Secret): Promise<'none' | 'keychain' | 'file' | null> {
    if (password.reveal() === '') return 'none';
    const kept = await keychain.write(secretName(account), password);
    if (kept.ok) return 'keychain';
    const written = passwordFile.write({ ...passwordFile.read(), [account]: password.reveal() });
    if (!written.ok) return null;
    deps.tell({
      code: 'keychain-missing',
      message: `There is no keychain, so the password of the callback that was displaced is kept in ${deps.passwordFilePath}, which only you may read. It is deleted when the callback is given back.`,
      account,
      service: null,
    });
    return 'file';
  }

  async function describe(account: string, registration: Registration): Promise<Claim['displaced']> {
    const password = await keepPassword(account, registration.password);
    return password === null ? null : { url: registration.url, username: registration.username, password };
  }

  async function passwordOf(
    account: string,
    place: 'none' | 'keychain' | 'file',
  ): Promise<Result<Secret, KeychainFailure>> {
    if (place === 'none') return ok(createSecret(''));
    const kept = place === 'keychain' ? await keychain.read(secretName(account)) : null;
    if (kept && !kept.ok) return kept;
    const stored = kept ? kept.value?.reveal() : passwordFile.read()[account];
    if (stored !== undefined) return ok(createSecret(stored));
    const message = `The password of the callback that ${account} had before is no longer ${place === 'file' ? `in ${deps.passwordFilePath}` : 'in the keychain'}, so that callback cannot be put back as it was. Register it anew from its own server.`;
    return fail({ kind: 'missing', message });
  }

  return {
    accounts: () => claims.read().map((claim) => claim.account),
    isOurs: (account, url) => find(account)?.urlHashes.includes(hashOf(url)) ?? false,
    async claim(account, url, registration) {
      const before = find(account);
      const displaced = registration ? await describe(account, registration) : (before?.displaced ?? null);
      if (registration && !displaced) return false;
      const urlHashes = [hashOf(url), ...(before?.urlHashes ?? []).filter((hash) => hash !== hashOf(url))].slice(
        0,
        keptUrls,
      );
      const others = claims.read().filter((claim) => claim.account !== account);
      return claims.write([...others, { account, urlHashes, displaced }]).ok;
    },
    async displaced(account) {
      const displaced = find(account)?.displaced;
      if (!displaced) return ok(null);
      const password = await passwordOf(account, displaced.password);
      return password.ok
        ? ok({ url: displaced.url, username: displaced.username, password: password.value })
        : password;
    },
    async forget(account) {
      const claim = find(account);
      if (!claim) return;
      claims.write(claims.read().filter((other) => other.account !== account));
      if (claim.displaced?.password === 'keychain') await keychain.remove(secretName(account));
      if (claim.displaced?.password === 'file') {
        const { [account]: _gone, ...rest } = passwordFile.read();
        passwordFile.write(rest);
      }
    },
  };
}
