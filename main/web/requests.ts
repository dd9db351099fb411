import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { linePath } from '../../preload/contract/line.ts';
import type { Core } from '../services/core.ts';
import type { WindowExports } from '../services/window-exports.ts';
import type { Asset } from './assets.ts';
import { answerExport } from './export-download.ts';
import { isFromHere, isFromOurPage, isJson } from './guard.ts';
import type { Lines } from './line.ts';
import { answerEmpty, answerFile, readBody, refuse, refuseUpgrade } from './respond.ts';
import type { WebSession } from './session.ts';

interface Deps {
  /** The core as it speaks to this browser. */
  readonly coreFor: (request: IncomingMessage) => Core;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly session: WebSession;
  readonly lines: Lines;
  readonly exports: WindowExports;
  readonly port: () => number;
}

const exportPath = /^\/export\/([\w-]{1,64})$/;

function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/\?.*$/s, '');
}

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

function answerGet(deps: Deps, path: string, request: IncomingMessage, response: ServerResponse): void {
  const isKnown = deps.session.isHeldBy(request);
  if (path === '/session') return answerEmpty(response, isKnown ? 204 : 401);
  const exported = exportPath.exec(path)?.[1];
  if (exported !== undefined) {
    if (isKnown) void answerExport(deps.exports, exported, response);
    else answerEmpty(response, 401);
    return;
  }
  const asset = deps.assets.get(path);
  if (asset) answerFile(response, asset, request.headers.host ?? '');
  else answerEmpty(response, 404);
}

/** Answers one request of the browser face. Rejects for bugs only. */
export async function answerRequest(deps: Deps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isFromHere(request, deps.port())) return refuse(response, 403);
  const path = pathOf(request);
  switch (request.method) {
    case 'GET':
      return answerGet(deps, path, request, response);
    case 'POST':
      return path === '/session' ? openSession(deps, request, response) : refuse(response, 404);
    default:
      return refuse(response, 405);
  }
}

/** Opens the line of a window, or refuses whoever asks to speak over anything but that. */
export function answerUpgrade(deps: Deps, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (!isFromOurPage(request, deps.port()) || pathOf(request) !== linePath) return refuseUpgrade(socket, 403);
  if (!deps.session.isHeldBy(request)) return refuseUpgrade(socket, 401);
  deps.lines.open(request, socket, head, deps.coreFor(request));
}
