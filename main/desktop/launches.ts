import { app } from 'electron';
import { deepLinkAmong, parseDeepLink, type WindowView } from '../core/deep-link.ts';

/** What other starts of the app and links ask to see. */
export interface Launches {
  /** Called for each, from now on; first for the one that came before. */
  listen(listener: (view: WindowView) => void): void;
}

/** Must be called at once: macOS sends the link that started the app before it is ready. */
export function listenForLaunches(argv: readonly string[]): Launches {
  let waiting = deepLinkAmong(argv);
  let tell = (view: WindowView) => {
    waiting = view;
  };
  app.on('second-instance', (_, args) => {
    tell(deepLinkAmong(args) ?? { kind: 'messages' });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const view = parseDeepLink(url);
    if (view) tell(view);
  });
  return {
    listen(listener) {
      tell = listener;
      if (waiting) listener(waiting);
      waiting = null;
      // Only now: a start at login activates the app too, and must open nothing.
      app.on('activate', () => {
        listener({ kind: 'messages' });
      });
    },
  };
}
