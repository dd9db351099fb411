import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../core/ports.ts';
import { reportFileName } from '../core/problem-report.ts';
import type { Core } from '../services/core.ts';
import { type FaceAction, type FaceHands, withFaceActions } from '../services/face-actions.ts';
import { createSpeakCore } from '../services/spoken-core.ts';
import { createWindowExports } from '../services/window-exports.ts';
import { readAssets } from './assets.ts';
import { createLines, type Lines } from './line.ts';
import { preferredLocales } from './locales.ts';
import { isOtherUser } from './peer.ts';
import { answerRequest, answerUpgrade } from './requests.ts';
import { refuse } from './respond.ts';
import { createWebSession } from './session.ts';

export interface WebFaceOptions {
  readonly core: Core;
  readonly clock: Clock;
  /** Directory of the built window. */
  readonly assets: string;
  /** A problem report as it is now. */
  readonly makeReport: () => Promise<string>;
  /** null or absent: a free one. */
  readonly port?: number | null;
}

export interface WebFace {
  /** With the token, which opens the window in one browser. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface WebFaceFailure {
  readonly kind: 'not-built' | 'port-in-use' | 'failed';
  readonly message: string;
}

/** How long calls under way have to be answered when the face closes (milliseconds). */
const closingMs = 1_000;
const mostConnections = 128;

function listen(server: Server, port: number | null): Promise<Result<number, WebFaceFailure>> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      const isInUse = error.code === 'EADDRINUSE';
      const message = isInUse
        ? `Port ${port} is in use by another program. Choose another.`
        : `The window cannot be served: ${error.message}`;
      resolve(fail({ kind: isInUse ? 'port-in-use' : 'failed', message }));
    };
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port: port ?? 0, exclusive: true }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function closeServer(server: Server, lines: Lines, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(closingMs, () => {
      server.closeAllConnections();
      lines.cutAll();
    });
    server.close(() => {
      cancel();
      resolve();
    });
    lines.endAll();
  });
}

/** All that a browser can do beside the core: save what it is given. */
function reporting(makeReport: () => Promise<string>): FaceHands<FaceAction> {
  return {
    offered: () => [{ id: 'report', title: 'Save a problem report…' }],
    perform: async () => ({ sentence: null, file: { name: reportFileName, text: await makeReport() } }),
  };
}

/** Serves the windows to a browser on this machine: loopback only, for the one who has the address with its token. */
export async function startWebFace(options: WebFaceOptions): Promise<Result<WebFace, WebFaceFailure>> {
  const { clock } = options;
  const assets = readAssets(options.assets);
  if (!assets.ok) return fail({ kind: 'not-built', message: assets.error.message });
  let port = 0;
  const session = createWebSession(() => port);
  const lines = createLines(clock);
  const exports = createWindowExports({
    core: options.core,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    now: () => clock.now(),
    newId: () => randomUUID(),
    place: async ({ id }) => ok({ kind: 'later', download: `/export/${id}` }),
  });
  const speak = createSpeakCore();
  const hands = reporting(options.makeReport);
  const coreFor = (request: IncomingMessage): Core =>
    withFaceActions(speak(exports.core, preferredLocales(request.headers['accept-language'])), hands);
  const deps = { coreFor, exports, assets: assets.value, session, lines, port: () => port };
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 });
  server.maxConnections = mostConnections;
  server.on('connection', (socket) => {
    if (isOtherUser(socket)) socket.destroy();
  });
  server.on('request', (request, response) => void answerRequest(deps, request, response));
  server.on('upgrade', (request, socket, head) => answerUpgrade(deps, request, socket, head));
  server.on('checkExpectation', (_request, response) => refuse(response, 417));
  const listening = await listen(server, options.port ?? null);
  if (!listening.ok) return listening;
  port = listening.value;
  // Such as too many open files: that connection is lost, and the face goes on.
  server.on('error', () => undefined);
  return ok({
    url: `http://127.0.0.1:${port}/#token=${session.token}`,
    port,
    close: () => closeServer(server, lines, clock),
  });
}
