import { ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { canonicalDeviceId } from '../../core/message.ts';
import type { MessageStore } from '../../core/ports.ts';
import type { Query } from '../../core/query.ts';
import type { Answered, Index, Open, ReadTable, WriteTable } from './protocol.ts';
import type { Thread } from './thread.ts';

type Asked = 'devices' | 'device' | 'thread' | 'changeDevice' | 'listDevices' | 'markDeviceRead';

/** Rows whose device is looked up before an answer: those of a busy second. */
const placedBefore = 20_000;
const markedAtOnce = 1000;
const listedAtOnce = 100;

interface DeviceThreads {
  readonly writer: Thread<WriteTable, Answered>;
  readonly reader: Thread<ReadTable, Open | Index>;
  /** Takes over what is new of devices, for the texts that come in. */
  readonly readBook: () => Promise<void>;
}

/** Devices, as both threads know them together. */
export function createStoreDevices(
  { writer, reader, readBook }: DeviceThreads,
  parse: (query: string) => Query,
): Pick<MessageStore, Asked> {
  /** So that the newest texts count too. */
  async function afterPlacing<T>(look: () => Promise<Result<T, StorageFailure>>): Promise<Result<T, StorageFailure>> {
    const placed = await writer.call('place', { limit: placedBefore });
    return placed.ok ? look() : placed;
  }

  const canonical = (key: Parameters<MessageStore['device']>[0]) =>
    typeof key === 'number' ? key : canonicalDeviceId(key);
  const device: MessageStore['device'] = (key) => afterPlacing(() => reader.call('device', { device: canonical(key) }));

  return {
    device,
    devices: ({ find, query, texted, before, limit }) =>
      afterPlacing(() =>
        reader.call('devices', { find: find.trim().toLowerCase(), query: parse(query), texted, before, limit }),
      ),
    thread: (request) => afterPlacing(() => reader.call('thread', { ...request, device: canonical(request.device) })),
    async changeDevice(change) {
      const changed = await writer.call('deviceChange', { ...change, device: canonical(change.device) });
      if (!changed.ok) return changed;
      await readBook();
      return changed.value === null ? ok(null) : device(changed.value);
    },
    async listDevices(account, devices) {
      let known = 0;
      for (let start = 0; start < devices.length; start += listedAtOnce) {
        const some = devices.slice(start, start + listedAtOnce).map((listed) => ({
          ...listed,
          deviceIds: listed.deviceIds.map(canonicalDeviceId),
        }));
        const listed = await writer.call('deviceList', { account, devices: some });
        if (!listed.ok) return listed;
        known += listed.value;
      }
      await readBook();
      return ok(known);
    },
    async markDeviceRead(key) {
      let changed = 0;
      for (;;) {
        const asked = { device: canonical(key), limit: markedAtOnce };
        const found = await afterPlacing(() => reader.call('unreadOf', asked));
        if (!found.ok) return found;
        const marked = await writer.call('read', found.value);
        if (!marked.ok) return marked;
        changed += marked.value;
        if (found.value.length < markedAtOnce) return ok(changed);
      }
    },
  };
}
