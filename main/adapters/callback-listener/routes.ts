import { hash, timingSafeEqual } from 'node:crypto';
import type { ListenerRoute } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';

const prefix = '/callback/';
const longestPath = 256;

/**
 * Finds the route that a path names. Every route is compared, by hash and in constant time, so that the time an
 * answer takes tells nothing about a secret path.
 */
export function createRouteFinder(routes: () => readonly ListenerRoute[]): (path: string) => ListenerRoute | null {
  const hashes = new WeakMap<Secret, Buffer>();

  function hashOf(secret: Secret): Buffer {
    const known = hashes.get(secret);
    if (known) return known;
    const made = hash('sha256', secret.reveal(), 'buffer');
    hashes.set(secret, made);
    return made;
  }

  return (path) => {
    if (!path.startsWith(prefix) || path.length > longestPath) return null;
    const given = hash('sha256', path.slice(prefix.length), 'buffer');
    let found: ListenerRoute | null = null;
    for (const route of routes()) {
      if (timingSafeEqual(hashOf(route.secretPath), given)) found = route;
    }
    return found;
  };
}
