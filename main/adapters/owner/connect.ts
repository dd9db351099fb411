import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import type { Bridge } from '../../../preload/contract/bridge.ts';
import { type PublicError, publicError } from '../../../preload/contract/errors.ts';
import { type MethodName, methods, type Output } from '../../../preload/contract/methods.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { type Snapshot, snapshot } from '../../../preload/contract/snapshot.ts';
import { createLineReader, lineOf, parseLine } from './lines.ts';
import { readOwnerRecord } from './record.ts';

/** The core of the process that owns a data dir, as another process sees it. */
export interface OwnerConnection extends Bridge {
  readonly pid: number;
  /** Calls `listener` with what happens from now on, as the owner's version of the app describes it. */
  onHappening(listener: (happening: unknown) => void): () => void;
  /** Resolves when the connection has ended, to the owner's last word if it had one. Never rejects. */
  readonly closed: Promise<string | null>;
  close(): void;
}

/** Longest answer, in bytes. */
const longestLine = 64 * 1024 * 1024;

const result = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: publicError }),
]);
const incoming = z.union([
  z.object({ id: z.number().int(), result }),
  z.object({ snapshot }),
  z.object({ happening: z.unknown() }).refine((line) => line.happening !== undefined),
  z.object({ dropped: z.string() }),
]);
type Answer = Result<unknown, PublicError>;

function isOutput<N extends MethodName>(name: N, value: unknown): value is Output<N> {
  return methods[name].output.safeParse(value).success;
}

function failed(code: PublicError['code'], message: string): { readonly ok: false; readonly error: PublicError } {
  return fail({ code, message, service: null });
}

/** Listeners of one kind, for whom the owner is asked to tell, once. */
function createAudience<T>(askToTell: () => void) {
  const listeners = new Set<(value: T) => void>();
  let isAsked = false;

  return {
    add(listener: (value: T) => void): () => void {
      // One listener may be added twice, and each is to be ended by itself.
      const own = (value: T): void => listener(value);
      listeners.add(own);
      if (!isAsked) askToTell();
      isAsked = true;
      return () => void listeners.delete(own);
    },
    tell(value: T): void {
      for (const listener of listeners) listener(value);
    },
  };
}

function createRequests(socket: Socket) {
  const pending = new Map<number, (answer: Answer) => void>();
  let last = 0;

  return {
    ask(asked: Readonly<Record<string, unknown>>): Promise<Answer> {
      if (socket.destroyed || socket.writableEnded) return Promise.resolve(ended());
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        pending.set(id, resolve);
        socket.write(lineOf({ id, ...asked }));
      });
    },
    settle(id: number, answer: Answer): void {
      pending.get(id)?.(answer);
      pending.delete(id);
    },
    endAll(): void {
      for (const resolve of pending.values()) resolve(ended());
      pending.clear();
    },
  };
}

function ended(): Answer {
  return failed('owner-busy', 'The process that owns the data folder has ended. Run the command again.');
}

function createConnection(socket: Socket, pid: number): OwnerConnection {
  const requests = createRequests(socket);
  const happenings = createAudience<unknown>(() => void requests.ask({ subscribe: 'happenings' }));
  const snapshots = createAudience<Snapshot>(() => void requests.ask({ subscribe: 'snapshots' }));
  let lastWord: string | null = null;

  function onLine(line: string): void {
    const parsed = incoming.safeParse(parseLine(line));
    // Another version of the app may say more than this one knows.
    if (!parsed.success) return;
    const told = parsed.data;
    if ('id' in told) requests.settle(told.id, told.result);
    else if ('snapshot' in told) snapshots.tell(told.snapshot);
    else if ('happening' in told) happenings.tell(told.happening);
    else lastWord = told.dropped;
  }

  socket.on(
    'data',
    createLineReader(longestLine, onLine, () => socket.destroy()),
  );
  const closed = new Promise<string | null>((resolve) => {
    socket.once('close', () => {
      requests.endAll();
      resolve(lastWord);
    });
  });

  return {
    pid,
    closed,
    close: () => void socket.destroy(),
    onHappening: (listener) => happenings.add(listener),
    onSnapshot: (listener) => snapshots.add(listener),
    async call(name, input) {
      const answer = await requests.ask({ name, input });
      if (!answer.ok) return answer;
      if (isOutput(name, answer.value)) return ok(answer.value);
      return failed('internal', `Process ${pid} runs another version of this app. Restart it.`);
    },
  };
}

/** The owner of a data dir, or null when there is none that answers. */
export function connectToOwner(directory: string): Promise<OwnerConnection | null> {
  const record = readOwnerRecord(directory);
  if (record === null || record.socket === null) return Promise.resolve(null);
  const socket = connect(record.socket);
  return new Promise((resolve) => {
    const refused = (): void => resolve(null);
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      // A connection that breaks is closed next, which `closed` tells.
      socket.on('error', () => undefined);
      resolve(createConnection(socket, record.pid));
    });
  });
}
