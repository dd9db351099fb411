import { randomBytes, scryptSync } from 'node:crypto';

/** 128 bits of chance, in hexadecimal. */
export function randomSalt(): string {
  return randomBytes(16).toString('hex');
}

/** A slow one-way hash (scrypt, about 50 ms): equal for equal parts, and no help in guessing them. */
export function fingerprint(salt: string, parts: readonly string[]): string {
  return scryptSync(JSON.stringify(parts), salt, 32).toString('hex');
}
