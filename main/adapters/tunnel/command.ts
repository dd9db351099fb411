import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Clock, OpenTunnel, Tunnel, TunnelEvents, TunnelFailure } from '../../core/ports.ts';
import type { Children, RunningChild } from './child.ts';
import { findProgram } from './find-program.ts';

/** A program that opens a tunnel and prints where. */
export interface TunnelCommand {
  /** As it stands in sentences. */
  readonly title: string;
  readonly program: string;
  /** `{port}` stands for the local port. */
  readonly args: readonly string[];
  /** Where its output has the public URL (the first group, or all of the match); null: `publicUrl` is known. */
  readonly url: RegExp | null;
  /** The line that says that it is up; null: having the URL is enough. */
  readonly ready: RegExp | null;
  readonly publicUrl: string | null;
  /** Lines after which only a person can help, and what to say then. */
  readonly refusals: readonly { readonly line: RegExp; readonly message: string }[];
  /** How to get the program. */
  readonly install: string;
}

export interface CommandTunnelDeps {
  readonly children: Children;
  readonly clock: Clock;
  /** PATH */
  readonly searchPath: string;
  /** How long it may take until it has an address (milliseconds). */
  readonly readyWithinMs?: number;
}

const standardReadyWithinMs = 30_000;

/** What is known of one start of the command. */
interface Run {
  url: string | null;
  ready: boolean;
  lastLine: string;
}

function failure(kind: TunnelFailure['kind'], message: string): TunnelFailure {
  return { kind, message };
}

function lastWords({ lastLine }: Run): string {
  return lastLine === '' ? 'It printed nothing.' : `Its last line: “${lastLine.slice(0, 300)}”.`;
}

/** A tunnel that a program opens: started, read, watched and ended with this process. */
export function createCommandTunnel(command: TunnelCommand, deps: CommandTunnelDeps): Tunnel {
  const { title } = command;
  const withinMs = deps.readyWithinMs ?? standardReadyWithinMs;
  let abandon = (): void => {};

  function look(line: string, run: Run): void {
    run.lastLine = line;
    const found = command.url?.exec(line);
    if (found) run.url = (found[1] ?? found[0]).replace(/\/+$/, '');
    if (command.ready === null ? run.url !== null : command.ready.test(line)) run.ready = true;
  }

  async function open(localPort: number, events: TunnelEvents): Promise<Result<OpenTunnel, TunnelFailure>> {
    const program = findProgram(command.program, deps.searchPath);
    if (program === null)
      return fail(failure('needs-you', `${command.program} was not found on this computer. ${command.install}`));
    const run: Run = { url: command.publicUrl, ready: command.url === null && command.ready === null, lastLine: '' };
    const outcome = Promise.withResolvers<void>();
    let opened: string | null = null;
    let over: TunnelFailure | null = null;
    let child: RunningChild | null = null;

    function refused(refusal: TunnelFailure): void {
      over ??= refusal;
      outcome.resolve();
      if (opened === null) return;
      opened = null;
      events.lost(refusal);
      void child?.stop();
    }

    function onLine(line: string): void {
      look(line, run);
      const refusal = command.refusals.find((entry) => entry.line.test(line));
      if (refusal) return refused(failure('needs-you', `${refusal.message} ${lastWords(run)}`));
      if (!run.ready || run.url === null) return;
      outcome.resolve();
      if (opened === null || opened === run.url) return;
      opened = run.url;
      events.changed(run.url);
    }

    const args = command.args.map((arg) => arg.replaceAll('{port}', String(localPort)));
    const started = await deps.children.start(program, args, localPort, {
      line: onLine,
      ended: (how) => refused(failure('passing', `${title} ended (${how}). ${lastWords(run)} It is started again.`)),
    });
    if (!started.ok)
      return fail(failure('needs-you', `${title} could not be started (${started.error}). ${command.install}`));
    child = started.value;
    if (run.ready && run.url !== null) outcome.resolve();
    abandon = () => refused(failure('passing', `${title} was given up before it had an address.`));
    const cancel = deps.clock.after(withinMs, outcome.resolve);
    await outcome.promise;
    cancel();
    // An address without the line that should follow is taken: another version may word it otherwise.
    if (over !== null || run.url === null || (!run.ready && command.url === null)) {
      const late = `${title} has no address after ${withinMs / 1000} s. ${lastWords(run)} It is started again.`;
      const reason = over ?? failure('passing', late);
      await child.stop();
      return fail(reason);
    }
    opened = run.url;
    return ok({
      publicUrl: run.url,
      async close() {
        opened = null;
        await started.value.stop();
      },
    });
  }

  return { open, abandon: () => abandon() };
}

/** The words of a command line: separated by spaces, kept together by quotes. No shell reads them. */
export function splitCommand(text: string): readonly string[] {
  const words = text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g);
  return [...words].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
