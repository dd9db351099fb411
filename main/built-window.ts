import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../preload/contract/result.ts';

/** The folder of the built window. In a fresh checkout it is built first, in a second or two. */
export async function builtWindow(): Promise<Result<string, string>> {
  const root = join(import.meta.dirname, '..');
  const folder = join(root, 'out', 'renderer');
  if (existsSync(join(folder, 'index.html'))) return ok(folder);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  try {
    await promisify(execFile)(
      process.execPath,
      [vite, 'build', '--logLevel', 'error', '--config', join('renderer', 'vite.config.ts')],
      { cwd: root },
    );
    return ok(folder);
  } catch {
    return fail(
      `The window is not built, and building it failed. Run "npm ci" and "npm run build" in ${root}, or watch in the terminal alone.`,
    );
  }
}
