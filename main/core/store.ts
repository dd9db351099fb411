import type { Event } from './event.ts';
import { reduce } from './reduce.ts';
import { initialState, type State } from './state.ts';

export interface Store {
  get(): State;
  dispatch(event: Event): void;
  /** Called after each event with the state before and after. Returns what ends it. */
  subscribe(listener: (event: Event, before: State, after: State) => void): () => void;
}

/** Holds the state. An event that a listener dispatches waits until the present one was told to all. */
export function createStore(start: State = initialState): Store {
  const listeners = new Set<(event: Event, before: State, after: State) => void>();
  const waiting: Event[] = [];
  let state = start;
  let telling = false;

  function tell(event: Event): void {
    const before = state;
    state = reduce(state, event);
    for (const listener of listeners) listener(event, before, state);
  }

  return {
    get: () => state,
    dispatch(event) {
      waiting.push(event);
      if (telling) return;
      telling = true;
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) tell(next);
      } finally {
        telling = false;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
