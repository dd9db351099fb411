import { protocol, type Session } from 'electron';
import { pageGuard } from '../services/page-guard.ts';

const scheme = 'app';
const host = 'thingspace-sms';

/** The one page of ours. Everything else is foreign. */
export const appPage = `${scheme}://${host}/index.html`;

/** Whether `url` is our page, at whatever fragment. */
export function isAppPage(url: string): boolean {
  return url === appPage || url.startsWith(`${appPage}#`);
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/**
 * The path within the windows' folder that a URL names, or null. No escapes, no dot at the start of a part: what could
 * leave the folder cannot be written.
 */
export function assetPath(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== `${scheme}:` || parsed.host !== host || parsed.search !== '') return null;
  return /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(parsed.pathname) ? parsed.pathname.slice(1) : null;
}

/** Must be called before the app is ready. What the page compiles to is kept, so that it opens sooner the next time. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built windows to themselves; only files of known kinds, only by GET. */
export function serveApp(session: Session, readAsset: (path: string) => Promise<Uint8Array | null>): void {
  session.protocol.handle(scheme, async ({ method, url }) => {
    const path = method === 'GET' ? assetPath(url) : null;
    const type = path === null ? undefined : contentTypes[path.slice(path.lastIndexOf('.') + 1)];
    const body = path === null || type === undefined ? null : await readAsset(path);
    if (body === null || type === undefined) return new Response(null, { status: 404, headers: pageGuard });
    return new Response(new Uint8Array(body), { headers: { ...pageGuard, 'Content-Type': type } });
  });
}
