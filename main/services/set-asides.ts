import type { MessageStore, SettingsStore } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

interface SetAsides {
  readonly messages: MessageStore;
  readonly messagesSetAside: string | null;
  readonly onMessagesSetAside: (listener: (path: string) => void) => void;
  readonly settings: SettingsStore;
}

/** Tells of files that could not be read and were kept aside, at the start and later. */
export function tellSetAsides(ports: SetAsides, state: Store): void {
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
  if (ports.settings.setAside !== null)
    tell(
      'settings-set-aside',
      `The settings could not be read. They are kept as ${ports.settings.setAside}, and the defaults are in force.`,
    );
}
