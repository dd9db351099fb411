import type { Message } from '../../preload/contract/message.ts';
import type { Event } from './event.ts';
import type { State } from './state.ts';

type Of<T extends Event['type']> = Extract<Event, { readonly type: T }>;

/** A text is on disk: counted once, however often it comes. */
export function messageStored(state: State, event: Of<'message-stored'>): State {
  const { message } = event;
  const known = state.accounts[message.account];
  const accounts =
    known && event.byCallback
      ? { ...state.accounts, [message.account]: { ...known, lastCallbackAt: event.at } }
      : state.accounts;
  const inbox = {
    ...state.inbox,
    revision: state.inbox.revision + 1,
    newest: Math.max(state.inbox.newest, message.sequence),
  };
  if (!event.isNew) return { ...state, accounts, inbox };
  return {
    ...state,
    accounts,
    inbox: { ...inbox, total: inbox.total + 1, unread: inbox.unread + 1 },
    counts: { ...state.counts, [message.account]: counted(state, message, event.at) },
  };
}

function counted(state: State, message: Message, at: number): State['counts'][string] {
  const before = state.counts[message.account] ?? { texts: 0, unread: 0, lastTextAt: null };
  return { texts: before.texts + 1, unread: before.unread + 1, lastTextAt: at };
}

/** The store's own counts stand in place of what was counted here. */
export function countsRead(state: State, event: Of<'counts-read'>): Pick<State, 'inbox' | 'counts'> {
  const { total, unread, newest, unverified, accounts } = event.counts;
  return { inbox: { total, unread, newest, unverified, revision: state.inbox.revision + 1 }, counts: accounts };
}
