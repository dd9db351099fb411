import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The parsed body. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The status that it was answered with. */
  readonly status: number;
}

export interface Endpoint {
  readonly url: string;
  readonly received: readonly Received[];
  /** Those that were answered with 2xx. */
  readonly accepted: readonly Received[];
  /** What to answer from now on; the body is given. `never`: nothing, until `release`. */
  answer(choose: (body: string) => number | 'never'): void;
  /** Answers all that was not answered with this status. */
  release(status: number): void;
  close(): Promise<void>;
}

/** Of 32 bytes. */
export const signingSecret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

/** A developer's own endpoint. Each request's signature is checked by the reference library; a wrong one throws in the test. */
export async function startEndpoint(port = 0): Promise<Endpoint> {
  const received: Received[] = [];
  const webhook = new Webhook(signingSecret);
  let choose: (body: string) => number | 'never' = () => 204;
  const held = new Set<(status: number) => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      webhook.verify(body, request.headers as Record<string, string>);
      const finish = (status: number): void => {
        received.push({ headers: request.headers, body, value: JSON.parse(body), status });
        response.writeHead(status).end();
      };
      const status = choose(body);
      if (status === 'never') held.add(finish);
      else finish(status);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`,
    received,
    get accepted() {
      return received.filter(({ status }) => status < 300);
    },
    answer(next) {
      choose = next;
    },
    release(status) {
      for (const finish of held) finish(status);
      held.clear();
    },
    close,
  };
}
