export interface Timers {
  /** Runs the task after so many milliseconds; never once closed. */
  after(milliseconds: number, task: () => void): void;
  pending(): number;
  /** Resolves when no task is due. */
  none(): Promise<void>;
  close(): void;
}

/** Timers that can all be ended at once, so that closing the simulator leaves none behind. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  let watchers: (() => void)[] = [];
  let isClosed = false;

  function tellWatchers(): void {
    if (running.size > 0) return;
    const told = watchers;
    watchers = [];
    for (const resolve of told) resolve();
  }

  return {
    after(milliseconds, task) {
      if (isClosed) return;
      const timer = setTimeout(() => {
        running.delete(timer);
        task();
        tellWatchers();
      }, milliseconds);
      running.add(timer);
    },
    pending: () => running.size,
    none: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve))),
    close() {
      isClosed = true;
      for (const timer of running) clearTimeout(timer);
      running.clear();
      tellWatchers();
    },
  };
}
