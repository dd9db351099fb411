import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Clock, Document, Log } from '../../core/ports.ts';
import { beganAt, type ChildEnvironment, endGroup, isLeftover, type StartedProcess } from './processes.ts';

export interface ChildEvents {
  /** A line of its output or its errors: printable characters only, cut when very long. */
  line(text: string): void;
  /** Called once, after all lines, with how it ended, such as `exit code 1`. */
  ended(how: string): void;
}

export interface RunningChild {
  /** Asks it to end, insists after a while; resolves when it and all that it started are gone. */
  stop(): Promise<void>;
}

export interface Children {
  /** A failure is the system's word for it, such as ENOENT. */
  start(
    program: string,
    args: readonly string[],
    port: number,
    events: ChildEvents,
  ): Promise<Result<RunningChild, string>>;
  /** Ends what a run before this one left behind, for instance because it was killed. */
  endLeftovers(): void;
}

export interface ChildrenDeps {
  /** Which processes are ours, on disk as long as they run. */
  readonly record: Document<readonly StartedProcess[]>;
  /** All that a child gets: where programs, home and language are. */
  readonly environment: ChildEnvironment;
  readonly clock: Clock;
  readonly log: Log;
}

const longestLine = 4096;
/** How long a child may take to end by itself (milliseconds). */
const patienceMs = 1000;

/** Calls `tell` for each line; what comes without an end of line is bounded. */
function readLines(stream: Readable, tell: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split(/[\r\n]+/);
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) tell(line);
  });
  stream.on('end', () => tell(rest));
}

/** Without colours and control characters, which garbage may hold. */
function plain(line: string): string {
  return (
    line
      .slice(0, longestLine)
      // oxlint-disable-next-line no-control-regex -- the escape character begins a colour code
      .replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '')
      .replaceAll(/[\p{C}\uFFFD]/gu, '')
      .trim()
  );
}

/** Programs that run beside this process and never outlive it: not its stop, not its crash, not its kill -9. */
export function createChildren(deps: ChildrenDeps): Children {
  const { record, environment, clock, log } = deps;
  const running = new Set<number>();

  function remember(change: (before: readonly StartedProcess[]) => readonly StartedProcess[]): void {
    const written = record.write(change(record.read()));
    if (!written.ok) log.write('warn', 'child-record-failed', { message: written.error.message });
  }

  function killAll(): void {
    for (const pid of running) endGroup(pid, 'SIGKILL', environment);
  }

  function began(pid: number): void {
    if (running.size === 0) process.on('exit', killAll);
    running.add(pid);
    const at = beganAt(pid, environment);
    if (at !== null) remember((before) => [...before, { pid, began: at }]);
  }

  function gone(pid: number): void {
    endGroup(pid, 'SIGKILL', environment);
    running.delete(pid);
    if (running.size === 0) process.off('exit', killAll);
    remember((before) => before.filter((started) => started.pid !== pid));
  }

  function watch(child: ChildProcess, pid: number, events: ChildEvents): RunningChild {
    const ended = new Promise<void>((resolve) => {
      // What it started may hold its output open: the end of the process is what counts.
      child.once('exit', (code, signal) => {
        gone(pid);
        const how = signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`;
        // Lines that are on their way come first.
        clock.after(20, () => {
          events.ended(how);
          resolve();
        });
      });
    });
    return {
      async stop() {
        endGroup(pid, 'SIGTERM', environment);
        const cancel = clock.after(patienceMs, () => endGroup(pid, 'SIGKILL', environment));
        await ended;
        cancel();
      },
    };
  }

  return {
    start(program, args, port, events) {
      const child = spawn(program, args, {
        // PORT is for programs that read it from there, such as frpc in its configuration.
        env: { ...environment, PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe'],
        // Its own process group, so that what it starts can be ended with it.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      const tell = (line: string): void => {
        const text = plain(line);
        if (text !== '') events.line(text);
      };
      readLines(child.stdout, tell);
      readLines(child.stderr, tell);
      return new Promise((resolve) => {
        child.once('error', (error: NodeJS.ErrnoException) => resolve(fail(error.code ?? error.message)));
        child.once('spawn', () => {
          const { pid = 0 } = child;
          began(pid);
          resolve(ok(watch(child, pid, events)));
        });
      });
    },
    endLeftovers() {
      const left = record.read().filter((started) => !running.has(started.pid));
      if (left.length === 0) return;
      for (const started of left) {
        if (!isLeftover(started, environment)) continue;
        log.write('info', 'leftover-ended', { pid: started.pid });
        endGroup(started.pid, 'SIGKILL', environment);
      }
      remember((before) => before.filter((started) => !left.includes(started)));
    },
  };
}
