import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import type { ThreadData } from './protocol.ts';
import { runThread } from './thread.ts';

/**
 * What reads the whole database runs in threads of its own, so that neither storing nor reading waits for it. `damaged`
 * is called when a check finds it so.
 */
export function createWholeReading(url: URL, directory: string, damaged: () => void) {
  const running = new Set<Promise<unknown>>();
  async function run(data: ThreadData): Promise<Result<void, StorageFailure>> {
    const reading = runThread(url, data);
    running.add(reading);
    const read = await reading;
    running.delete(reading);
    return read.ok ? ok(undefined) : read;
  }
  return {
    backup: (path: string) => run({ role: 'backup', directory, path }),
    async checkWhole(): Promise<Result<void, StorageFailure>> {
      const checked = await run({ role: 'check', directory });
      if (!checked.ok && checked.error.kind === 'corrupt') damaged();
      return checked;
    },
    ended: async (): Promise<void> => void (await Promise.all(running)),
  };
}
