import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { createMessages } from './migrations/0001-messages.ts';
import { createForwards } from './migrations/0002-forwards.ts';
import { createDevices } from './migrations/0003-devices.ts';
import { createSends } from './migrations/0004-sends.ts';
import { createArrivals } from './migrations/0005-arrivals.ts';
import { createStars } from './migrations/0006-stars.ts';
import { createByHistory } from './migrations/0007-by-history.ts';

/** Steps in order: step n makes `PRAGMA user_version` n. Never edited after release. */
const steps: readonly ((database: Database, storeKey: string) => void)[] = [
  createMessages,
  createForwards,
  createDevices,
  createSends,
  createArrivals,
  createStars,
  createByHistory,
];
const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** Six random base32 characters: ids of a fresh database never repeat those of an earlier one. */
function createStoreKey(): string {
  return Array.from(randomBytes(6), (byte) => letters.charAt(byte & 31)).join('');
}

/**
 * Brings the schema up to date, each step in a transaction of its own. False when a later version of this program made
 * the database: it is left untouched.
 */
export function migrate(database: Database): boolean {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > steps.length) return false;
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      step(database, createStoreKey());
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
  return true;
}
