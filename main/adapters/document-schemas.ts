import { z } from 'zod';
import { gap, timelineEntry } from '../../preload/contract/snapshot.ts';

/** Refused sign-ins, newest first (services/sign-in-guard.ts). */
export const signInRecords = z
  .array(z.object({ fingerprint: z.string(), salt: z.string(), refusals: z.number().int().min(0) }))
  .readonly();

/** Names of the secrets that the keychain is known to hold (adapters/keychain.ts). */
export const keychainRecord = z.array(z.string()).readonly();

/** What this app did to accounts' callbacks (services/lease.ts). */
export const claims = z
  .array(
    z.object({
      account: z.string(),
      urlHashes: z.array(z.string()).readonly(),
      displaced: z
        .object({ url: z.string(), username: z.string(), password: z.enum(['none', 'keychain', 'file']) })
        .nullable(),
    }),
  )
  .readonly();

/** By account: the password of a displaced callback, where there is no keychain. */
export const displacedPasswords = z.record(z.string(), z.string());

/** What happened, oldest first (services/timeline.ts). */
export const timeline = z.array(timelineEntry).readonly();

/** By account: its newest gap (services/alive.ts). */
export const gaps = z.record(z.string(), gap);

/** By `host:port`: the fingerprint of the key that an SSH server showed first (adapters/tunnel). */
export const knownHosts = z.record(z.string(), z.string());

/** Programs of tunnels that run beside this process (adapters/tunnel/processes.ts). */
export const tunnelChildren = z.array(z.object({ pid: z.number().int().positive(), began: z.string() })).readonly();

/** Until when this computer was listening: milliseconds since 1970. */
export const listening = z.number().nullable();
