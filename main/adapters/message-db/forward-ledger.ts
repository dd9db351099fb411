import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import type { ForwardLedger } from '../../core/forward.ts';
import type { Answered, WriteTable } from './protocol.ts';
import { messageId, sequenceOf } from './rows.ts';
import type { Thread } from './thread.ts';

/** The ledger of what is sent on, kept by the thread that writes. */
export function createForwardLedger(writer: Thread<WriteTable, Answered>, storeKey: () => string): ForwardLedger {
  const done = (result: Result<null, StorageFailure>) => (result.ok ? ok(undefined) : result);
  return {
    begin: (rules, newest) => writer.call('forwardBegin', { rules, newest }),
    add: async (rule, through, texts) => done(await writer.call('forwardAdd', { rule, through, texts })),
    async next(lane) {
      const found = await writer.call('forwardNext', lane);
      if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
      const { sequence, ...rest } = found.value;
      return ok({ ...rest, messageId: messageId(storeKey(), sequence) });
    },
    note: async (outcome) => done(await writer.call('forwardNote', outcome)),
    stopRule: async (rule, reason, at) => done(await writer.call('forwardStop', { rule, reason, at })),
    async noteReplay({ messageId: id, ...outcome }) {
      const sequence = sequenceOf(storeKey(), id);
      return sequence === null ? ok(undefined) : done(await writer.call('forwardNoteReplay', { sequence, ...outcome }));
    },
    async of(id) {
      const sequence = sequenceOf(storeKey(), id);
      return sequence === null ? ok([]) : writer.call('forwardsOf', { sequence });
    },
  };
}
