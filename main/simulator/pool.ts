type Job = () => Promise<void>;

export interface Pool {
  add(job: Job): void;
  /** Resolves when at most so many jobs wait and, for 0, none runs. */
  downTo(count: number): Promise<void>;
}

interface Line {
  add(job: Job): void;
  take(): Job | undefined;
  length(): number;
}

/** How far ahead an out-of-order pool picks, as a platform with several workers would. */
const reach = 50;

function createLine(next: (choices: number) => number): Line {
  let jobs: Job[] = [];
  let head = 0;
  const length = () => jobs.length - head;
  return {
    add: (job) => jobs.push(job),
    take() {
      const chosen = head + next(Math.min(reach, length()));
      const [job, first] = [jobs[chosen], jobs[head]];
      if (first) jobs[chosen] = first;
      head += 1;
      // Taken jobs are dropped in bulk: shifting the array for each would cost its length every time.
      if (head > 1024 && head * 2 > jobs.length) {
        jobs = jobs.slice(head);
        head = 0;
      }
      return job;
    },
    length,
  };
}

/** Runs a bounded number of jobs at a time; `next` says which of the first few waiting jobs goes first. */
export function createPool(concurrency: () => number, next: (choices: number) => number): Pool {
  const line = createLine(next);
  let running = 0;
  let watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  const isDownTo = (count: number) => line.length() <= count && (count > 0 || running === 0);

  function tellWatchers(): void {
    const told = watchers.filter(({ count }) => isDownTo(count));
    if (told.length === 0) return;
    watchers = watchers.filter((watcher) => !told.includes(watcher));
    for (const { resolve } of told) resolve();
  }

  function start(): void {
    while (running < concurrency() && line.length() > 0) {
      const job = line.take();
      if (!job) return;
      running += 1;
      void job().finally(() => {
        running -= 1;
        start();
        tellWatchers();
      });
    }
  }

  return {
    add(job) {
      line.add(job);
      start();
    },
    downTo: (count) =>
      isDownTo(count) ? Promise.resolve() : new Promise((resolve) => watchers.push({ count, resolve })),
  };
}
