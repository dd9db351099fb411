import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../core/plain-text.ts';
import type { Clock, Log } from '../core/ports.ts';
import { makeFolder } from './folder.ts';

export interface FileLogOptions {
  /** `<data-dir>/logs` */
  readonly directory: string;
  readonly clock: Clock;
  readonly maximumBytes?: number;
}

const files = 5;
const standardMaximumBytes = 1_048_576;

/** An error has no enumerable fields of its own, and a bigint no JSON. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return typeof value === 'bigint' ? String(value) : value;
}

function toJson(line: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(line, plain);
  } catch {
    // Something circular was logged: the line is worth more than its facts.
    return JSON.stringify({ ...line, facts: 'not serialisable' });
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** app.log becomes app.log.1 and so on; the oldest goes. */
function rotate(path: string): void {
  rmSync(`${path}.${files - 1}`, { force: true });
  for (let age = files - 1; age >= 1; age -= 1) {
    const from = age === 1 ? path : `${path}.${age - 1}`;
    if (sizeOf(from) > 0) renameSync(from, `${path}.${age}`);
  }
}

/** JSON lines in app.log, five files of one megabyte at most. A line that cannot be written is lost: nothing else is. */
export function createFileLog(options: FileLogOptions): Log {
  const path = join(options.directory, 'app.log');
  const maximumBytes = options.maximumBytes ?? standardMaximumBytes;

  function append(text: string): void {
    makeFolder(options.directory);
    const size = sizeOf(path);
    if (size > 0 && size + Buffer.byteLength(text) > maximumBytes) rotate(path);
    appendFileSync(path, text, { mode: 0o600 });
  }

  return {
    write(level, event, facts) {
      const time = new Date(options.clock.now()).toISOString();
      // JSON leaves characters that end lines or turn text around as they are.
      const line = visible(toJson({ time, level, event, ...(facts === undefined ? {} : { facts }) }));
      try {
        append(`${line}\n`);
      } catch {
        // A full disk is told where it loses texts; there is nowhere left to tell it here.
      }
    },
  };
}

/** A log for runs that keep none. */
export function createSilentLog(): Log {
  return { write: () => undefined };
}
