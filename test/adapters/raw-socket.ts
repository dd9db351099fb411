import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly socket: Socket;
  send(text: string | Buffer): void;
  /** All that has come so far. */
  received(): string;
  /** Resolves when what has come matches; rejects when the connection ends first. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves to all that came, once the other side has ended the connection. */
  ended(): Promise<string>;
}

/** A connection that sends exactly what it is told: for requests that no client would make. */
export async function openRawSocket(port: number): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  const watchers = new Set<() => void>();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    for (const watch of watchers) watch();
  });
  await once(socket, 'connect');

  return {
    socket,
    send: (text) => void socket.write(text),
    received: () => received,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!pattern.test(received)) return;
          watchers.delete(watch);
          resolve(received);
        };
        watchers.add(watch);
        watch();
        void closed.then(() => reject(new Error(`The connection ended after: ${received}`)));
      });
    },
    async ended() {
      await closed;
      return received;
    },
  };
}

/** Sends one text on a connection of its own and resolves to all that comes back. */
export async function exchangeRaw(port: number, text: string | Buffer): Promise<string> {
  const raw = await openRawSocket(port);
  raw.send(text);
  return raw.ended();
}
