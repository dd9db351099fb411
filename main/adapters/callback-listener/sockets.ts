import type { Socket } from 'node:net';

/** Open connections, so that strangers who hold many cannot keep callbacks out. */
export interface SocketTable {
  /** Takes in a connection; when full, ends the one that has waited longest without bringing a callback. */
  admit(socket: Socket): void;
  /** A callback was accepted on this connection: it is not ended before `finish`. */
  begin(socket: Socket): void;
  finish(socket: Socket): void;
  /** Ends every connection that owes no answer. */
  endIdle(): void;
  endAll(): void;
}

/** A table for at most `limit` connections. Sets keep their order of insertion: the first has waited longest. */
export function createSocketTable(limit: number): SocketTable {
  const strangers = new Set<Socket>();
  const known = new Set<Socket>();
  const busy = new Map<Socket, number>();

  function forget(this: Socket): void {
    strangers.delete(this);
    known.delete(this);
    busy.delete(this);
  }

  function admit(socket: Socket): void {
    if (strangers.size + known.size + busy.size >= limit) {
      const [longest = socket] = strangers.size > 0 ? strangers : known;
      forget.call(longest);
      longest.destroy();
      if (longest === socket) return;
    }
    strangers.add(socket);
    // Each pipelined request listens for the end of the connection.
    socket.setMaxListeners(0);
    socket.once('close', forget);
  }

  function begin(socket: Socket): void {
    strangers.delete(socket);
    known.delete(socket);
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
  }

  function finish(socket: Socket): void {
    const left = (busy.get(socket) ?? 1) - 1;
    if (left > 0) busy.set(socket, left);
    else busy.delete(socket);
    if (left === 0 && !socket.destroyed) known.add(socket);
  }

  function endIdle(): void {
    for (const socket of [...strangers, ...known]) socket.destroy();
  }

  function endAll(): void {
    endIdle();
    for (const socket of busy.keys()) socket.destroy();
  }

  return { admit, begin, finish, endIdle, endAll };
}
