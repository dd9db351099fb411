import type { IncomingMessage, ServerResponse } from 'node:http';
import { type MethodName, methods } from '../../preload/contract/methods.ts';
import type { FakeBridge } from '../fakes/fake-bridge.ts';

/** Serves a bridge as the browser face does: a one-time token for a cookie, calls by POST, snapshots as events. */
export interface HttpFace {
  /** False when the request is for a file. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export function createHttpFace(fake: FakeBridge, token: string): HttpFace {
  const cookie = 'session=opened';

  async function handlePost(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { token?: string };
    if (request.url === '/session') {
      const granted = body.token === token;
      response
        .writeHead(granted ? 204 : 401, granted ? { 'Set-Cookie': `${cookie}; HttpOnly; SameSite=Strict` } : {})
        .end();
      return;
    }
    const name = (request.url ?? '').slice('/call/'.length) as MethodName;
    const trusted = request.headers['x-requested-by'] === 'window' && name in methods;
    if (!trusted || request.headers.cookie !== cookie) {
      response.writeHead(trusted ? 401 : 400).end();
      return;
    }
    const result = await fake.bridge.call(name, body as never);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
  }

  function handleEvents(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.cookie !== cookie) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(':\n\n');
    const end = fake.bridge.onSnapshot((snapshot) => response.write(`data: ${JSON.stringify(snapshot)}\n\n`));
    response.on('close', end);
  }

  return {
    handle: (request, response) => {
      if (request.method === 'POST') void handlePost(request, response);
      else if (request.url === '/events') handleEvents(request, response);
      else return false;
      return true;
    },
  };
}
