import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Target } from './driver.ts';

/* What is measured runs in a process of its own, so that neither the driver nor another subject disturbs its numbers. */

/** What a subject's process has used so far. */
export interface Usage {
  /** Of its two pools of memory, bytes. */
  readonly rss: number;
  readonly heap: number;
  /** All threads together, milliseconds. */
  readonly cpuMs: number;
  /** The longest time (milliseconds) in which its main thread took no event since `watch`; 0 where it was not watched. */
  readonly longestBlockMs: number;
  /** Texts it holds, where it counts them. */
  readonly texts: number | null;
}

export interface Subject {
  readonly pid: number;
  readonly target: Target;
  readonly window: string | null;
  usage(): Promise<Usage>;
  /** Until the next look its main thread is watched. That wakes it a thousand times a second, so it is not idle then. */
  watch(): void;
  stop(): Promise<void>;
}

export type FromSubject =
  /** `window`: the address of its window for a browser, where one was asked for. */
  | { readonly kind: 'ready'; readonly target: Target; readonly window: string | null }
  | { readonly kind: 'usage'; readonly usage: Usage };

export interface SubjectOptions {
  readonly directory: string;
  /** Of Node, such as `--cpu-prof`. */
  readonly execArgv?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

function nextMessage<K extends FromSubject['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<FromSubject, { readonly kind: K }>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A subject of the benchmark ended with ${code}.`));
    const heard = (message: Extract<FromSubject, { readonly kind: K }>): void => {
      if (message.kind !== kind) return;
      child.off('message', heard).off('exit', ended);
      resolve(message);
    };
    child.on('message', heard).once('exit', ended);
  });
}

/** Starts `subjects/NAME.ts` and waits until it serves. */
export async function startSubject(name: string, options: SubjectOptions): Promise<Subject> {
  const child = fork(join(import.meta.dirname, '..', 'subjects', `${name}.ts`), [options.directory], {
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { target, window } = await nextMessage(child, 'ready');
  return {
    pid: child.pid ?? 0,
    target,
    window,
    async usage() {
      const answer = nextMessage(child, 'usage');
      child.send('usage');
      return (await answer).usage;
    },
    watch: () => void child.send('watch'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.send('stop');
      }),
  };
}
