import type { Device, DeviceKey, DeviceRow, ThreadEntry } from '../../preload/contract/device.ts';
import type { Message } from '../../preload/contract/message.ts';
import type { Input, Output } from '../../preload/contract/methods.ts';
import type { Send } from '../../preload/contract/sends.ts';

/** Rows that are looked at: a million would take the page's time. */
const mostRows = 3000;

/** The devices of rows, grouped by their number or else by their first identifier, with what a person said of them. */
export function createFakeDevices(rows: (query: string) => Iterable<Message>, sends: () => readonly Send[]) {
  const said = new Map<number, Pick<Device, 'nickname' | 'note'>>();
  const numbers = new Map<string, number>();

  function numberOf(message: Message): number {
    const key = message.deviceIds.map(({ id }) => id).join(' ');
    const number = message.device?.id ?? numbers.get(key) ?? 1000 + numbers.size;
    numbers.set(key, number);
    return number;
  }

  function all(query: string): readonly DeviceRow[] {
    const devices = new Map<number, DeviceRow>();
    let looked = 0;
    for (const message of rows(query)) {
      if (++looked > mostRows) break;
      const id = numberOf(message);
      const known = devices.get(id);
      if (known)
        devices.set(id, {
          ...known,
          found: known.found + 1,
          texts: known.texts + 1,
          unread: known.unread + (message.unread ? 1 : 0),
        });
      else devices.set(id, first(id, message));
    }
    return [...devices.values()];
  }

  function first(id: number, message: Message): DeviceRow {
    return {
      id,
      nickname: said.get(id)?.nickname ?? message.device?.nickname ?? null,
      note: said.get(id)?.note ?? '',
      serviceName: message.device?.serviceName ?? null,
      deviceIds: message.device?.deviceIds ?? message.deviceIds,
      formerIds: [],
      account: message.account,
      lastTextAt: message.receivedAt,
      texts: 1,
      unread: message.unread ? 1 : 0,
      latest: message,
      found: 1,
    };
  }

  function find(key: DeviceKey): Device | undefined {
    const row = all('').find(({ id, deviceIds }) =>
      typeof key === 'number' ? id === key : deviceIds.some((own) => own.id === key.id && own.kind === key.kind),
    );
    if (!row) return undefined;
    const { latest: _latest, found: _found, ...device } = row;
    return device;
  }

  /** A row as the core gives it: with its device. */
  function named(message: Message): Message {
    if (message.deviceIds.length === 0) return message;
    const id = numberOf(message);
    const { nickname, serviceName, deviceIds } = first(id, message);
    return { ...message, device: { id, nickname, serviceName, deviceIds } };
  }

  return {
    find,
    named,
    numberOf,
    page({ find: part = '', query = '', before = null, limit = 100 }: Input<'devices.page'>): Output<'devices.page'> {
      const wanted = all(query).filter(({ nickname, serviceName, deviceIds }) =>
        [nickname ?? '', serviceName ?? '', ...deviceIds.map(({ id }) => id)].some((name) =>
          name.toLowerCase().includes(part.toLowerCase()),
        ),
      );
      const rest = wanted.filter(({ latest }) => before === null || (latest?.sequence ?? 0) < before.sequence);
      const devices = rest.slice(0, limit);
      const last = devices.at(-1);
      const next = rest.length > limit && last ? { sequence: last.latest?.sequence ?? 0, device: last.id } : null;
      return { devices, total: wanted.length, above: wanted.length - rest.length, next };
    },
    thread({ device, before = null, limit = 100 }: Input<'devices.thread'>): Output<'devices.thread'> | undefined {
      const known = find(device);
      if (!known) return undefined;
      const own = [...rows('')].filter((message) => numberOf(message) === known.id);
      const rest = own.filter(({ sequence }) => before === null || sequence < before.sequence);
      const shown = rest.slice(0, limit);
      const last = shown.at(-1);
      const sent = before === null ? sends().filter(({ to }) => known.deviceIds.some(({ id }) => id === to.id)) : [];
      const entries: readonly ThreadEntry[] = [
        ...shown.map((message) => ({ kind: 'text' as const, message })),
        ...sent.map((one) => ({ kind: 'sent' as const, sent: one })),
      ];
      return {
        device: known,
        entries: entries.toSorted((one, other) => atOf(other) - atOf(one)),
        next: rest.length > limit && last ? { sequence: last.sequence, sent: 1 } : null,
      };
    },
    change({ device, nickname, note }: Input<'devices.change'>): Device | undefined {
      const known = find(device);
      if (!known) return undefined;
      said.set(known.id, {
        nickname: nickname === undefined ? known.nickname : nickname,
        note: note ?? known.note,
      });
      return find(known.id);
    },
  };
}

/** ms: where an entry stands in the conversation. */
function atOf(entry: ThreadEntry): number {
  return Date.parse(entry.kind === 'text' ? entry.message.receivedAt : entry.sent.askedAt);
}
