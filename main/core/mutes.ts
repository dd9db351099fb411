import type { Message } from '../../preload/contract/message.ts';
import type { Mute, Muted } from '../../preload/contract/notification-choices.ts';

/* Mutes as the settings keep them. Times are milliseconds since 1970. */

export const everything: Muted = { kind: 'everything' };

function same(one: Muted, other: Muted): boolean {
  switch (one.kind) {
    case 'everything':
      return other.kind === 'everything';
    case 'account':
      return other.kind === 'account' && other.account === one.account;
    case 'device':
      return other.kind === 'device' && other.id === one.id;
  }
}

function lasts({ until }: Mute, now: number): boolean {
  return until === null || now < Date.parse(until);
}

/** The mute of exactly this that is in force, or null. */
export function muteOf(mutes: readonly Mute[], of: Muted, now: number): Mute | null {
  return mutes.find((mute) => same(mute.of, of) && lasts(mute, now)) ?? null;
}

/** The mutes with this one added, and without those that are over. */
export function withMute(mutes: readonly Mute[], of: Muted, forMs: number, now: number): readonly Mute[] {
  return [...withoutMute(mutes, of, now), { of, until: new Date(now + forMs).toISOString() }];
}

export function withoutMute(mutes: readonly Mute[], of: Muted, now: number): readonly Mute[] {
  return mutes.filter((mute) => !same(mute.of, of) && lasts(mute, now));
}

export function everythingIsMuted(mutes: readonly Mute[], now: number): boolean {
  return muteOf(mutes, everything, now) !== null;
}

export function accountIsMuted(mutes: readonly Mute[], account: string, now: number): boolean {
  return everythingIsMuted(mutes, now) || muteOf(mutes, { kind: 'account', account }, now) !== null;
}

/** A device is muted by any identifier that it is known to have, though the text carried another one. */
export function textIsMuted(mutes: readonly Mute[], { account, deviceIds, device }: Message, now: number): boolean {
  const ids = [...deviceIds, ...(device?.deviceIds ?? [])];
  return (
    accountIsMuted(mutes, account, now) || ids.some(({ id }) => muteOf(mutes, { kind: 'device', id }, now) !== null)
  );
}
