import { describe, expect, it } from 'vitest';
import type { ListedDevice, MessageStore, ThingSpace } from '../../main/core/ports.ts';
import { createStore } from '../../main/core/store.ts';
import { deviceHandlers } from '../../main/services/device-handlers.ts';
import { ok } from '../../preload/contract/result.ts';
import { freshStore, valueOf } from '../adapters/message-db/store-fixture.ts';

const device = (number: number): ListedDevice => ({
  account: null,
  deviceIds: [{ kind: 'mdn', id: String(number) }],
  name: `n${number}`,
});

/** A list of three pages, whose last cursor may come again for ever. */
function handlersOf(messages: MessageStore, endless: boolean) {
  const asked: (string | null)[] = [];
  const devices: ThingSpace['devices'] = async (_account, after) => {
    asked.push(after);
    const page = Number(after ?? 0);
    const next = page < 2 ? String(page + 1) : endless ? '2' : null;
    return ok({ devices: Array.from({ length: 500 }, (_, index) => device(page * 500 + index)), next });
  };
  // Nothing else of it is called.
  const thingSpace = { devices } as ThingSpace;
  return { handlers: deviceHandlers({ messages, thingSpace, state: createStore() }), asked };
}

describe('asking for the devices of an account', () => {
  it('follows every page, and knows each device afterwards', async () => {
    const store = await freshStore();
    const { handlers, asked } = handlersOf(store, false);
    expect(await handlers['devices.refresh']({ account: 'A-1' })).toEqual(ok({ listed: 1500, known: 1500 }));
    expect(asked).toEqual([null, '1', '2']);
    const found = valueOf(await store.devices({ find: '1499', query: '', texted: false, before: null, limit: 10 }));
    expect(found.devices.map(({ serviceName, account }) => [serviceName, account])).toEqual([['n1499', 'A-1']]);
  });

  it('ends where the service gives the same cursor again', async () => {
    const { handlers, asked } = handlersOf(await freshStore(), true);
    expect((await handlers['devices.refresh']({ account: 'A-1' })).ok).toBe(true);
    expect(asked).toEqual([null, '1', '2']);
  });
});
