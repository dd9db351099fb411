import { app, type Session } from 'electron';
import { isAppPage } from './protocol.ts';

/** Must be called before the app is ready: whatever page there will ever be runs in Chromium's sandbox. */
export function sandboxAll(): void {
  app.enableSandbox();
}

/** Nothing but our own pages is fetched, asked for or downloaded; the one right a window has is to copy. */
export function guardSession(session: Session): void {
  const allowed = (permission: string, url: string) => permission === 'clipboard-sanitized-write' && isAppPage(url);
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(allowed(permission, contents.getURL()));
  });
  session.setPermissionCheckHandler((contents, permission) => allowed(permission, contents?.getURL() ?? ''));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !/^(app|devtools):/.test(url) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** No page goes anywhere else, opens a window or holds another page. Links of our own page are handed to `openLink`. */
export function guardContents(openLink: (url: string) => Promise<void>): void {
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (isAppPage(contents.getURL())) void openLink(url);
      return { action: 'deny' };
    });
    contents.on('will-frame-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}
