import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules');

/** Electron's binary, where it was fetched; its package alone is only a loader. */
function findElectron(): string | null {
  try {
    const name = readFileSync(join(bin, 'electron', 'path.txt'), 'utf8').trim();
    const path = join(bin, 'electron', 'dist', name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function hasDisplay(environment: NodeJS.ProcessEnv): boolean {
  return process.platform !== 'linux' || Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/** Hands this terminal to `command`; its end is ours. Ctrl-C reaches it directly, so here it only must not end us first. */
function handOver(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
}

const wanted = process.argv.slice(2);
const isDemo = wanted[0] === 'demo';
const electron = findElectron();
const onlyTerminal = wanted.some((option) => option.startsWith('--') && option !== '--no-open');
if (electron && hasDisplay(process.env) && !onlyTerminal) {
  if (!existsSync(join(root, 'out', 'main', 'index.js'))) {
    const built = spawn(process.execPath, [join(bin, 'electron-vite', 'bin', 'electron-vite.js'), 'build'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await new Promise((resolve) => built.on('exit', resolve));
  }
  handOver(electron, ['.', ...(isDemo ? ['--demo'] : [])]);
} else {
  const why = electron ? 'There is no display' : 'Electron is not here';
  if (!onlyTerminal) process.stderr.write(`${why}, so there is no tray; the same window opens in a browser instead.\n`);
  handOver(process.execPath, [join(root, 'main', 'cli.ts'), ...(isDemo ? wanted : ['serve', ...wanted])]);
}
