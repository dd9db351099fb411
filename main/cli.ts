#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ok } from '../preload/contract/result.ts';
import { storeMark } from './adapters/message-db/store-mark.ts';
import type { Invocation, Surroundings } from './config.ts';
import { cacheDirectory, defaultApiBase, readInvocation } from './config.ts';
import { withdrawSecrets } from './config-network.ts';
import type { Command, CommandContext } from './terminal/command.ts';
import { endingWhenAsked } from './terminal/ending-session.ts';
import { exit } from './terminal/io.ts';
import { createTerminal, type RealTerminal } from './terminal/real-terminal.ts';
import { appVersion } from './version.ts';
import { keepYoungObjectsFew } from './young-objects.ts';

type Run = Extract<Invocation, { readonly kind: 'run' }>;

/** Loaded only when asked for: `--version` and `--help` need none of it. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  accounts: async () => (await import('./terminal/accounts.ts')).accounts,
  bench: async () => (await import('./terminal/bench.ts')).bench,
  backup: async () => (await import('./terminal/backup.ts')).backup,
  callbacks: async () => (await import('./terminal/oneshot.ts')).callbacks,
  completion: async () => (await import('./terminal/completion.ts')).completion,
  demo: async () => (await import('./demo.ts')).demo,
  doctor: async () => (await import('./terminal/doctor.ts')).doctor,
  drain: async () => (await import('./terminal/oneshot.ts')).drain,
  export: async () => (await import('./terminal/export.ts')).exportTexts,
  forwards: async () => (await import('./terminal/forwards.ts')).forwards,
  listen: async () => (await import('./terminal/listen.ts')).listen,
  login: async () => (await import('./terminal/credentials.ts')).login,
  logout: async () => (await import('./terminal/credentials.ts')).logout,
  messages: async () => (await import('./terminal/messages.ts')).messages,
  devices: async () => (await import('./terminal/devices.ts')).devices,
  retention: async () => (await import('./terminal/retention.ts')).retention,
  replay: async () => (await import('./terminal/replay.ts')).replay,
  send: async () => (await import('./terminal/send.ts')).send,
  service: async () => (await import('./terminal/service.ts')).service,
  serve: async () => (await import('./terminal/serve.ts')).serve,
  simulate: async () => (await import('./demo.ts')).simulate,
  start: async () => (await import('./terminal/oneshot.ts')).start,
  status: async () => (await import('./terminal/status.ts')).status,
  unverified: async () => (await import('./terminal/unverified.ts')).unverified,
  verify: async () => (await import('./terminal/verify.ts')).verify,
  timeline: async () => (await import('./terminal/timeline.ts')).timeline,
  tunnels: async () => (await import('./terminal/tunnels.ts')).tunnels,
  wait: async () => (await import('./terminal/wait.ts')).wait,
};

/** A second signal this long after the first ends the process at once; sooner, it is the same Ctrl-C (milliseconds). */
const secondSignalAfterMs = 500;

const endedAtOnce =
  'Ended at once, as asked a second time. Stored texts are safe; what was not given back at ThingSpace is put right at the next start.';

function watchSignals(terminal: RealTerminal): void {
  let firstAt = 0;
  const onSignal = (): void => {
    if (firstAt !== 0 && Date.now() - firstAt > secondSignalAfterMs) {
      terminal.say(endedAtOnce);
      process.exit(exit.failed);
    }
    if (firstAt === 0) firstAt = Date.now();
    terminal.askToStop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Node would open its debugger, and every user of this computer could read the credentials in it.
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
}

function openBrowser(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/**
 * What the sources compile to is kept for the next start, in a folder of the user's own. The environment hands it on to
 * threads and helpers: they then start faster, and without WebAssembly, with which Node takes types out of sources and
 * whose code V8 compiles behind every thread's back.
 */
function keepCompiled(environment: NodeJS.ProcessEnv): void {
  const { directory } = enableCompileCache(cacheDirectory());
  if (directory !== undefined) environment['NODE_COMPILE_CACHE'] = directory;
}

function placesOf({ dataDirectory, dataDirectoryGiven, apiBase }: Surroundings): CommandContext['places'] {
  return {
    dataDirectory: dataDirectoryGiven ? dataDirectory : null,
    apiBase: apiBase === defaultApiBase ? null : apiBase,
  };
}

async function run({ command, options, surroundings }: Run): Promise<number> {
  keepYoungObjectsFew();
  keepCompiled(process.env);
  const terminal = createTerminal(process, surroundings.color);
  watchSignals(terminal);
  const { attach } = await import('./open-core.ts');
  const { openCommandCore } = await import('./command-core.ts');
  const context: CommandContext = {
    terminal,
    options,
    apiIsLoopback: surroundings.apiIsLoopback,
    pid: process.pid,
    program: { node: process.execPath, script: import.meta.filename, version: appVersion() },
    places: placesOf(surroundings),
    now: () => Date.now(),
    pause: (ms) => Promise.race([pause(ms), terminal.stopAsked]),
    openBrowser,
    readLog: async () => {
      const { createLogReader } = await import('./log-reader.ts');
      return createLogReader(join(surroundings.dataDirectory, 'logs'))();
    },
    textPatterns: async () => (await import('./adapters/text-patterns.ts')).createTextPatterns(),
    storeMark: () => storeMark(surroundings.dataDirectory),
    async attach() {
      const session = await attach(surroundings, ({ message }) => terminal.say(message));
      return session.ok ? ok(endingWhenAsked(session.value, terminal.stopAsked)) : session;
    },
    own: (request) => openCommandCore(surroundings, request),
  };
  try {
    if (options.has('query')) (await import('./terminal/query-warning.ts')).warnOfQuery(context);
    const load = commands[command.name];
    const code = load ? await (await load())(context) : exit.usage;
    return afterOutput(terminal) ?? code;
  } catch (error) {
    const code = afterOutput(terminal);
    if (code === null) throw error;
    return code;
  } finally {
    terminal.close();
  }
}

/** The exit code where results could not be written; null where they could. */
function afterOutput(terminal: RealTerminal): number | null {
  const failure = terminal.outputFailure();
  if (failure === null) return null;
  if (isGone(failure)) return exit.done;
  terminal.say(outputTrouble(failure));
  return exit.failed;
}

function print(text: string): Promise<number> {
  // What goes wrong comes to the callback too; without a listener it would end the process.
  process.stdout.on('error', () => {});
  return new Promise((resolve) =>
    process.stdout.write(`${text}\n`, (error) => {
      if (error && !isGone(error)) process.stderr.write(`${outputTrouble(error)}\n`);
      resolve(!error || isGone(error) ? exit.done : exit.failed);
    }),
  );
}

function outputTrouble({ code, message }: NodeJS.ErrnoException): string {
  return `Standard output cannot be written: ${code === 'ENOSPC' ? 'the disk is full' : message}.`;
}

/** A reader that went away (`| head`) is no failure of ours. */
function isGone(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE';
}

/** Runs one command; resolves to the exit code of the command line's contract. */
async function main(argv: readonly string[]): Promise<number> {
  const invocation = readInvocation(argv, process.env);
  withdrawSecrets(process.env);
  if (!invocation.ok) {
    process.stderr.write(`${invocation.error}\n`);
    return exit.usage;
  }
  switch (invocation.value.kind) {
    case 'version':
      return print(appVersion());
    case 'help': {
      const { helpText } = await import('./terminal/help.ts');
      return print(helpText(invocation.value.command));
    }
    case 'run':
      return run(invocation.value);
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((bug: unknown) => {
  process.stderr.write(
    `This is an error in thingspace-sms itself: ${bug instanceof Error ? bug.message : String(bug)}\n`,
  );
  return exit.failed;
});
