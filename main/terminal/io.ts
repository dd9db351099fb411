import type { Readable } from 'node:stream';
import type { PublicError } from '../../preload/contract/errors.ts';

/** Exit codes of the command line's contract. */
export const exit = { done: 0, failed: 1, usage: 2, signIn: 3, timeout: 124 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** The terminal as commands see it. Results go to `out`; what is for people only goes to `say`. */
export interface Terminal {
  /** Writes a line of results, in which what would steer a terminal is escaped; resolves when there is room for more, rejects when nobody reads them any more. */
  out(line: string): Promise<void>;
  /** The same for what a hash is taken of, line ends included: byte for byte in a file or a pipe, escaped on a terminal alone. */
  outExactly(text: string): Promise<void>;
  /** Writes a line for a person, to standard error. */
  say(line: string): void;
  /** Keeps `line` at the foot of a terminal; null takes it away. Does nothing where there is no terminal. */
  status(line: string | null): void;
  readonly isTerminal: boolean;
  readonly color: boolean;
  /** Width of the terminal that results go to; null where they go to a file or a pipe. */
  columns(): number | null;
  /** Standard input as bytes, for who does not ask. */
  readonly input: Readable;
  /** Asks for a line; what is typed is not shown when `secret`. Without a terminal the next line of the input; null at its end, and once stopping was asked for. */
  ask(question: string, secret: boolean): Promise<string | null>;
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly stopAsked: Promise<void>;
}

/** A failure in words, with the service's own beneath, and the exit code that scripts get. */
export function tellFailure(terminal: Terminal, error: PublicError): ExitCode {
  terminal.say(error.message);
  const { service } = error;
  if (service) {
    const words = [
      service.status === null ? null : `HTTP ${service.status}`,
      service.errorCode,
      service.errorMessage,
    ].filter((part) => part !== null);
    if (words.length > 0) terminal.say(`  ThingSpace says: ${words.join(' · ')}`);
  }
  return exitCodeOf(error.code);
}

export function exitCodeOf(code: PublicError['code']): ExitCode {
  switch (code) {
    case 'credentials-missing':
    case 'keychain-locked':
    case 'sign-in-refused':
    case 'sign-in-stopped':
      return exit.signIn;
    default:
      return exit.failed;
  }
}
