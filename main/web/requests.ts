import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../services/core.ts';
import type { WindowExports } from '../services/window-exports.ts';
import type { Asset } from './assets.ts';
import type { EventStreams } from './events.ts';
import { answerExport } from './export-download.ts';
import { isFromHere, isJson } from './guard.ts';
import { answerBytes, answerEmpty, answerJson, readBody, refuse } from './respond.ts';
import type { WebSession } from './session.ts';

interface Deps {
  /** The core as it speaks to this browser. */
  readonly coreFor: (request: IncomingMessage) => Core;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly session: WebSession;
  readonly events: EventStreams;
  readonly exports: WindowExports;
  readonly port: () => number;
}

const exportPath = /^\/export\/([\w-]{1,64})$/;
const callPath = /^\/call\/([A-Za-z.]{1,64})$/;

/** The parsed JSON of a request, or null after having refused it. */
async function readJson(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly value: unknown } | null> {
  if (!isJson(request)) return refused(response, 415);
  const body = await readBody(request);
  if (body === 'lost') return null;
  if (body === 'too-long') return refused(response, 413);
  try {
    return { value: JSON.parse(body.text) };
  } catch {
    return refused(response, 400);
  }
}

function refused(response: ServerResponse, status: number): null {
  refuse(response, status);
  return null;
}

async function openSession(deps: Deps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request, response);
  if (body === null) return;
  const { value } = body;
  const token = typeof value === 'object' && value !== null && 'token' in value ? value.token : null;
  const cookie = deps.session.redeem(token);
  if (cookie !== null) answerEmpty(response, 204, { 'Set-Cookie': cookie });
  // The address with its token, opened again in the browser that used it.
  else answerEmpty(response, deps.session.isHeldBy(request) ? 204 : 401);
}

async function answerCall(deps: Deps, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!deps.session.isHeldBy(request)) return refuse(response, 401);
  if (request.headers['x-requested-by'] !== 'window') return refuse(response, 403);
  const body = await readJson(request, response);
  if (body === null) return;
  const result = await deps.coreFor(request).router.handle('window', name, body.value);
  if (!response.destroyed) answerJson(response, result);
}

function answerGet(deps: Deps, path: string, request: IncomingMessage, response: ServerResponse): void {
  const isKnown = deps.session.isHeldBy(request);
  if (path === '/session') return answerEmpty(response, isKnown ? 204 : 401);
  if (path === '/events')
    return isKnown ? deps.events.open(response, deps.coreFor(request)) : answerEmpty(response, 401);
  const exported = exportPath.exec(path)?.[1];
  if (exported !== undefined) {
    if (isKnown) void answerExport(deps.exports, exported, response);
    else answerEmpty(response, 401);
    return;
  }
  const asset = deps.assets.get(path);
  if (asset) answerBytes(response, asset.type, asset.bytes);
  else answerEmpty(response, 404);
}

async function answerPost(deps: Deps, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (path === '/session') return openSession(deps, request, response);
  const name = callPath.exec(path)?.[1];
  if (name === undefined) return refuse(response, 404);
  return answerCall(deps, name, request, response);
}

/** Answers one request of the browser face. Rejects for bugs only. */
export async function answerRequest(deps: Deps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isFromHere(request, deps.port())) return refuse(response, 403);
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  switch (request.method) {
    case 'GET':
      return answerGet(deps, path, request, response);
    case 'POST':
      return answerPost(deps, path, request, response);
    default:
      return refuse(response, 405);
  }
}
