import { createInterface, type Interface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { visible } from '../core/plain-text.ts';
import type { Terminal } from './io.ts';
import { ownColor } from './paint.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface RealTerminal extends Terminal {
  /** SIGINT or SIGTERM came. */
  askToStop(): void;
  /** What standard output failed with, such as a reader that went away; null while it works. */
  outputFailure(): NodeJS.ErrnoException | null;
  close(): void;
}

/** The status line is written anew at most this often (milliseconds). */
const statusEveryMs = 100;

/** The terminal of this process: results to standard output, all else to standard error. */
export function createTerminal({ stdin, stdout, stderr }: Streams, color: boolean): RealTerminal {
  const stopAsked = Promise.withResolvers<void>();
  const status = createStatusLine(stderr);
  let lines: Interface | null = null;
  let typed: AsyncIterator<string> | null = null;
  let outputFailure: NodeJS.ErrnoException | null = null;
  // Nobody gets the results any more: what runs ends as with Ctrl-C, and what writes on is told.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    outputFailure ??= error;
    stopAsked.resolve();
  });

  function hasRoom(): Promise<void> {
    return new Promise((resolve, reject) => {
      const drained = (): void => {
        stdout.off('error', reject);
        resolve();
      };
      stdout.once('drain', drained);
      stdout.once('error', reject);
    });
  }

  function write(text: string): Promise<void> {
    if (outputFailure) return Promise.reject(outputFailure);
    status.hide();
    const isWritten = stdout.write(text);
    status.show();
    return isWritten ? Promise.resolve() : hasRoom();
  }

  function nextLine(): Promise<string | null> {
    lines ??= createInterface({ input: stdin });
    typed ??= lines[Symbol.asyncIterator]();
    return typed.next().then(({ value, done }) => (done ? null : value));
  }

  return {
    isTerminal: stderr.isTTY && stdin.isTTY,
    color: color && stdout.isTTY,
    columns: () => (stdout.isTTY ? stdout.columns : null),
    stopAsked: stopAsked.promise,
    askToStop: () => stopAsked.resolve(),
    outputFailure: () => outputFailure,
    out: (line) => write(`${printable(line)}\n`),
    outExactly: (text) => write(stdout.isTTY ? harmless(text) : text),
    say(line) {
      status.hide();
      stderr.write(`${printable(line)}\n`);
      status.show();
    },
    input: stdin,
    status: (line) => status.set(line === null ? null : printable(line)),
    async ask(question, secret) {
      const stopped = stopAsked.promise.then(() => null);
      if (!stdin.isTTY) return Promise.race([nextLine(), stopped]);
      stderr.write(question);
      if (secret) return readHidden(stdin, stderr, stopped);
      const answer = await Promise.race([nextLine(), stopped]);
      // Nobody has pressed Enter: what is said next would stand behind the question.
      if (answer === null) stderr.write('\n');
      return answer;
    },
    close() {
      status.set(null);
      lines?.close();
      stdin.unref?.();
    },
  };
}

/** Whatever it was made of, a line can only be read: our own colours, tabs and line ends are all that steers. */
function printable(line: string): string {
  return everySecond(line.split(ownColor), harmless);
}

/** Only tabs and line ends steer: not even colours, for a device may send those as well. */
function harmless(text: string): string {
  return everySecond(text.split(/(\t|\r?\n)/), visible);
}

/** What stands between separators, changed; the separators as they are. */
function everySecond(parts: readonly string[], change: (part: string) => string): string {
  return parts.map((part, index) => (index % 2 === 1 ? part : change(part))).join('');
}

interface StatusLine {
  set(line: string | null): void;
  hide(): void;
  show(): void;
}

/** One line at the foot, only where there is a terminal; cut so that it never wraps. */
function createStatusLine(stderr: WriteStream | NodeJS.WriteStream): StatusLine {
  let shown: string | null = null;
  let visible = false;
  let timer: NodeJS.Timeout | null = null;
  const clear = '\r\u001b[2K';

  function draw(): void {
    timer = null;
    if (shown === null) return;
    stderr.write(`${clear}${cut(shown, stderr.columns)}`);
    visible = true;
  }

  return {
    set(line) {
      if (!stderr.isTTY) return;
      shown = line;
      if (line === null) this.hide();
      else timer ??= setTimeout(draw, statusEveryMs).unref();
    },
    hide() {
      if (!visible) return;
      stderr.write(clear);
      visible = false;
    },
    show() {
      if (shown !== null) timer ??= setTimeout(draw, statusEveryMs).unref();
    },
  };
}

/** Colour codes take no room. */
function cut(line: string, columns: number): string {
  let room = Math.max(10, columns - 1);
  let kept = '';
  // oxlint-disable-next-line no-control-regex -- the escape character begins a colour code
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const isCode = part.startsWith('\u001b');
    kept += isCode ? part : part.slice(0, room);
    if (!isCode) room = Math.max(0, room - part.length);
  }
  return kept;
}

/** Reads a line without showing it: raw mode, where Ctrl-C and Ctrl-D end the question. */
async function readHidden(
  stdin: ReadStream | NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
  stopped: Promise<null>,
): Promise<string | null> {
  const typed = Promise.withResolvers<string | null>();
  let text = '';
  const take = (chunk: string | Buffer): void => {
    for (const character of String(chunk)) {
      if (character === '\r' || character === '\n') return typed.resolve(text);
      if (character === '\u0003' || character === '\u0004') return typed.resolve(null);
      text = character === '\u007f' || character === '\b' ? text.slice(0, -1) : text + character;
    }
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', take);
  stdin.resume();
  const answer = await Promise.race([typed.promise, stopped]);
  stdin.off('data', take);
  stdin.setRawMode(false);
  stdin.pause();
  stderr.write('\n');
  return answer;
}
