import { fail, ok, type Result } from '../preload/contract/result.ts';
import type { Proxies } from './adapters/network.ts';
import { createSecret, type Secret } from './core/secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Credentials for one run. Every name that holds a secret stands here or in `secretNames`. */
export const credentialNames = [
  'THINGSPACE_APP_KEY',
  'THINGSPACE_APP_SECRET',
  'THINGSPACE_USERNAME',
  'THINGSPACE_PASSWORD',
] as const;

const secretNames = [...credentialNames, 'THINGSPACE_TUNNEL_SECRET', 'THINGSPACE_FORWARD_SECRET'];

/** What curl and Node understand: lower case wins, and HTTP_PROXY is for plain http only. */
export function readProxies(environment: Environment): Result<Proxies, string> {
  const given = (name: string): string | null =>
    (environment[name.toLowerCase()] || environment[name] || '').trim() || null;
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) {
    const proxy = given(name);
    // The value can hold a password, so it is not shown.
    if (proxy !== null && !/^https?:\/\/[^/\s]+\/?$/.test(proxy))
      return fail(`${name} is no proxy that can be used. Give one such as http://proxy.example:3128, or unset it.`);
  }
  return ok({ http: given('HTTP_PROXY'), https: given('HTTPS_PROXY'), except: given('NO_PROXY') ?? '' });
}

/** The signing secret of forwarded texts, as Standard Webhooks writes one. */
export function readForwardSecret(environment: Environment): Result<Secret | null, string> {
  const text = environment['THINGSPACE_FORWARD_SECRET'] ?? '';
  if (text === '') return ok(null);
  const bytes = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text.slice(6), 'base64').length : 0;
  return bytes >= 24 && bytes <= 64
    ? ok(createSecret(text))
    : fail('THINGSPACE_FORWARD_SECRET is "whsec_" and 24 to 64 bytes in base64. Without it, one is made and shown.');
}

/**
 * Takes out of the environment, once it was read, what programs that this one starts (a browser, a tunnel, the
 * keychain's helper) are not to inherit, and what would switch the checking of certificates off.
 */
export function withdrawSecrets(environment: Record<string, string | undefined>): void {
  for (const name of [...secretNames, 'NODE_TLS_REJECT_UNAUTHORIZED']) delete environment[name];
}
