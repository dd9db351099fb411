import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Probe } from '../core/ports.ts';

type ProbeResult = Awaited<ReturnType<Probe['fetch']>>;
type ProbeFailure = Extract<ProbeResult, { readonly ok: false }>['error'];
/** How far a request came. */
type Reached = 'nothing' | 'address' | 'connection' | 'tls';

export interface ProbeLimits {
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  /** Longest answer, in bytes: a proof is well under 1 KiB. */
  readonly answerBytes: number;
}

const defaultLimits: ProbeLimits = { timeoutMs: 5_000, answerBytes: 4 * 1024 };

function failed(hop: ProbeFailure['hop'], message: string): Result<never, ProbeFailure> {
  return fail({ hop, message });
}

/** What to do about a status that is not ours: our listener answers a proof with 200, or 404 when it is not its own. */
function explainStatus(status: number, host: string): string {
  if (status === 404) {
    return `Something else than this app answers at ${host} (404). Point the public URL at the port of the listener, path and Host left as they are.`;
  }
  if (status >= 300 && status < 400) {
    return `${host} sends callers elsewhere (${status}), which ThingSpace does not follow. Give the address that answers itself.`;
  }
  if (status === 401 || status === 403) {
    return `Something in front of this app refuses callers at ${host} (${status}). Let requests to /callback/ and /proof/ through without signing in, and list the Host that the proxy sends in the settings.`;
  }
  if (status >= 500) {
    return `${host} answers, yet does not reach this app (${status}). Check that the tunnel is up and points at the port of the listener.`;
  }
  return `${host} answered with the status ${status} instead of this app. Check what the public URL points at.`;
}

function explainError(error: NodeJS.ErrnoException, reached: Reached, url: URL): Result<never, ProbeFailure> {
  const { hostname, host } = url;
  const word = error.code ?? error.message;
  if (error.syscall === 'getaddrinfo') {
    return failed('dns', `The name ${hostname} cannot be found (${word}). Check its spelling and its DNS entry.`);
  }
  if (reached === 'tls') {
    return failed(
      'proxy-answer',
      `${host} ended the connection without an answer (${word}). Check the proxy or tunnel.`,
    );
  }
  if (reached === 'connection') {
    return failed(
      'tls',
      `The certificate or encryption of ${host} is not accepted (${word}). ThingSpace needs a certificate for this name from a recognised authority.`,
    );
  }
  return failed(
    'connect',
    `${host} cannot be reached (${word}). Check that the tunnel is up and that the port is open in the firewall.`,
  );
}

function explainTimeout(reached: Reached, url: URL, limits: ProbeLimits): Result<never, ProbeFailure> {
  const where = {
    nothing: `looking up ${url.hostname}`,
    address: `connecting to ${url.host}`,
    connection: `agreeing on encryption with ${url.host}`,
    tls: `waiting for an answer of ${url.host}`,
  };
  const seconds = limits.timeoutMs / 1000;
  return failed(
    'timeout',
    `After ${seconds} s still ${where[reached]}. Check the network, the firewall and the tunnel.`,
  );
}

function followConnection(sent: ClientRequest, isEncrypted: boolean, reach: (reached: Reached) => void): void {
  sent.once('socket', (socket: Socket) => {
    socket.once('lookup', () => reach('address'));
    socket.once('connect', () => reach(isEncrypted ? 'connection' : 'tls'));
    socket.once('secureConnect', () => reach('tls'));
  });
}

function readAnswer(
  response: IncomingMessage,
  host: string,
  limits: ProbeLimits,
  resolve: (result: ProbeResult) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    resolve(failed('proxy-answer', explainStatus(status, host)));
    response.destroy();
    return;
  }
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= limits.answerBytes) return;
    resolve(failed('proxy-answer', `A page answers at ${host} instead of this app. Check what it points at.`));
    response.destroy();
  });
  response.on('end', () => resolve(ok(Buffer.concat(chunks).toString('utf8'))));
}

/** Asks through the public URL, as ThingSpace does: no redirect is followed and no connection kept. */
export function createProbe(
  proxyEnv: Readonly<Record<string, string>> = {},
  changed: Partial<ProbeLimits> = {},
): Probe {
  const limits: ProbeLimits = { ...defaultLimits, ...changed };

  return {
    fetch(address) {
      const url = URL.parse(address);
      if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
        return Promise.resolve(failed('connect', 'The public URL is no http or https address. Correct it.'));
      }
      const isEncrypted = url.protocol === 'https:';
      const signal = AbortSignal.timeout(limits.timeoutMs);
      return new Promise((resolve) => {
        let reached: Reached = 'nothing';
        const send = isEncrypted ? httpsRequest : httpRequest;
        const agent = isEncrypted ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
        const sent = send(url, { agent, signal, headers: { 'User-Agent': 'ThingSpace SMS Tray probe' } });
        followConnection(sent, isEncrypted, (now) => {
          reached = now;
        });
        const broke = (error: Error): void =>
          resolve(signal.aborted ? explainTimeout(reached, url, limits) : explainError(error, reached, url));
        sent.once('response', (response) => {
          response.once('error', broke);
          readAnswer(response, url.host, limits, resolve);
        });
        sent.on('error', broke);
        sent.end();
      });
    },
  };
}
