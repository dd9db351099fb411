import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type EchoKind = 'json' | 'gateway' | 'xml' | 'html';

/** A gateway before the service that passes everything on, or answers with all that it was sent. */
export interface Echo {
  readonly origin: string;
  /** Requests whose method and path match are answered by an error that repeats them; null: none. */
  echo(matching: RegExp | null, kind?: EchoKind): void;
  /** Every answer of the service so far, as one text: where tokens are found. */
  answers(): string;
  /** Bodies of the requests that were answered by repeating them. */
  echoed(): readonly string[];
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function errorOf(
  kind: EchoKind,
  words: string,
): { readonly status: number; readonly type: string; readonly body: string } {
  switch (kind) {
    case 'json':
      return {
        status: 400,
        type: 'application/json',
        body: JSON.stringify({ errorCode: 'UnifiedWebService.REQUEST_FAILED.Echo', errorMessage: words }),
      };
    case 'gateway':
      return {
        status: 403,
        type: 'application/json',
        body: JSON.stringify({ fault: { code: '900908', message: words, description: words } }),
      };
    case 'xml':
      return {
        status: 503,
        type: 'application/xml',
        body: `<am:fault xmlns:am="x"><am:code>303001</am:code><am:message>${words.replaceAll('<', ' ')}</am:message></am:fault>`,
      };
    case 'html':
      return { status: 401, type: 'text/html', body: `<html><body><pre>${words}</pre></body></html>` };
  }
}

export async function startEcho(target: string): Promise<Echo> {
  let matching: RegExp | null = null;
  let kind: EchoKind = 'json';
  const echoed: string[] = [];
  const answers: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    if (matching?.test(`${request.method} ${request.url}`)) {
      echoed.push(body.toString());
      const said = errorOf(kind, `${request.url} ${body.toString()} ${request.rawHeaders.join(' ')}`);
      response.writeHead(said.status, { 'Content-Type': said.type }).end(said.body);
      return;
    }
    const passed = httpRequest(target + (request.url ?? ''), { method: request.method, headers: request.headers });
    passed.on('error', () => response.destroy());
    passed.on('response', (given) => {
      void readAll(given).then((bytes) => {
        answers.push(bytes.toString());
        response.writeHead(given.statusCode ?? 500, given.headers).end(bytes);
      });
    });
    passed.end(body);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    echo(next, as = 'json') {
      matching = next;
      kind = as;
    },
    answers: () => answers.join('\n'),
    echoed: () => echoed,
  };
}
