import type { Socket } from 'node:net';
import { z } from 'zod';
import type { PublicError } from '../../../preload/contract/errors.ts';
import { fail, type Result } from '../../../preload/contract/result.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { createLineReader, parseLine } from './lines.ts';
import { createOutbox, type Outbox } from './outbox.ts';

/** What the owner offers to other processes of the same user. */
export interface Offer {
  /** Answers a call of the contract. Must not reject. */
  readonly handle: (name: string, input: unknown) => Promise<Result<unknown, PublicError>>;
  readonly onHappening: (listener: (happening: unknown) => void) => () => void;
  readonly onSnapshot: (listener: (snapshot: Snapshot) => void) => () => void;
}

const topic = z.enum(['happenings', 'snapshots']);
type Topic = z.infer<typeof topic>;
const call = z.object({ id: z.number().int(), name: z.string(), input: z.unknown() });
const subscription = z.object({ id: z.number().int(), subscribe: topic });
const request = z.union([call, subscription]);

/** Longest request, in bytes. */
const longestLine = 1024 * 1024;
const mostAtOnce = 64;

const busy: PublicError = {
  code: 'owner-busy',
  message: `More than ${mostAtOnce} calls are under way on this connection. Wait for an answer first.`,
  service: null,
};

function createCalls(outbox: Outbox, handle: Offer['handle']) {
  let underWay = 0;

  return async (id: number, name: string, input: unknown): Promise<void> => {
    if (underWay >= mostAtOnce) return outbox.send({ id, result: fail(busy) });
    underWay += 1;
    const result = await handle(name, input);
    underWay -= 1;
    outbox.send({ id, result });
  };
}

function subscribeTo(wanted: Topic, outbox: Outbox, offer: Offer): () => void {
  return wanted === 'happenings'
    ? offer.onHappening((happening) => outbox.send({ happening }))
    : offer.onSnapshot((snapshot) => outbox.sendNewest({ snapshot }));
}

/** Serves one process on its connection until that ends. Returns what parts with it. */
export function serveGuest(socket: Socket, offer: Offer): (lastWord: string | null) => void {
  const outbox = createOutbox(socket);
  const answer = createCalls(outbox, offer.handle);
  const subscriptions = new Map<Topic, () => void>();

  function endSubscriptions(): void {
    for (const end of subscriptions.values()) end();
    subscriptions.clear();
  }

  function part(lastWord: string | null): void {
    endSubscriptions();
    outbox.part(lastWord);
  }

  function onLine(line: string): void {
    if (socket.writableEnded) return;
    const parsed = request.safeParse(parseLine(line));
    if (!parsed.success) return part('That was no request.');
    const asked = parsed.data;
    if ('name' in asked) return void answer(asked.id, asked.name, asked.input);
    if (!subscriptions.has(asked.subscribe)) {
      subscriptions.set(asked.subscribe, subscribeTo(asked.subscribe, outbox, offer));
    }
    outbox.send({ id: asked.id, result: { ok: true, value: null } });
  }

  socket.on(
    'data',
    createLineReader(longestLine, onLine, () => part('That request was too long.')),
  );
  // A connection that breaks is closed next, and nothing more needs to be done.
  socket.on('error', () => undefined);
  socket.on('close', endSubscriptions);
  return part;
}
