import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createClock } from '../../main/adapters/clock.ts';
import { createLines } from '../../main/web/line.ts';
import type { FakeBridge } from '../fakes/fake-bridge.ts';

/** Serves a bridge as the browser face does: a one-time token for a cookie, then all over one line. */
export interface HttpFace {
  /** False when the request is for a file. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Ends every line. */
  readonly end: () => void;
}

export function createHttpFace(fake: FakeBridge, token: string): HttpFace {
  const cookie = 'session=opened';
  const lines = createLines(createClock());
  const isKnown = (request: IncomingMessage): boolean => request.headers.cookie === cookie;

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { token?: string };
    const granted = body.token === token;
    response
      .writeHead(granted ? 204 : 401, granted ? { 'Set-Cookie': `${cookie}; HttpOnly; SameSite=Strict` } : {})
      .end();
  }

  return {
    handle: (request, response) => {
      if (request.url !== '/session') return false;
      if (request.method === 'POST') void openSession(request, response);
      else response.writeHead(isKnown(request) ? 204 : 401).end();
      return true;
    },
    upgrade: (request, socket, head) => {
      if (!isKnown(request)) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      lines.open(request, socket, head, {
        router: { handle: (_caller, name, input) => fake.bridge.call(name as never, input as never) },
        snapshot: fake.snapshot,
        onSnapshot: fake.bridge.onSnapshot,
      });
    },
    end: () => lines.cutAll(),
  };
}
