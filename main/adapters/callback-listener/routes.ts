import { timingSafeEqual } from 'node:crypto';
import type { ListenerRoute } from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';

const prefix = '/callback/';
const longestPath = 256;

/**
 * Finds the route that a path names. Every route is compared, in constant time for a path of its length, so that the
 * time an answer takes tells nothing about a secret path.
 */
export function createRouteFinder(routes: () => readonly ListenerRoute[]): (path: string) => ListenerRoute | null {
  const paths = new WeakMap<Secret, Buffer>();

  function bytesOf(secret: Secret): Buffer {
    const known = paths.get(secret);
    if (known) return known;
    const made = Buffer.from(secret.reveal());
    paths.set(secret, made);
    return made;
  }

  return (path) => {
    if (!path.startsWith(prefix) || path.length > longestPath) return null;
    const given = Buffer.from(path.slice(prefix.length));
    let found: ListenerRoute | null = null;
    for (const route of routes()) {
      const secretPath = bytesOf(route.secretPath);
      if (secretPath.length === given.length && timingSafeEqual(secretPath, given)) found = route;
    }
    return found;
  };
}
