import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import type { ThreadData } from './protocol.ts';
import { runThread } from './thread.ts';

/**
 * What reads the whole database, or waits long for the disk, runs in threads of its own, so that neither storing nor
 * reading waits for it. `damaged` is called when a check finds it so.
 */
export function createWholeReading(url: URL, directory: string, damaged: () => void) {
  const running = new Set<Promise<unknown>>();
  let checkpointing = false;
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
    /** Nobody waits for it: what it could not do is done by the next one, or as the index is closed. */
    async checkpoint(): Promise<void> {
      if (checkpointing) return;
      checkpointing = true;
      await run({ role: 'checkpoint', directory });
      checkpointing = false;
    },
    ended: async (): Promise<void> => void (await Promise.all(running)),
  };
}
