import { createContext } from 'react';

/** Whether the window can open a page of the web: a browser can; the desktop app opens only pages that it names itself. */
export const OpensLinksContext = createContext(false);
