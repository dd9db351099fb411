import { fail, ok } from '../../preload/contract/result.ts';
import type { Context } from './context.ts';
import { receivedBefore } from './retention.ts';
import { type Handlers, refusal } from './router.ts';

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** What faces can ask of the store as a whole. */
export function storeHandlers({
  messages,
  clock,
}: Pick<Context, 'messages' | 'clock'>): Pick<Handlers, 'retention.preview' | 'store.backup'> {
  return {
    async 'retention.preview'({ days }) {
      const counted = await messages.countBefore(receivedBefore(days, clock.now()));
      if (!counted.ok) return fail(refusal('storage-failed', counted.error.message));
      const { texts, oldest, newest } = counted.value;
      return ok({ texts, oldest: isoTime(oldest), newest: isoTime(newest) });
    },
    async 'store.backup'({ path }) {
      const made = await messages.backup(path);
      return made.ok ? ok({}) : fail(refusal('storage-failed', made.error.message));
    },
  };
}
