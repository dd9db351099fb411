import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { type Offer, serveGuest } from './guest.ts';
import { choosePlace } from './place.ts';
import { readOwnerRecord, writeOwnerRecord } from './record.ts';

export interface OwnerSocketOptions extends Offer {
  /** A data dir that this process has claimed. */
  readonly directory: string;
}

export interface OwnerSocket {
  /** Parts with every other process; resolves once the socket is gone. */
  close(): Promise<void>;
}

const mostGuests = 128;

/** Opens the socket for this user alone: made with mode 0600, not changed to it afterwards. */
function listen(server: Server, place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const before = process.umask(0o177);
    try {
      server.listen(place, () => {
        server.off('error', reject);
        // Such as too many open files: that connection is lost, and the owner goes on.
        server.on('error', () => undefined);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  });
}

function announce(directory: string, socket: string | null): void {
  const record = readOwnerRecord(directory);
  if (record !== null) writeOwnerRecord(directory, { ...record, socket });
}

/** Lets other processes of this user talk to the owner, one JSON value a line. */
export async function serveOwnerSocket(
  options: OwnerSocketOptions,
): Promise<Result<OwnerSocket, { readonly message: string }>> {
  const guests = new Map<Socket, (lastWord: string | null) => void>();
  const server = createServer((socket) => {
    guests.set(socket, serveGuest(socket, options));
    socket.once('close', () => guests.delete(socket));
  });
  server.maxConnections = mostGuests;
  try {
    const place = choosePlace(options.directory);
    // The claim is ours, so a socket file here is what a killed owner left behind.
    if (process.platform !== 'win32') rmSync(place, { force: true });
    await listen(server, place);
    announce(options.directory, place);
  } catch (error) {
    server.close();
    const words = error instanceof Error ? error.message : String(error);
    return fail({ message: `Other commands cannot reach this process: ${words}` });
  }
  return ok({
    close: () =>
      new Promise((resolve) => {
        announce(options.directory, null);
        server.close(() => resolve());
        for (const part of guests.values()) part('The owner of the data folder has ended.');
      }),
  });
}
