import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';

/** The whole of one text, kept fresh by one question at a time. */
export interface MessageWatch {
  /** Null until the first answer. */
  readonly answer: () => Result<Output<'inbox.message'>, PublicError> | null;
  readonly subscribe: (listener: () => void) => () => void;
  /** The stored rows are at this revision now. */
  readonly changed: (revision: number) => void;
}

export function createMessageWatch(bridge: Pick<Bridge, 'call'>, id: string): MessageWatch {
  let answer: Result<Output<'inbox.message'>, PublicError> | null = null;
  let wanted = -1;
  let asking = false;
  const listeners = new Set<() => void>();

  async function ask(): Promise<void> {
    asking = true;
    for (let asked = -1; asked !== wanted; ) {
      asked = wanted;
      answer = await bridge.call('inbox.message', { id });
      for (const listener of listeners) listener();
    }
    asking = false;
  }

  return {
    answer: () => answer,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed: (revision) => {
      wanted = revision;
      if (!asking) void ask();
    },
  };
}
