import { readFileSync } from 'node:fs';

/** The version in package.json, which stands beside this folder in the sources and two above the bundle. */
export function appVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const read: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      if (typeof read === 'object' && read !== null && 'version' in read) return String(read.version);
    } catch {
      // Not there: the other place.
    }
  }
  return '0.0.0';
}
