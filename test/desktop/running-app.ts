import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The built app in a process of its own, with the stand-in for Electron. */
export interface RunningApp {
  /** Does or reads what `name` says (test/desktop/register-stand-in.ts). */
  ask<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  output(): string;
  kill(): void;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

function connect(child: ChildProcess): RunningApp['ask'] {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on('message', ({ id, value, error }: Answer) => {
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the app has ended'));
    waiting.clear();
  });
  return <T>(name: string, ...args: readonly unknown[]) => {
    const answer = Promise.withResolvers<unknown>();
    asked += 1;
    waiting.set(asked, answer);
    child.send({ id: asked, name, args }, (error) => {
      if (error !== null) answer.reject(error);
    });
    return answer.promise as Promise<T>;
  };
}

/** Starts out/main/index.js, which `npm run build` makes, in the folder `home`. */
export function runBuiltApp(
  home: string,
  environment: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
  /** Where the app stands; left out: in the checkout. */
  app: string = root,
): RunningApp {
  const hook = join(import.meta.dirname, 'register-stand-in.ts');
  const child = spawn(process.execPath, ['--import', hook, join(app, 'out', 'main', 'index.js'), ...options], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, STAND_IN_HOME: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    ask: connect(child),
    ended: once(child, 'exit').then(([code]) => code as number | null),
    output: () => output,
    kill: () => void child.kill('SIGKILL'),
  };
}
