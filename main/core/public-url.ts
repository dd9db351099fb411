import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** In words, as they stand in messages (API notes, section 2.1). */
export const portRule = '80, 443, 9001-9006, 50551-50559 or 28200-28220';

/** Whether ThingSpace calls this port. */
export function isCallbackPort(port: number): boolean {
  return (
    port === 80 ||
    port === 443 ||
    (port >= 9001 && port <= 9006) ||
    (port >= 50_551 && port <= 50_559) ||
    (port >= 28_200 && port <= 28_220)
  );
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** As written: empty where the scheme's own is meant. */
  readonly portText: string;
}

const shape = /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f:.]+\]|[^/:?#@[\]\s]+)(?::(\d{1,5}))?(\/[^\s?#]*)?$/i;

function parse(text: string): Parts | null {
  const found = shape.exec(text.trim());
  if (!found) return null;
  const scheme = (found[1] ?? '').toLowerCase();
  const portText = found[3] ?? '';
  const port = portText === '' ? (scheme === 'https' ? 443 : 80) : Number(portText);
  return { scheme, host: (found[2] ?? '').toLowerCase(), port, portText, path: (found[4] ?? '').replace(/\/+$/, '') };
}

/** Whether only this computer can mean this host. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether the host is one that Verizon's data centres cannot reach: loopback, private, link-local, or without a dot. */
export function isPrivateHost(host: string): boolean {
  if (isLoopbackHost(host) || host === '0.0.0.0' || host === '[::]') return true;
  if (/^\[(?:f[cd]|fe[89ab])/.test(host)) return true;
  if (host.startsWith('[::ffff:')) return true;
  const [a = 0, b = 0] = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ? host.split('.').map(Number) : [];
  if (a === 0 && b === 0)
    return !host.startsWith('[') && (!host.includes('.') || /\.(?:local|lan|internal|home\.arpa)\.?$/.test(host));
  return (
    a === 10 ||
    a === 0 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

/** Host and port of a URL as it is written, without a user name; the whole text where it is no URL. */
export function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(url)?.[1]?.replace(/^.*@/, '') ?? url;
}

/**
 * The origin (with its path, if any, and no slash at the end) under which ThingSpace can call, or a sentence that says
 * why it cannot and what to do (API notes, section 2.1: scheme, ports, no localhost).
 */
export function checkPublicUrl(
  text: string,
  { loopbackAllowed }: { readonly loopbackAllowed: boolean },
): Result<string, string> {
  const parts = parse(text);
  if (!parts)
    return fail(
      // What was given is not repeated: it may hold a password.
      'This is no URL that ThingSpace could call. Give one such as https://sms.example.com or https://sms.example.com:9001, without user name, query or fragment.',
    );
  const { scheme, host, port } = parts;
  if (scheme !== 'https' && scheme !== 'http')
    return fail(`ThingSpace calls https: or http: URLs only, not ${scheme}:. Give one that starts with https://.`);
  if (!isCallbackPort(port)) return fail(`ThingSpace does not call port ${port}. Use port ${portRule}.`);
  const local = loopbackAllowed && isLoopbackHost(host);
  if (scheme === 'http' && port !== 80 && !local)
    return fail(`ThingSpace calls http: only on port 80. Use https:// for port ${port}.`);
  if (isPrivateHost(host) && !local)
    return fail(
      `${host} is reached from this computer or its own network only, and ThingSpace calls from outside. Give the public address of your tunnel or proxy.`,
    );
  return ok(`${scheme}://${host}${parts.portText === '' ? '' : `:${port}`}${parts.path}`);
}
