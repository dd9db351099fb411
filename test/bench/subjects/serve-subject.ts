import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Target } from '../harness/driver.ts';
import type { FromSubject } from '../harness/subject.ts';

export interface Serving {
  readonly target: Target;
  readonly window?: string;
  readonly texts?: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** The part of a subject that is the same for all: it serves until it is told to stop, and says what it has used. */
export async function serveSubject(start: (directory: string) => Promise<Serving>): Promise<void> {
  const say = (message: FromSubject) => process.send?.(message);
  const serving = await start(process.argv[2] ?? '.');
  const delay = monitorEventLoopDelay({ resolution: 1 });

  async function tellUsage(): Promise<void> {
    const { rss, heapUsed: heap } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const longestBlockMs = delay.max / 1e6;
    delay.disable();
    const texts = (await serving.texts?.()) ?? null;
    say({ kind: 'usage', usage: { rss, heap, cpuMs: (user + system) / 1000, longestBlockMs, texts } });
  }

  process.on('message', (order) => {
    if (order === 'watch') {
      delay.reset();
      delay.enable();
    } else if (order === 'usage') void tellUsage();
    else void serving.stop().then(() => process.disconnect());
  });
  say({ kind: 'ready', target: serving.target, window: serving.window ?? null });
}
