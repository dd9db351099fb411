import { connect, type Socket } from 'node:net';
import { quantile } from './stats.ts';

/** Where requests go, and what they say. */
export interface Target {
  readonly port: number;
  readonly path: string;
  /** Given back in each body, as ThingSpace does. */
  readonly username: string;
  readonly password: string;
}

export interface Load {
  readonly connections: number;
  readonly body: (number: number) => string;
  /** Ends after so many seconds, or so many requests, whichever comes first. */
  readonly seconds?: number;
  readonly count?: number;
  /** Requests a second over all connections; left out: each connection sends as soon as it was answered. */
  readonly perSecond?: number;
  readonly answered?: (number: number, sentAt: number, status: number) => void;
}

export interface Driven {
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds from sending to the answer. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/** Length of the answer that begins these bytes, or null while its end is not there. */
function answerLength(bytes: Buffer): number | null {
  const head = bytes.indexOf(headEnd);
  if (head < 0) return null;
  const header = bytes.toString('latin1', 0, head);
  const length = /^content-length: *(\d+)/im.exec(header)?.[1];
  if (length !== undefined) return bytes.length >= head + 4 + Number(length) ? head + 4 + Number(length) : null;
  if (!/^transfer-encoding: *chunked/im.test(header)) return head + 4;
  const end = bytes.indexOf('0\r\n\r\n', head + 2, 'latin1');
  return end < 0 ? null : end + 5;
}

/** One connection: `ask` sends a body and calls back with the status of the answer; 0 when the connection is lost. */
function createConnection(target: Target) {
  const head = `POST ${target.path} HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\nContent-Type: application/json\r\nContent-Length: `;
  let socket: Socket | null = null;
  let bytes: Buffer = Buffer.alloc(0);
  let done: ((status: number) => void) | null = null;

  function finish(status: number): void {
    const call = done;
    done = null;
    bytes = Buffer.alloc(0);
    call?.(status);
  }

  function open(): Socket {
    const opened = connect(target.port, '127.0.0.1');
    opened.setNoDelay(true);
    opened.on('data', (chunk) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (answerLength(bytes) !== null) finish(Number(bytes.toString('latin1', 9, 12)));
    });
    opened.on('error', () => undefined);
    opened.on('close', () => {
      socket = null;
      finish(0);
    });
    return opened;
  }

  return {
    ask(body: string, then: (status: number) => void): void {
      done = then;
      socket ??= open();
      socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    close: () => socket?.destroy(),
  };
}

/**
 * Posts bodies over kept-alive connections, one at a time on each. With a rate, requests become due by the clock and
 * count from then on, so that a server that stalls cannot hide its queue.
 */
export function drive(target: Target, load: Load): Promise<Driven> {
  const { seconds = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY, perSecond } = load;
  const connections = Array.from({ length: load.connections }, () => createConnection(target));
  const latencies: number[] = [];
  const startedAt = performance.now();
  let accepted = 0;
  let refused = 0;
  let sent = 0;
  let open = connections.length;

  const dueAt = (number: number) =>
    perSecond === undefined ? performance.now() : startedAt + (number / perSecond) * 1000;

  return new Promise((resolve) => {
    function end(): void {
      open -= 1;
      if (open > 0) return;
      for (const connection of connections) connection.close();
      const took = (performance.now() - startedAt) / 1000;
      resolve({
        accepted,
        refused,
        seconds: took,
        perSecond: accepted / took,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        worst: latencies.reduce((worst, each) => Math.max(worst, each), 0),
      });
    }

    function next(connection: (typeof connections)[number]): void {
      if (sent >= count || performance.now() - startedAt >= seconds * 1000) return end();
      const number = sent++;
      const due = dueAt(number);
      const wait = due - performance.now();
      const send = () =>
        connection.ask(load.body(number), (status) => {
          latencies.push(performance.now() - due);
          if (status >= 200 && status < 300) accepted += 1;
          else refused += 1;
          load.answered?.(number, due, status);
          next(connection);
        });
      if (wait > 0) setTimeout(send, wait);
      else send();
    }

    for (const connection of connections) next(connection);
  });
}
