import type { IncomingMessage } from 'node:http';

function isNavigation(request: IncomingMessage): boolean {
  const { headers, method } = request;
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Whether a request can only come from our own page, a person's address bar, or a program on this machine: the Host
 * defeats DNS rebinding, Origin and Sec-Fetch-Site every other site, also one on another port of this host.
 */
export function isFromHere(request: IncomingMessage, port: number): boolean {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none' || isNavigation(request);
}

/**
 * The same for a request that becomes a WebSocket: browsers let every site ask for one, with our cookie if it is on
 * another port of this host, and always name the page's origin.
 */
export function isFromOurPage(request: IncomingMessage, port: number): boolean {
  return request.headers.origin !== undefined && isFromHere(request, port);
}

/** Whether the body is declared as JSON: a form of another site cannot do that. */
export function isJson(request: IncomingMessage): boolean {
  return /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
}
