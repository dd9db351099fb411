import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeNodePackage } from '../../../resources/node-package.ts';
import type { Bench } from './bench.ts';

/* Commands as a shell starts them: from the sources of a checkout, and as npm installs them. */

const root = join(import.meta.dirname, '..', '..', '..');
export const sourceCommand = join(root, 'main', 'cli.ts');

/** The command as the package for npm has it, made once for a run. */
export function builtCommand(bench: Bench): Promise<string> {
  return bench.once('built command', async () => {
    // Within the checkout, whose packages it then finds.
    const folder = join(root, 'out', 'bench-package');
    bench.atEnd(() => rmSync(folder, { recursive: true, force: true }));
    await makeNodePackage(folder);
    return join(folder, 'main', 'cli.js');
  });
}

export interface CommandRun {
  /** Milliseconds from its start until standard output held each of the words that were waited for. */
  readonly saidMs: readonly number[];
  /** Milliseconds from its start to its end. */
  readonly totalMs: number;
  /** The most resident memory it had at one time, MB; NaN where the system does not tell. */
  readonly peakMB: number;
}

function peakOf(pid: number | undefined): number {
  try {
    return (Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Runs Node to its end; as soon as it has said the last of `words`, it is told to stop. `home`: where it keeps what is compiled. */
export async function runNode(
  args: readonly string[],
  home: string,
  { words = [], environment = {} }: { words?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  const startedAt = performance.now();
  const passed = () => performance.now() - startedAt;
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], HOME: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const saidMs: number[] = [];
  let [said, complaint, peakMB] = ['', '', Number.NaN];
  child.stdout.on('data', (chunk: Buffer) => {
    if (saidMs.length === words.length) return;
    said += String(chunk);
    for (const word of words.slice(saidMs.length)) if (said.includes(word)) saidMs.push(passed());
    if (saidMs.length === words.length) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += String(chunk);
  });
  const looking = setInterval(() => {
    peakMB = peakOf(child.pid) || peakMB;
  }, 10);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const totalMs = passed();
  clearInterval(looking);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${complaint}`);
  return { saidMs, totalMs, peakMB };
}
