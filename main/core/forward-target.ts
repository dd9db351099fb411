/* Where texts may be sent on to. They are private: without a yes they stay on this computer and its own network. */

function isPrivateIpv4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number);
  return (
    a === 127 ||
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

/** Whether an address, as a resolver writes it, is this computer's or one of its own network. What is unusual is not. */
export function isPrivateAddress(address: string): boolean {
  const [plain = ''] = address.toLowerCase().split('%');
  const ipv4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(plain)?.[1];
  if (ipv4 !== undefined) return isPrivateIpv4(ipv4);
  return plain === '::1' || /^f[cd][0-9a-f]{2}:/.test(plain) || /^fe[89ab][0-9a-f]:/.test(plain);
}

const shape = /^(https?):\/\/(?:[^/?#@\\\s]*(@))?(\[[0-9a-f:.]+\]|[^/:?#@[\]\\\s]+)(?::\d{1,5})?(?:[/?#][^\\\s]*)?$/i;
const usualIpv4 = /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\.){3}(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;
/** What URL parsers take for an IPv4 address, in whichever way it is written. */
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/;

/** Whether the host is near; null: it is a name, and only its addresses tell. */
function isNear(host: string, resolved: readonly string[] | null): boolean | null {
  if (host.startsWith('[')) return isPrivateAddress(host.slice(1, -1));
  if (usualIpv4.test(host)) return isPrivateAddress(host);
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return resolved === null ? null : resolved.length > 0 && resolved.every(isPrivateAddress);
}

/**
 * Why texts may not be sent to a URL; null when they may, or when that depends on the addresses of a name that are not
 * given: then it is decided when they are connected to. `anywhere` is a yes to endpoints outside, which need https.
 */
export function forwardRefusal(
  url: string,
  anywhere: boolean,
  resolved: readonly string[] | null = null,
): string | null {
  const [found, scheme = '', at, written = ''] = shape.exec(url) ?? [];
  // What was given is not repeated: it may hold a password.
  if (found === undefined) return 'This is no http or https URL. Give one such as http://localhost:3000/sms.';
  if (at !== undefined) return 'Take the user name out of the URL: each request is signed instead.';
  const host = written.toLowerCase();
  if (endsInNumber.test(host) && !usualIpv4.test(host))
    return `${written} is no address in its usual form. Write it as four numbers, such as 127.0.0.1.`;
  if (isNear(host, resolved) !== false) return null;
  if (!anywhere)
    return `${written} is outside this computer and its network. Allow that with --forward-anywhere, or in the settings.`;
  return scheme.toLowerCase() === 'https' ? null : `Texts go to ${written} by https only.`;
}
