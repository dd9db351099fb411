/** An answer that is kept fresh by one question at a time, and not more often than a person can follow. */
export interface PacedWatch<I, T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** Null until the first answer. */
  readonly answer: () => T | null;
  /** Asks this from now on; the same again says that what is stored has changed. */
  readonly want: (input: I) => void;
}

export function createPacedWatch<I, T>(ask: (input: I) => Promise<T>, pause: () => Promise<void>): PacedWatch<I, T> {
  const listeners = new Set<() => void>();
  let answer: T | null = null;
  let wanted: { readonly input: I } | null = null;
  let asking = false;

  async function run(): Promise<void> {
    asking = true;
    for (let next = wanted; next; next = wanted) {
      wanted = null;
      answer = await ask(next.input);
      for (const listener of listeners) listener();
      await pause();
    }
    asking = false;
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: () => answer,
    want: (input) => {
      wanted = { input };
      if (!asking) void run();
    },
  };
}
