import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import type { Entropy } from '../core/ports.ts';

export function createEntropy(): Entropy {
  return {
    token: () => randomBytes(16).toString('base64url'),
    chance: () => randomInt(1_000_000) / 1_000_000,
    hash: (salt, parts) =>
      createHash('sha256')
        .update(JSON.stringify([salt, ...parts]))
        .digest('hex'),
    sign: (key, text) => createHmac('sha256', key.reveal()).update(text).digest('hex'),
  };
}
