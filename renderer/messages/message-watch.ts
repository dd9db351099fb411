import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';

type Answer = Result<Output<'inbox.message'>, PublicError>;

/** The whole of one text, kept fresh by one question at a time. */
export interface MessageWatch {
  /** Null until the first answer. */
  readonly answer: () => Answer | null;
  readonly subscribe: (listener: () => void) => () => void;
  /** The stored rows are at this revision now. */
  readonly changed: (revision: number) => void;
  /** Asks again; resolves once an answer is there that is no older than this call. */
  readonly refresh: () => Promise<void>;
}

export function createMessageWatch(bridge: Pick<Bridge, 'call'>, id: string): MessageWatch {
  let answer: Answer | null = null;
  let revision = -1;
  let stale = false;
  let asking: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  async function ask(): Promise<void> {
    while (stale) {
      stale = false;
      answer = await bridge.call('inbox.message', { id });
      for (const listener of listeners) listener();
    }
    asking = null;
  }

  async function refresh(): Promise<void> {
    stale = true;
    asking ??= ask();
    await asking;
  }

  return {
    answer: () => answer,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed: (next) => {
      if (next !== revision) void refresh();
      revision = next;
    },
    refresh,
  };
}
