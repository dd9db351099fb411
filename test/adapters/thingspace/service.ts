import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createClock } from '../../../main/adapters/clock.ts';
import { createThingSpaceApi, type ThingSpaceApiOptions } from '../../../main/adapters/thingspace/client.ts';
import type { ThingSpaceApi } from '../../../main/core/ports.ts';
import { createSecret } from '../../../main/core/secret.ts';

export const account = '0000123456-00001';
export const credentials = {
  appKey: createSecret('4d1f2c9e-0000-4000-8000-000000000001'),
  appSecret: createSecret('4d1f2c9e-0000-4000-8000-000000000002'),
  username: createSecret('zbeeblebrox'),
  password: createSecret('IMgr8'),
};
export const tokens = {
  bearer: createSecret('d7bc43e9acc31aba9654fc5cd0d8c520'),
  session: createSecret('bcce3ea6-fe4f-4952-bacf-eadd80718e83'),
};

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Given {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

type Answering = Given | ((seen: Seen, response: ServerResponse) => void);

export interface Service {
  readonly apiBase: string;
  readonly seen: readonly Seen[];
  readonly api: ThingSpaceApi;
}

function reply(response: ServerResponse, given: Given): void {
  response.writeHead(given.status ?? 200, { 'Content-Type': 'application/json', ...given.headers });
  response.end(
    given.body === undefined ? '' : typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
  );
}

/** A service that gives every request the same answer and remembers what it was asked, with a client for it. */
export async function serve(answering: Answering, options: Partial<ThingSpaceApiOptions> = {}): Promise<Service> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      if (typeof answering === 'function') answering(one, response);
      else reply(response, answering);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = createThingSpaceApi({ apiBase, clock: createClock(), ...options });
  onTestFinished(async () => {
    api.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { apiBase, seen, api };
}

/** The only request that came; a test that expects one fails when there are others. */
export function onlyRequest(service: Service): Seen {
  const [first] = service.seen;
  if (first === undefined || service.seen.length !== 1) throw new Error(`${service.seen.length} requests came`);
  return first;
}
