import type { MessageStore, SettingsStore } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

/** Files that could not be read when they were opened, by the paths under which they are kept. */
export interface SetAsides {
  readonly messagesSetAside: string | null;
  /** Calls with such a path when the database turns out unreadable later on. */
  readonly onMessagesSetAside: (listener: (path: string) => void) => void;
  /** Of what this app remembers besides texts and settings. */
  readonly documentsSetAside: readonly string[];
}

interface Tellers extends SetAsides {
  readonly messages: MessageStore;
  readonly settings: SettingsStore;
}

/** Tells of files that could not be read and were kept aside, at the start and later. */
export function tellSetAsides(ports: Tellers, state: Store): void {
  const tell = (code: 'store-set-aside' | 'settings-set-aside', message: string): void =>
    state.dispatch({ type: 'told', problem: { code, message, account: null, service: null } });
  const tellStore = (path: string): void =>
    tell(
      'store-set-aside',
      `The message store could not be read. It is kept as ${path}, and a new one was begun. Texts that ThingSpace still holds are fetched again.`,
    );

  if (ports.messagesSetAside !== null) tellStore(ports.messagesSetAside);
  ports.onMessagesSetAside((path) => {
    tellStore(path);
    void ports.messages.counts().then((counts) => {
      if (counts.ok) state.dispatch({ type: 'counts-read', counts: counts.value });
    });
  });
  const words = [settingsWords(ports.settings), documentWords(ports.documentsSetAside)].filter((each) => each !== '');
  if (words.length > 0) tell('settings-set-aside', words.join(' '));
}

function settingsWords({ setAside }: SettingsStore): string {
  return setAside === null
    ? ''
    : `The settings could not be read. They are kept as ${setAside}, and the defaults are in force.`;
}

function documentWords(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const kept = `What this app remembered could not be read and begins anew; it is kept as ${paths.join(', ')}.`;
  const owed =
    'If a callback had been taken over, it is not given back by itself: look with `callbacks --account NAME`, and register it anew from its own server.';
  return paths.some((path) => path.includes('claims')) ? `${kept} ${owed}` : kept;
}
