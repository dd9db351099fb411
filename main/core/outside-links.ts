/*
 * Where a link in the window may lead, once the person has said yes: pages that the app's own words name. Everything
 * else is refused unasked, because a text from a device can hold any link.
 */
const hosts = [
  'thingspace.verizon.com',
  'dashboard.ngrok.com',
  'developers.cloudflare.com',
  'tailscale.com',
  'learn.microsoft.com',
  'pinggy.io',
];

const longest = 2_048;
/** A bare host, then a path of plain characters: no user name, port or backslash can be written. */
const link = /^https:\/\/([a-z0-9.-]+)(?:\/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?$/;

/** Whether a link may be offered to the person to open. Takes any text whatever. */
export function isOutsideLink(text: string): boolean {
  const host = text.length > longest ? undefined : link.exec(text)?.[1];
  return host !== undefined && hosts.includes(host);
}
