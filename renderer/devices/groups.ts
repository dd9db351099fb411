import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Output } from '../../preload/contract/methods.ts';
import { type GroupState, newestShown, noGroups, withMoreGroups, withNewestGroups } from './group-state.ts';
import { createPacedWatch } from './paced-watch.ts';

const pageSize = 200;
const largestPage = 500;

/** The devices with texts that a search finds, kept fresh by one question at a time. While held, nothing moves. */
export interface Groups {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => GroupState;
  /** Devices that texted since the list was held. */
  readonly moved: () => number;
  /** What is searched, with stored rows at this revision. */
  readonly look: (query: string, revision: number) => void;
  readonly hold: (hold: boolean) => void;
  /** Fetches what follows; all that there is with `all`. */
  readonly more: (all: boolean) => void;
}

export function createGroups(bridge: Pick<Bridge, 'call'>, pause: () => Promise<void>): Groups {
  const listeners = new Set<() => void>();
  let state = noGroups;
  /* Of the rows that are shown; those of the search before stand until there is an answer. */
  let query: string | null = null;
  let held = false;
  let newest: Output<'devices.page'> | null = null;
  let moved = 0;
  let asking = false;

  function become(next: GroupState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function takeNewest(base: GroupState): void {
    const page = newest;
    newest = null;
    moved = 0;
    if (page) become(withNewestGroups(base, page));
  }

  /** Devices with a newer text than any that is shown stand above the first row. */
  async function countMoved(query: string): Promise<number> {
    const before = { sequence: newestShown(state) + 1, device: 0 };
    const answer = await bridge.call('devices.page', { query, texted: true, before, limit: 1 });
    return answer.ok ? answer.value.above : moved;
  }

  const watch = createPacedWatch(async (wanted: { readonly query: string; readonly revision: number }) => {
    const answer = await bridge.call('devices.page', { query: wanted.query, texted: true, limit: pageSize });
    const isNew = wanted.query !== query;
    query = wanted.query;
    if (!answer.ok) {
      become({ ...(isNew ? noGroups : state), error: answer.error, isKnown: true });
      return null;
    }
    newest = answer.value;
    moved = held && !isNew ? await countMoved(wanted.query) : 0;
    if (isNew) takeNewest(noGroups);
    else if (held) become({ ...state });
    else takeNewest(state);
    return null;
  }, pause);

  async function more(all: boolean): Promise<void> {
    if (asking || query === null) return;
    asking = true;
    while (state.next) {
      const { next } = state;
      const answer = await bridge.call('devices.page', { query, texted: true, before: next, limit: largestPage });
      // Another search, or another beginning, may have taken its place meanwhile.
      if (state.next === next)
        become(answer.ok ? withMoreGroups(state, answer.value) : { ...state, next: null, error: answer.error });
      if (!all) break;
    }
    asking = false;
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    moved: () => moved,
    look: (wanted, revision) => watch.want({ query: wanted, revision }),
    hold: (hold) => {
      held = hold;
      if (!hold) takeNewest(state);
    },
    more: (all) => void more(all),
  };
}
