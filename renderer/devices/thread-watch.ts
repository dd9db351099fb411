import type { Bridge } from '../../preload/contract/bridge.ts';
import { createPacedWatch } from './paced-watch.ts';
import { emptyThread, type ThreadState, withNewest, withOlder } from './thread-state.ts';

const pageSize = 60;
/** ms between two looks, while texts come one after the other */
const lookEvery = 100;

export interface ThreadWatch {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => ThreadState;
  /** The stored rows are at this revision now. */
  readonly changed: (revision: number) => void;
  /** Fetches what is older than all that is known. */
  readonly older: () => void;
}

/** The conversation with a device, asked for by one question at a time. */
export function createThreadWatch(bridge: Pick<Bridge, 'call'>, device: number): ThreadWatch {
  let state = emptyThread;
  let askingOlder = false;
  const listeners = new Set<() => void>();
  const become = (next: ThreadState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const newest = createPacedWatch(
    async (_revision: number) => {
      const answer = await bridge.call('devices.thread', { device, limit: pageSize });
      become(answer.ok ? withNewest(state, answer.value) : { ...state, error: answer.error });
      return null;
    },
    () => new Promise((resolve) => setTimeout(resolve, lookEvery)),
  );

  async function older(): Promise<void> {
    const before = state.next;
    if (askingOlder || before === null) return;
    askingOlder = true;
    const answer = await bridge.call('devices.thread', { device, before, limit: pageSize });
    askingOlder = false;
    // Another run may have begun meanwhile.
    if (state.next === before) become(answer.ok ? withOlder(state, answer.value) : { ...state, error: answer.error });
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    changed: (revision) => newest.want(revision),
    older: () => void older(),
  };
}
