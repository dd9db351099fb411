import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { canonicalDeviceId } from '../../core/message.ts';
import type { SendLedger } from '../../core/send-ledger.ts';
import type { Answered, Index, Open, ReadTable, WriteTable } from './protocol.ts';
import type { Thread } from './thread.ts';

/** The ledger of texts to devices: written by one thread, read by the other. */
export function createSendLedger(
  writer: Thread<WriteTable, Answered>,
  reader: Thread<ReadTable, Open | Index>,
): SendLedger {
  const done = (result: Result<null, StorageFailure>) => (result.ok ? ok(undefined) : result);
  return {
    ask: (send) => writer.call('sendAsk', { ...send, to: canonicalDeviceId(send.to), text: send.text.toWellFormed() }),
    change: (id, change) => writer.call('sendChange', { id, change }),
    report: ({ delivery, isDelivery }) =>
      writer.call('sendReport', {
        delivery: { ...delivery, deviceIds: delivery.deviceIds.map(canonicalDeviceId) },
        isDelivery,
      }),
    find: (id) => reader.call('sendFind', { id }),
    page: (asked) =>
      reader.call('sendPage', { ...asked, device: asked.device === null ? null : canonicalDeviceId(asked.device) }),
    open: (since) => reader.call('sendOpen', { since }),
    identifiersOf: (device) => writer.call('sendIdentifiers', canonicalDeviceId(device)),
    textsSince: (id) => reader.call('sendTexts', { id }),
    saveBench: async (run) => done(await writer.call('benchSave', run)),
    benches: (limit) => reader.call('benches', { limit }),
  };
}
