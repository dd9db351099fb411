import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ListenerLimits } from './limits.ts';

/** Why a request on a known path is not read as a callback, and the status that says so. */
export interface Objection {
  readonly status: 400 | 403 | 413 | 415;
  readonly reason: string;
}

function hostKey(host: string): string {
  const name = host.trim().toLowerCase();
  // A port that the scheme implies may be written or left out; a proxy can have changed the scheme.
  return name.replace(/\.?(?::(?:80|443))?$/, '');
}

/** Whether `host`, a Host header, is loopback with our port or one of `hosts`. */
export function isOurHost(host: string | undefined, port: number, hosts: readonly string[]): boolean {
  if (host === undefined || host === '') return false;
  // Mostly it is written just so.
  if (hosts.includes(host)) return true;
  const key = hostKey(host);
  if (hosts.some((allowed) => hostKey(allowed) === key)) return true;
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => key === hostKey(`${name}:${port}`));
}

function hasTwoHosts(request: IncomingMessage): boolean {
  let count = 0;
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1;
}

const jsonType = /^application\/json[\t ]*(?:;[\t ]*charset=(?:[\w-]{1,32}|"[\w-]{1,32}")[\t ]*)?$/i;

/** What is wrong with a request's address: then nothing of its body is looked at. */
export function addressObjection(request: IncomingMessage, port: number, hosts: readonly string[]): Objection | null {
  const host = request.headers.host;
  if (!isOurHost(host, port, hosts) || hasTwoHosts(request)) {
    const shown = JSON.stringify((host ?? '').slice(0, 128));
    return { status: 403, reason: `The request names the host ${shown}, which is not in the settings.` };
  }
  if (request.headers.upgrade !== undefined) return { status: 400, reason: 'The request asks for another protocol.' };
  return null;
}

/** What is wrong with a request's form, as far as its header tells. */
export function formObjection(request: IncomingMessage, limits: ListenerLimits): Objection | null {
  const { headers } = request;
  const type = headers['content-type'] ?? '';
  if (!jsonType.test(type)) {
    return { status: 415, reason: `The content type is ${JSON.stringify(type.slice(0, 128))}, not application/json.` };
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  const transfer = headers['transfer-encoding'] ?? 'chunked';
  if (encoding.toLowerCase() !== 'identity' || transfer.toLowerCase() !== 'chunked') {
    return { status: 415, reason: 'The body is compressed or encoded.' };
  }
  if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) return tooLarge(limits);
  return null;
}

export function tooLarge(limits: ListenerLimits): Objection {
  return { status: 413, reason: `The body is longer than ${limits.bodyBytes} bytes.` };
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether arrays and objects nest deeper than `depth`, found without building them. */
function isDeeperThan(bytes: Uint8Array, depth: number): boolean {
  let level = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      level += 1;
      if (level > depth) return true;
    } else if (byte === 0x7d || byte === 0x5d) level -= 1;
  }
  return false;
}

/** A body's bytes as text. JSON is UTF-8; a text that is not is read byte by byte, which loses nothing. */
export function decodeText(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').replace(/^\uFEFF/, '');
}

export function parseBody(bytes: Buffer, limits: ListenerLimits): Result<unknown, Objection> {
  if (isDeeperThan(bytes, limits.depth)) {
    return fail({ status: 400, reason: `The body nests deeper than ${limits.depth} levels.` });
  }
  try {
    const body: unknown = JSON.parse(decodeText(bytes));
    return ok(body);
  } catch {
    return fail({ status: 400, reason: 'The body is not JSON.' });
  }
}
