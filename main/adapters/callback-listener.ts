import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { CallbackListener, Clock, ListenerFailure, OpenListener } from '../core/ports.ts';
import { refuse } from './callback-listener/answer.ts';
import { createExchange, type Exchange } from './callback-listener/exchange.ts';
import { defaultLimits, type ListenerLimits } from './callback-listener/limits.ts';
import { createSocketTable, type SocketTable } from './callback-listener/sockets.ts';

const loopback = '127.0.0.1';

/** Why nothing listens on a port of this computer; `port` null: on a free one. */
export function listenerFailure(error: Error & { readonly code?: unknown }, port: number | null): ListenerFailure {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} is in use by another program. Choose another port, or none to take a free one.`;
    return { kind: 'port-in-use', message };
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return { kind: 'port-forbidden', message: `This user may not listen on port ${port}. Choose a port above 1023.` };
  }
  return { kind: 'failed', message: `The local listener could not be opened: ${error.message}` };
}

function createHttpServer(limits: ListenerLimits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    // Node looks for connections that are over time this often; its own default of 30 s would outlast the limits.
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    insecureHTTPParser: false,
    noDelay: true,
  });
  // Node would otherwise drop header lines past a number without a word, an Origin among them.
  server.maxHeadersCount = 0;
  return server;
}

function attach(server: Server, sockets: SocketTable, exchange: Exchange): void {
  server.on('connection', (socket: Socket) => sockets.admit(socket));
  server.on('request', (request, response) => exchange(request, response, false));
  server.on('checkContinue', (request, response) => exchange(request, response, true));
  server.on('checkExpectation', (_request, response) => refuse(response, 417));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function listen(server: Server, port: number | null): Promise<Result<number, ListenerFailure>> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(fail(listenerFailure(error, port)));
    server.once('error', failed);
    server.listen({ host: loopback, port: port ?? 0, exclusive: true }, () => {
      server.off('error', failed);
      resolve(ok(portOf(server)));
    });
  });
}

function closeServer(server: Server, sockets: SocketTable, clock: Clock, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(withinMs, () => sockets.endAll());
    server.close(() => {
      cancel();
      resolve();
    });
    sockets.endIdle();
  });
}

/** The local end of the callback URL: plain HTTP on 127.0.0.1, hardened against whatever the tunnel lets through. */
export function createCallbackListener(clock: Clock, changed: Partial<ListenerLimits> = {}): CallbackListener {
  const limits: ListenerLimits = { ...defaultLimits, ...changed };

  return {
    async open(options, hooks) {
      const server = createHttpServer(limits);
      const sockets = createSocketTable(limits.connections);
      let port = 0;
      let closed: Promise<void> | null = null;
      const state = { port: () => port, isClosing: () => closed !== null };
      attach(server, sockets, createExchange({ clock, limits, sockets, options, hooks, ...state }));
      const listening = await listen(server, options.port);
      if (!listening.ok) return listening;
      port = listening.value;
      // Such as too many open files: the connection is lost, and the listener goes on.
      server.on('error', (error) => hooks.refused(`A connection could not be taken: ${error.message}`, null, ''));
      const open: OpenListener = {
        port,
        close(withinMs) {
          closed ??= closeServer(server, sockets, clock, withinMs);
          return closed;
        },
      };
      return ok(open);
    },
  };
}
