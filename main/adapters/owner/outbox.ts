import type { Socket } from 'node:net';
import { lineOf } from './lines.ts';

/** What is written to one process, with an end to how much may wait there unread. */
export interface Outbox {
  send(value: unknown): void;
  /** For values of which only the newest counts: a slow reader gets that one, once it has caught up. */
  sendNewest(value: unknown): void;
  /** Says why, and ends the connection; at once when nothing of it is read. */
  part(lastWord: string | null): void;
}

/** How much may wait for a process that does not read, in bytes. */
const mostUnread = 4 * 1024 * 1024;
/** How long a process that is told off has to read why (milliseconds). */
const partingMs = 1_000;

export function createOutbox(socket: Socket): Outbox {
  let newest: unknown;

  function part(lastWord: string | null): void {
    if (socket.writableEnded) return;
    if (lastWord === null) socket.end();
    else socket.end(lineOf({ dropped: lastWord }));
    socket.setTimeout(partingMs, () => socket.destroy());
  }

  function send(value: unknown): void {
    if (socket.writableEnded || socket.destroyed) return;
    if (socket.writableLength > mostUnread) part('This process did not read what it was sent.');
    else socket.write(lineOf(value));
  }

  socket.on('drain', () => {
    const waiting = newest;
    newest = undefined;
    if (waiting !== undefined) send(waiting);
  });

  return {
    send,
    part,
    sendNewest(value) {
      if (socket.writableNeedDrain) newest = value;
      else send(value);
    },
  };
}
