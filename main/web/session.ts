import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may use the face: the one browser that brought the token first. Both secrets end with the process. */
export interface WebSession {
  /** For the address that is given to the person. */
  readonly token: string;
  /** The Set-Cookie line for a token that was not used before; null for any other. */
  redeem(token: unknown): string | null;
  isHeldBy(request: IncomingMessage): boolean;
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

/** Cookies are shared by all ports of a host, so the name carries ours: two instances do not end each other. */
export function createWebSession(port: () => number): WebSession {
  const token = randomBytes(32).toString('base64url');
  const value = randomBytes(32).toString('base64url');
  let isRedeemed = false;

  return {
    token,
    redeem(given) {
      if (isRedeemed || typeof given !== 'string' || !isSame(given, token)) return null;
      isRedeemed = true;
      return `session-${port()}=${value}; HttpOnly; SameSite=Strict; Path=/`;
    },
    isHeldBy(request) {
      if (!isRedeemed) return false;
      const name = `session-${port()}=`;
      const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
      return cookies.some((cookie) => cookie.startsWith(name) && isSame(cookie.slice(name.length), value));
    },
  };
}
