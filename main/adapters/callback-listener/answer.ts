import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const empty: OutgoingHttpHeaders = { 'Content-Length': '0' };
const retryLater: OutgoingHttpHeaders = { ...empty, 'Retry-After': '5' };
const emptyAndLast: OutgoingHttpHeaders = { ...empty, Connection: 'close' };

/** Sends an answer without a body. `isLast`: the connection ends after it. */
export function answerEmpty(response: ServerResponse, status: number, isLast: boolean): void {
  const headers = status === 503 ? retryLater : empty;
  response.sendDate = false;
  response.writeHead(status, isLast ? { ...headers, Connection: 'close' } : headers);
  response.end();
}

/** An empty answer, after which the connection ends: nothing that a refused sender has sent further is looked at. */
export function refuse(response: ServerResponse, status: number): void {
  response.sendDate = false;
  response.writeHead(status, emptyAndLast);
  response.end();
}

/** Sends a short text that nobody may keep. */
export function answerText(response: ServerResponse, text: string): void {
  response.sendDate = false;
  response.writeHead(200, {
    'Content-Type': 'text/plain',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
