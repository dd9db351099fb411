import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freshFolder } from './place.ts';

const canMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
/** In CI a skipped test counts as failed, so there it is not skipped. */
export const isLeftOut = !canMount && process.env['CI'] !== 'true';
export const whyLeftOut = canMount ? '' : ' (skipped: needs root, to mount a small tmpfs)';

/** A fresh folder on a disk of its own, so large (MiB). */
export function smallDisk(size: number): string {
  const folder = freshFolder();
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=700`, 'tmpfs', folder]);
  if (status !== 0) throw new Error(`No disk was mounted: ${stderr.toString()}`);
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

/** Leaves no room on the disk of a folder. Returns the file to remove for room. */
export function fillDisk(folder: string): string {
  const filler = join(folder, 'filler');
  for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
    try {
      writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full: the next size smaller.
    }
  }
  return filler;
}
