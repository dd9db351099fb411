import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { Bridge } from '../preload/contract/bridge.ts';
import { AppWindow } from './app-window.tsx';
import { steadyConnection } from './connection.ts';

import { createWebConnection } from './web-connection.ts';
import { wordsFor } from './words/words.ts';

declare global {
  interface Window {
    /** Given by the preload; absent in a browser. */
    readonly bridge?: Bridge;
  }
}

// Compiled parsers would be text run as code, which the page's content policy refuses.
config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
const connection = window.bridge
  ? steadyConnection(window.bridge)
  : createWebConnection(window, () => wordsFor(document.documentElement.lang).connection.lostShort);
createRoot(root).render(<AppWindow connection={connection} />);
