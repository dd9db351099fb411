import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
/** Of electron-builder, as Node runs it. */
export const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'));

/** A folder that looks like Electron to the packager: a program with nothing but a wire of fuses, all in doubt. */
async function makeStandInDistribution(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 8]),
    Buffer.alloc(8, '0'),
  ]);
  await writeFile(join(folder, 'electron'), wire);
  await chmod(join(folder, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) await writeFile(join(folder, name), '');
}

/**
 * What every Linux package carries, without Electron's program: app.asar, the native modules beside it and the licences,
 * in `linux-unpacked` within `folder`. Needs nothing from outside.
 */
export async function buildArchive(folder: string): Promise<string> {
  const standIn = await mkdtemp(join(tmpdir(), 'stand-in-electron-'));
  try {
    await makeStandInDistribution(standIn);
    const choices = [`-c.electronDist=${standIn}`, `-c.directories.output=${folder}`];
    await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...choices], {
      cwd: root,
    });
    return join(folder, 'linux-unpacked');
  } finally {
    await rm(standIn, { recursive: true, force: true });
  }
}
