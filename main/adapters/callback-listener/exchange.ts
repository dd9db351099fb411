import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CallbackAnswer, Clock, ListenerHooks, ListenerOptions, ListenerRoute } from '../../core/ports.ts';
import { answerEmpty, answerText, refuse } from './answer.ts';
import {
  addressObjection,
  decodeText,
  formObjection,
  isOurHost,
  type Objection,
  parseBody,
  tooLarge,
} from './checks.ts';
import type { ListenerLimits } from './limits.ts';
import { readBody } from './read-body.ts';
import { createRouteFinder } from './routes.ts';
import type { SocketTable } from './sockets.ts';

export interface ExchangeDeps {
  readonly clock: Clock;
  readonly limits: ListenerLimits;
  readonly sockets: SocketTable;
  readonly options: ListenerOptions;
  readonly hooks: ListenerHooks;
  readonly port: () => number;
  readonly isClosing: () => boolean;
}

/** Answers one request. `waits`: the sender holds its body back until it is asked for (Expect: 100-continue). */
export type Exchange = (request: IncomingMessage, response: ServerResponse, waits: boolean) => void;

const proofPath = /^\/proof\/([A-Za-z0-9_-]{16,128})$/;
/** How much of a refused body is kept for the person to look at. */
const shownBytes = 2048;

function prove(deps: ExchangeDeps, request: IncomingMessage, response: ServerResponse): void {
  const { options } = deps;
  const nonce = request.method === 'GET' ? proofPath.exec(request.url ?? '')?.[1] : undefined;
  const isForUs = nonce !== undefined && isOurHost(request.headers.host, deps.port(), options.hosts());
  const signature = isForUs ? options.proof(nonce) : null;
  if (signature === null) refuse(response, 404);
  else answerText(response, signature);
}

function object(
  hooks: ListenerHooks,
  account: string,
  objection: Objection,
  bytes: Buffer | null,
  response: ServerResponse,
): void {
  hooks.refused(objection.reason, account, bytes === null ? '' : decodeText(bytes.subarray(0, shownBytes)));
  refuse(response, objection.status);
}

/** Sends the answer and tells once what became of it; the connection can be lost before, during or after. */
function giveAnswer(deps: ExchangeDeps, given: CallbackAnswer, socket: Socket, response: ServerResponse): void {
  const sent = (): void => settle(true);
  const lost = (): void => settle(false);

  function settle(isSent: boolean): void {
    response.off('finish', sent);
    socket.off('close', lost);
    deps.sockets.finish(socket);
    given.onAnswered?.(isSent);
  }

  if (socket.destroyed) return lost();
  response.once('finish', sent);
  socket.once('close', lost);
  answerEmpty(response, given.status, deps.isClosing());
}

function accept(
  deps: ExchangeDeps,
  route: ListenerRoute,
  bytes: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { clock, hooks, limits, sockets } = deps;
  const parsed = parseBody(bytes, limits);
  if (!parsed.ok) return object(hooks, route.account, parsed.error, bytes, response);
  const { socket } = request;
  sockets.begin(socket);
  hooks.receive({ route, body: parsed.value, bytes: bytes.length, receivedAt: clock.now() }).then(
    (given) => giveAnswer(deps, given, socket, response),
    (error: unknown) => {
      // A bug, yet one that a stranger's text may have met: the text waits at ThingSpace, and the app lives.
      hooks.refused(`It could not be handled: ${String(error)}`, route.account, '');
      giveAnswer(deps, { status: 503 }, socket, response);
    },
  );
}

/** Decides in the order: page of another site, known path, address, form, body. All else is 404 and empty. */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { hooks, limits, options } = deps;
  const findRoute = createRouteFinder(() => options.routes());

  return (request, response, waits) => {
    if (request.headers.origin !== undefined) return refuse(response, 403);
    const route = request.method === 'POST' ? findRoute(request.url ?? '') : null;
    if (route === null) return prove(deps, request, response);
    const misdirected = addressObjection(request, deps.port(), options.hosts());
    if (misdirected) return object(hooks, route.account, misdirected, null, response);
    const malformed = formObjection(request, limits);
    if (malformed && waits) return object(hooks, route.account, malformed, null, response);
    if (waits) response.writeContinue();
    readBody(request, limits.bodyBytes, (bytes, isWhole) => {
      const objection = malformed ?? (isWhole ? null : tooLarge(limits));
      if (objection) object(hooks, route.account, objection, bytes, response);
      else accept(deps, route, bytes, request, response);
    });
  };
}
