import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/** Whether another process can be looked into, and its system calls be made to fail. */
export const canTrace = process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;

/** Lets strace follow all threads of a process that runs; resolves, once it does, to what lets go of it again. */
export async function trace(pid: number, ...options: readonly string[]): Promise<() => Promise<void>> {
  const strace = spawn('strace', ['-f', ...options, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => strace.on('close', () => resolve()));
  const letGo = async (): Promise<void> => {
    strace.kill('SIGINT');
    await ended;
  };
  onTestFinished(letGo);
  let said = '';
  // Only when every thread is followed does it say so, in one line.
  await new Promise<void>((resolve, reject) => {
    strace.stderr.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes(`Process ${pid} attached`)) resolve();
    });
    void ended.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  return letGo;
}

export interface Acknowledgement {
  /** Texts that the 2xx, or the next request to the queue, tells ThingSpace that we have. */
  readonly texts: readonly string[];
  /** Those of them that were not written and synced when it went out. */
  readonly notSynced: readonly string[];
}

interface Call {
  readonly pid: string;
  readonly name: string;
  readonly descriptor: string;
  readonly rest: string;
  readonly begins: boolean;
  readonly succeeded: boolean;
}

/** A line of strace's log; short numbers of processes are padded. A call that others interrupt stands in two: where it begins, and where it ended. */
function readLine(line: string): Call | null {
  const whole = /^(\d+) +(\w+)\((\d+)(.*)$/s.exec(line);
  if (whole) {
    const [, pid = '', name = '', descriptor = '', rest = ''] = whole;
    return { pid, name, descriptor, rest, begins: true, succeeded: / = \d+$/.test(rest) };
  }
  const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/s.exec(line);
  if (!resumed) return null;
  const [, pid = '', name = '', rest = ''] = resumed;
  return { pid, name, descriptor: '', rest, begins: false, succeeded: / = \d+$/.test(rest) };
}

/**
 * Reads from a log (`-e trace=read,write,writev,pwrite64,fdatasync,fsync`) in which order each text (`text` is how one
 * looks) came in, was written to the store, was synced, and was acknowledged.
 */
export function readAcknowledgements(log: string, text: RegExp): readonly Acknowledgement[] {
  const found: Acknowledgement[] = [];
  const written = new Set<string>();
  const synced = new Set<string>();
  /** By thread: what a sync under way will have brought to the disk. */
  const syncing = new Map<string, readonly string[]>();
  /** By socket: texts that came through it and are not acknowledged yet. */
  const came = new Map<string, string[]>();
  /** Sockets on which the service answers, rather than calls. */
  const asked = new Set<string>();
  /** By thread: the descriptor of a read that others interrupted. */
  const reading = new Map<string, string>();
  const textsIn = (words: string): readonly string[] => Array.from(words.matchAll(text), ([match]) => match);

  function acknowledge(socket: string): void {
    const texts = came.get(socket) ?? [];
    came.delete(socket);
    if (texts.length > 0) found.push({ texts, notSynced: texts.filter((each) => !synced.has(each)) });
  }

  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const call = readLine(line);
    if (!call) continue;
    switch (call.name) {
      case 'read': {
        if (call.begins) reading.set(call.pid, call.descriptor);
        const socket = reading.get(call.pid) ?? '';
        if (call.rest.includes('"HTTP/1.1 ')) asked.add(socket);
        if (call.rest.includes('"POST /')) asked.delete(socket);
        came.set(socket, [...(came.get(socket) ?? []), ...textsIn(call.rest)]);
        break;
      }
      case 'pwrite64':
        for (const each of textsIn(call.rest)) written.add(each);
        break;
      case 'fsync':
      case 'fdatasync':
        if (call.begins) syncing.set(call.pid, Array.from(written));
        if (call.succeeded) for (const each of syncing.get(call.pid) ?? []) synced.add(each);
        break;
      case 'write':
      case 'writev':
        if (call.begins && call.rest.includes('"HTTP/1.1 2')) acknowledge(call.descriptor);
        if (call.begins && call.rest.includes('/history?next=')) for (const socket of asked) acknowledge(socket);
        break;
    }
  }
  return found;
}
