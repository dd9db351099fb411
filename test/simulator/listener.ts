/** A listener for callbacks that keeps what came. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { CallbackBody } from './bodies.ts';

interface Received {
  readonly body: CallbackBody;
  readonly raw: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

export interface Listener {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

type Respond = (response: ServerResponse, received: Received, count: number) => void;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts a listener that answers 200 unless told otherwise; over TLS when it is given a key. Closed after the test. */
export async function startListener(
  respond: Respond = (response) => response.end(),
  secure: ServerOptions | null = null,
): Promise<Listener> {
  const received: Received[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const { method = '', url = '', headers } = request;
    const body = JSON.parse(raw) as CallbackBody;
    const entry = { body, raw, method, path: url, headers, at: performance.now() };
    received.push(entry);
    respond(response, entry, received.length);
  }
  const serve = (request: IncomingMessage, response: ServerResponse) => void take(request, response);
  const server = secure ? createSecureServer(secure, serve) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { url: `http${secure ? 's' : ''}://127.0.0.1:${port}/callbacks`, port, received, close };
}
