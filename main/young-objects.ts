import { setFlagsFromString } from 'node:v8';

/**
 * What a callback leaves behind lives for a moment. Left alone, V8 lets such young objects of each thread take ever more
 * room before it looks. Kept at the room it begins with, a flood takes as much processor time. To be called before much
 * is loaded: room that was taken is not given back.
 */
export function keepYoungObjectsFew(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
