import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { secretKinds } from '../../preload/contract/tunnel.ts';
import type { Keychain, KeychainFailure, Tunnels } from '../core/ports.ts';
import { createSecret } from '../core/secret.ts';
import { keychainRefusal, map } from './answers.ts';
import type { Context } from './context.ts';
import type { Handlers } from './router.ts';

export interface WayInHandlerDeps extends Pick<Context, 'state' | 'clock'> {
  readonly tunnels: Tunnels;
  readonly keychain: Keychain;
}

type WayInHandlers = Pick<Handlers, Extract<keyof Handlers, `wayIn.${string}` | `tunnel.${string}`>>;

/** How long a way in that nobody needs stays open for the person who sets it up (milliseconds). */
const trialMs = 5 * 60_000;

const nothing = ok({});

/** The way in from the internet: tried, and what is kept for tunnels. */
export function wayInHandlers({ tunnels, keychain, state, clock }: WayInHandlerDeps): WayInHandlers {
  let cancelTrial = (): void => {};

  const kept = (written: Result<void, KeychainFailure>): Result<Record<string, never>, PublicError> => {
    if (!written.ok) return fail(keychainRefusal(written.error));
    state.dispatch({ type: 'retry-asked' });
    return nothing;
  };

  return {
    async 'wayIn.try'() {
      cancelTrial();
      state.dispatch({ type: 'way-in-tried', tried: true });
      cancelTrial = clock.after(trialMs, () => state.dispatch({ type: 'way-in-tried', tried: false }));
      return nothing;
    },
    'tunnel.offers': async () => ok({ offers: await tunnels.offers() }),
    async 'tunnel.kept'() {
      const secrets: { readonly kind: (typeof secretKinds.options)[number]; readonly stored: boolean }[] = [];
      let problem: string | null = null;
      for (const kind of secretKinds.options) {
        const read = await keychain.read(`tunnel ${kind}`);
        if (!read.ok) problem = read.error.message;
        secrets.push({ kind, stored: read.ok && read.value !== null });
      }
      return ok({ secrets, problem, hosts: tunnels.hosts() });
    },
    'tunnel.saveSecret': async ({ kind, secret }) => kept(await keychain.write(`tunnel ${kind}`, createSecret(secret))),
    'tunnel.clearSecret': async ({ kind }) => kept(await keychain.remove(`tunnel ${kind}`)),
    async 'tunnel.forgetHost'({ host }) {
      const forgotten = tunnels.forgetHost(host);
      if (forgotten.ok && forgotten.value) state.dispatch({ type: 'retry-asked' });
      return map(forgotten, (wasKnown) => ({ forgotten: wasKnown }));
    },
  };
}
