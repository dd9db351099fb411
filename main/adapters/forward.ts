import { createHmac, randomBytes } from 'node:crypto';
import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Forwarder, ForwardFailure, ForwardRequest } from '../core/forward.ts';
import { isPrivateAddress } from '../core/forward-target.ts';
import type { Clock } from '../core/ports.ts';
import { createSecret, type Secret } from '../core/secret.ts';

const secretPrefix = 'whsec_';

export interface ForwarderOptions {
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  /** How names are looked up. */
  readonly lookup: typeof lookup;
}

const defaults: ForwarderOptions = { timeoutMs: 15_000, lookup };
/** Of an answer's body no more is read (bytes), so that the connection can be used again. */
const mostAnswered = 64 * 1024;

/** Standard Webhooks 1.0: HMAC-SHA-256 over id, time and body, the key being the base64 behind the prefix. */
function signatureOf(secret: Secret, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.reveal().slice(secretPrefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function headersOf({ id, body, contentType, secret, replay }: ForwardRequest, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'content-type': contentType,
    'user-agent': 'ThingSpace SMS Tray',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, id, timestamp, body),
    ...(replay === null ? {} : { 'thingspace-sms-replay': replay === 'edited' ? 'edited' : 'true' }),
  };
}

function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\d{1,6}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function judge(status: number, retryAfterMs: number | null): Result<number, ForwardFailure> {
  const failure = (kind: ForwardFailure['kind'], message: string) => fail({ kind, status, message, retryAfterMs });
  if (status >= 200 && status < 300) return ok(status);
  if (status === 410) return failure('gone', 'The endpoint answered 410: it is gone.');
  if (status >= 300 && status < 400)
    return failure('refused', `The endpoint sends elsewhere (${status}), which is not followed.`);
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  return failure(passing ? 'passing' : 'refused', `The endpoint answered ${status}.`);
}

function broken(message: string): Result<never, ForwardFailure> {
  return fail({ kind: 'passing', status: null, message, retryAfterMs: null });
}

/** The name of the endpoint leads out of this computer's network, perhaps since a moment ago. */
function createOutside(host: string): Error {
  return new Error(
    `${host} leads outside this computer and its network. Allow that with --forward-anywhere (https only), or in the settings.`,
  );
}

/** Finds of a name only what is near. What is connected to is what was looked at, so no answer can change in between. */
function lookUpNear(ask: typeof lookup, outside: (error: Error) => void): LookupFunction {
  return (host, options, callback) => {
    ask(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const near = addresses.filter(({ address }) => isPrivateAddress(address));
      const [first] = near;
      if (!first) {
        const refused = createOutside(host);
        outside(refused);
        return callback(refused, '');
      }
      return options.all ? callback(null, near) : callback(null, first.address, first.family);
    });
  };
}

/** Reads an answer away, up to a limit, so that its connection can be used again. */
function readAway(response: IncomingMessage): void {
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostAnswered) response.destroy();
  });
  response.on('error', () => {});
}

/** Posts texts to endpoints, signed as Standard Webhooks 1.0 says. */
export function createForwarder(clock: Clock, changed: Partial<ForwarderOptions> = {}): Forwarder {
  const options = { ...defaults, ...changed };
  const closing = new AbortController();
  // Texts that stay at home pass no proxy. Those that may leave go as this process reaches other computers.
  const near = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  function explain(error: NodeJS.ErrnoException, timedOut: boolean, outside: Error | null) {
    if (outside) return broken(outside.message);
    const word = timedOut ? `no answer within ${options.timeoutMs / 1000} s` : (error.code ?? 'no connection');
    return broken(`The endpoint cannot be reached (${word}).`);
  }

  function post(request: ForwardRequest): Promise<Result<number, ForwardFailure>> {
    const url = URL.parse(request.url);
    if (url === null)
      return Promise.resolve(
        fail({ kind: 'refused', status: null, message: 'The URL of the endpoint cannot be read.', retryAfterMs: null }),
      );
    const secure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const mayLeave = request.anywhere && secure;
    if (isIP(host) !== 0 && !mayLeave && !isPrivateAddress(host))
      return Promise.resolve(broken(createOutside(url.hostname).message));
    const timeout = AbortSignal.timeout(options.timeoutMs);
    return new Promise((resolve) => {
      let outside: Error | null = null;
      const look = lookUpNear(options.lookup, (refused) => {
        outside = refused;
      });
      const sent = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        signal: AbortSignal.any([closing.signal, timeout]),
        headers: { ...headersOf(request, clock.now()), 'content-length': Buffer.byteLength(request.body) },
        ...(mayLeave ? {} : { agent: secure ? near['https:'] : near['http:'], lookup: look }),
      });
      sent.once('response', (response) => {
        readAway(response);
        resolve(judge(response.statusCode ?? 0, retryAfter(response.headers['retry-after'], clock.now())));
      });
      sent.on('error', (error) => resolve(explain(error, timeout.aborted, outside)));
      sent.end(request.body);
    });
  }

  return {
    post,
    newSecret: () => createSecret(`${secretPrefix}${randomBytes(32).toString('base64')}`),
    close() {
      closing.abort();
      for (const agent of Object.values(near)) agent.destroy();
    },
  };
}
