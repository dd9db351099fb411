import { Worker } from 'node:worker_threads';
import { fail, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { failureOf, storageFailure } from './failure.ts';
import { type Call, encode, type FromThread, type Outcome, type Reply, type ThreadData } from './protocol.ts';

interface Waiting {
  /* A method, so that each caller's own type of answer fits: protocol.ts binds calls to their answers. */
  settle(result: Result<unknown, StorageFailure>): void;
}

export interface Thread<T, Extra> {
  call<K extends keyof T>(kind: K, input: Call<T, K>['input']): Promise<Result<Outcome<T, K>, StorageFailure>>;
  /** Says something that has no answer, in order with the calls. `later`: it can wait for the next call, though not long. */
  tell(message: Extra, when?: 'now' | 'later'): void;
  /** Answers later calls with `closed`, does what was asked before and ends, not before `after`. */
  close(after?: Promise<void>): Promise<void>;
}

export type Opening = Extract<FromThread, { kind: 'ready' | 'refused' }>;

/** What is said `later` waits at most so long (milliseconds) for something else to be said. */
const laterMs = 20;

/** Gathers what is said within one turn of the event loop into one message: waking the thread costs more than a call. */
function createOutbox(worker: Worker) {
  let queue: unknown[] = [];
  let flushing = false;
  let waiting = false;

  function flush(): void {
    flushing = false;
    if (queue.length > 0) worker.postMessage(encode(queue), []);
    queue = [];
  }

  function flushLater(): void {
    waiting = false;
    flush();
  }

  return (message: unknown, when: 'now' | 'later') => {
    queue.push(message);
    if (when === 'now' && !flushing) {
      flushing = true;
      setImmediate(flush);
    } else if (when === 'later' && !waiting) {
      waiting = true;
      setTimeout(flushLater, laterMs);
    }
  };
}

/**
 * Rows live for a moment. Left alone, V8 lets such young objects of a thread grow to 48 MiB before it looks; with this
 * many (MiB) filling a store took as much processor time.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 6 };

/** Runs a thread that says one thing and ends. */
export function runThread(url: URL, data: ThreadData): Promise<Result<null, StorageFailure>> {
  return new Promise((resolve) => {
    const worker = new Worker(url, { workerData: data, resourceLimits });
    worker.on('message', (encoded: string) => resolve(JSON.parse(encoded)));
    worker.on('error', (error) => resolve(fail(failureOf(error))));
    worker.on('exit', () => resolve(fail(storageFailure('broken'))));
  });
}

/** Starts a database thread. `opened` resolves to what the thread says first. */
export function startThread<T, Extra>(
  url: URL,
  data: ThreadData,
  on: { readonly damaged: () => void; readonly grown?: () => void; readonly logGrown?: () => void },
) {
  const worker = new Worker(url, { workerData: data, resourceLimits });
  const send = createOutbox(worker);
  const waiting = new Map<number, Waiting>();
  const opened = Promise.withResolvers<Opening>();
  const ended = Promise.withResolvers<void>();
  let nextId = 1;
  let refusal: StorageFailure | null = null;

  function settle({ id, result }: Reply): void {
    waiting.get(id)?.settle(result);
    waiting.delete(id);
  }

  function stop(failure: StorageFailure): void {
    refusal ??= failure;
    opened.resolve({ kind: 'refused', failure });
    for (const id of waiting.keys()) settle({ id, result: fail(failure) });
  }

  worker.on('message', (encoded: string) => {
    const message: FromThread = JSON.parse(encoded);
    if (message.kind === 'replies') message.replies.forEach(settle);
    else if (message.kind === 'damaged') on.damaged();
    else if (message.kind === 'grown') on.grown?.();
    else if (message.kind === 'log-grown') on.logGrown?.();
    else opened.resolve(message);
  });
  worker.on('error', (error) => stop(failureOf(error)));
  worker.on('exit', () => {
    stop(refusal ?? storageFailure('broken'));
    ended.resolve();
  });

  function call<K extends keyof T>(kind: K, input: Call<T, K>['input']) {
    return new Promise<Result<Outcome<T, K>, StorageFailure>>((resolve) => {
      if (refusal) return resolve(fail(refusal));
      const id = nextId++;
      waiting.set(id, { settle: (result: Result<Outcome<T, K>, StorageFailure>) => resolve(result) });
      send({ id, kind, input }, 'now');
    });
  }

  const thread: Thread<T, Extra> = {
    call,
    tell: (message, when = 'now') => {
      if (!refusal) send(message, when);
    },
    close: async (after) => {
      const first = refusal === null;
      refusal ??= storageFailure('closed');
      await after;
      if (first) send({ kind: 'close' }, 'now');
      return ended.promise;
    },
  };
  return { thread, opened: opened.promise };
}
