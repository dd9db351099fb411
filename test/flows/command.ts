import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

export type Line = Readonly<Record<string, unknown>>;

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Lines of standard output so far, as text. */
  readonly out: readonly string[];
  /** The same parsed; a line that is no JSON fails the test. */
  lines(): readonly Line[];
  linesOf(type: string): readonly Line[];
  err(): string;
  /** Resolves when `condition` holds of the lines so far; fails after 20 s with what was printed. */
  until(condition: (command: RunningCommand) => boolean, what?: string): Promise<void>;
  /** Resolves to the exit code. */
  readonly exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

export interface CommandSurroundings {
  readonly dataDirectory: string;
  readonly apiBase?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Where its standard output goes in place of `out`: an open file. */
  readonly stdout?: number;
}

/** The environment that gives a command the simulator's credentials. */
export function credentialsOf(simulator: Pick<Simulator, 'credentials'>): NodeJS.ProcessEnv {
  const { appKey, appSecret, username, password } = simulator.credentials;
  return {
    THINGSPACE_APP_KEY: appKey,
    THINGSPACE_APP_SECRET: appSecret,
    THINGSPACE_USERNAME: username,
    THINGSPACE_PASSWORD: password,
  };
}

/** Starts `thingspace-sms` from the sources, as a user would; it is ended with the test. */
export function startCommand(args: readonly string[], surroundings: CommandSurroundings): RunningCommand {
  const command = spawnCommand(args, surroundings);
  onTestFinished(async () => {
    const { exitCode, signalCode } = command.child;
    if (exitCode === null && signalCode === null) command.signal('SIGKILL');
    await command.exited;
  });
  return command;
}

/** The same outside of a test: who starts it ends it. */
export function spawnCommand(args: readonly string[], surroundings: CommandSurroundings): RunningCommand {
  const child = spawn(process.execPath, [cli, ...args], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile'),
      HOME: surroundings.dataDirectory,
      THINGSPACE_SMS_DATA_DIR: surroundings.dataDirectory,
      ...(surroundings.apiBase === undefined ? {} : { THINGSPACE_API_BASE: surroundings.apiBase }),
      ...surroundings.environment,
    },
    stdio: ['pipe', surroundings.stdout ?? 'pipe', 'pipe'],
  });
  const out: string[] = [];
  let err = '';
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of waiting) look();
  };
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      out.push(line);
      tell();
    });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += String(chunk);
    tell();
  });
  child.stdin?.end(surroundings.input ?? '');
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
      tell();
    });
  });

  const command: RunningCommand = {
    child,
    pid: child.pid ?? 0,
    out,
    lines: () => out.map((line): Line => JSON.parse(line)),
    linesOf: (type) => command.lines().filter((line) => line['type'] === type),
    err: () => err,
    exited,
    signal: (name) => child.kill(name),
    until(condition, what = 'the condition') {
      return new Promise((resolve, reject) => {
        const end = (): void => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const look = (): void => {
          if (!condition(command)) return;
          end();
          resolve();
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`${what} did not come.\nstdout (last):\n${out.slice(-20).join('\n')}\nstderr:\n${err}`));
        }, 20_000);
        waiting.add(look);
        look();
      });
    },
  };
  return command;
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<{ readonly code: number | null; readonly command: RunningCommand }> {
  const command = startCommand(args, surroundings);
  return { code: await command.exited, command };
}

/** Whether the account's newest state line says `state`. */
export function stands(command: RunningCommand, account: string, state: string): boolean {
  const states = command.linesOf('account').filter((line) => line['account'] === account);
  return states.at(-1)?.['state'] === state;
}
