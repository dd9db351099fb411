/** Who is to be told what: at most one registration for each account and service. */
import type { ReadSwitches } from './switches.ts';

export interface Registration {
  readonly accountName: string;
  readonly serviceName: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export type CallbackCredentials = Pick<Registration, 'username' | 'password'>;

export interface Registry {
  hold(registration: Registration): void;
  /** False when there was nothing to release. */
  release(account: string, service: string): boolean;
  find(account: string, service: string): Registration | null;
  all(account: string): readonly Registration[];
  /** What the next delivery carries; for a while after a change that can be what was registered before. */
  credentialsFor(registration: Registration): CallbackCredentials;
}

interface Place {
  held: Registration | null;
  latest: CallbackCredentials | null;
  stale: { readonly credentials: CallbackCredentials; left: number } | null;
}

export function createRegistry(switches: ReadSwitches): Registry {
  const places = new Map<string, Place>();

  function place(account: string, service: string): Place {
    const key = `${account}/${service}`;
    const known = places.get(key) ?? { held: null, latest: null, stale: null };
    places.set(key, known);
    return known;
  }

  return {
    hold(registration) {
      const { accountName, serviceName, username, password } = registration;
      const spot = place(accountName, serviceName);
      const left = switches().staleCredentialDeliveries;
      if (spot.latest && left > 0) spot.stale = { credentials: spot.latest, left };
      spot.held = registration;
      spot.latest = { username, password };
    },
    release(account, service) {
      const spot = place(account, service);
      const wasHeld = spot.held !== null;
      spot.held = null;
      return wasHeld;
    },
    find: (account, service) => places.get(`${account}/${service}`)?.held ?? null,
    all: (account) => [...places.values()].flatMap(({ held }) => (held?.accountName === account ? [held] : [])),
    credentialsFor(registration) {
      const { stale } = place(registration.accountName, registration.serviceName);
      if (!stale || stale.left === 0) return registration;
      stale.left -= 1;
      return stale.credentials;
    },
  };
}
