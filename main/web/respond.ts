import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { contentPolicy, pageGuard } from '../services/page-guard.ts';
import type { Asset } from './assets.ts';

/** On every answer: it may not be framed, nor read by another site; nor kept, unless it is a file that lasts. */
const guardHeaders: OutgoingHttpHeaders = {
  'Cache-Control': 'no-store',
  ...pageGuard,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** A year, which is as good as always. */
const lasting: OutgoingHttpHeaders = { 'Cache-Control': 'private, max-age=31536000, immutable' };

/** Longest body of a request, in bytes: nothing but the token is posted. */
const longestBody = 4096;

export function writeHead(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}): void {
  response.sendDate = false;
  response.writeHead(status, { ...guardHeaders, ...headers });
}

export function answerEmpty(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}): void {
  writeHead(response, status, status === 204 ? headers : { 'Content-Length': 0, ...headers });
  response.end();
}

/** Refuses and ends the connection: a body that may follow is not read. */
export function refuse(response: ServerResponse, status: number): void {
  answerEmpty(response, status, { Connection: 'close' });
}

/** A file of the window, which may open its line on the host (checked before) by which it was asked for. */
export function answerFile(response: ServerResponse, { type, bytes, isLasting }: Asset, host: string): void {
  writeHead(response, 200, {
    ...(isLasting ? lasting : {}),
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Content-Security-Policy': contentPolicy(`ws://${host}`),
  });
  response.end(bytes);
}

/** The same for a request that was to become something other than HTTP: there is no response to it yet. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** The body as text; `too-long`, or `lost` when the connection broke. */
export async function readBody(request: IncomingMessage): Promise<{ readonly text: string } | 'too-long' | 'lost'> {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return 'too-long';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop would otherwise end the connection before its refusal is sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > longestBody) return 'too-long';
      chunks.push(chunk);
    }
  } catch {
    return 'lost';
  }
  return { text: Buffer.concat(chunks).toString('utf8') };
}
