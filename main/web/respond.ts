import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pageGuard } from '../services/page-guard.ts';

/** On every answer: nothing of it may be kept, framed, or read by another site. */
const guardHeaders: OutgoingHttpHeaders = {
  'Cache-Control': 'no-store',
  ...pageGuard,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** Longest body of a call, in bytes. */
const longestBody = 1024 * 1024;

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

export function answerBytes(response: ServerResponse, type: string, bytes: Buffer): void {
  writeHead(response, 200, { 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(bytes);
}

export function answerJson(response: ServerResponse, value: unknown): void {
  answerBytes(response, 'application/json', Buffer.from(JSON.stringify(value)));
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
