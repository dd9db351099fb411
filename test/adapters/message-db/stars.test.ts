import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createMessages } from '../../../main/adapters/message-db/migrations/0001-messages.ts';
import { createForwards } from '../../../main/adapters/message-db/migrations/0002-forwards.ts';
import { createDevices } from '../../../main/adapters/message-db/migrations/0003-devices.ts';
import { createSends } from '../../../main/adapters/message-db/migrations/0004-sends.ts';
import { createArrivals } from '../../../main/adapters/message-db/migrations/0005-arrivals.ts';
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';
import type { MessageStore } from '../../../main/core/ports.ts';
import { callback, freshDirectory, noon, openStore, receive, valueOf } from './store-fixture.ts';

async function starred(store: MessageStore): Promise<readonly string[]> {
  const page = await store.page({ query: 'is:starred', before: null, after: null, limit: 100 });
  return valueOf(page).messages.map(({ text }) => text);
}

async function idsOf(store: MessageStore): Promise<readonly string[]> {
  const page = await store.page({ query: '', before: null, after: null, limit: 100 });
  return valueOf(page).messages.map(({ id }) => id);
}

describe('a starred text', () => {
  it('stays starred over restarts, in the list and when it is opened', async () => {
    const directory = freshDirectory();
    const { store } = valueOf(await openMessageStore({ directory, now: () => noon }));
    for (const text of ['one', 'two', 'three']) await receive(store, callback(text));
    const [, two = ''] = await idsOf(store);
    expect(valueOf(await store.star([two, 'of-another-store-2'], true))).toBe(1);
    await store.close();
    const again = (await openStore(directory)).store;
    expect(await starred(again)).toEqual(['two']);
    expect(valueOf(await again.detail(two))?.message.starred).toBe(true);
  });

  it('goes with its star when it is deleted by age', async () => {
    const { store } = await openStore(freshDirectory());
    await receive(store, callback('old', { receivedAt: noon - 1000 }));
    await receive(store, callback('new'));
    valueOf(await store.star(await idsOf(store), true));
    expect(valueOf(await store.deleteBefore(noon - 500, 10))).toBe(1);
    expect(await starred(store)).toEqual(['new']);
  });
});

it('a store of the fifth schema gets its stars, and keeps its texts', async () => {
  const directory = freshDirectory();
  const old = new Database(join(directory, 'messages.db'));
  createMessages(old, 'abcdef');
  for (const step of [createForwards, createDevices, createSends, createArrivals]) step(old);
  old.exec(`
    INSERT INTO account (id, name) VALUES (1, 'A-1');
    INSERT INTO device (id, identifiers) VALUES (1, '[["mdn","7022895555"]]');
    INSERT INTO message (sequence, account, device, lanes, received_at, text) VALUES (1, 1, 1, 1, ${noon}, 'kept');
    PRAGMA user_version = 5;
  `);
  old.close();
  const { store } = await openStore(directory);
  const ids = await idsOf(store);
  expect(ids).toEqual(['abcdef-1']);
  expect(valueOf(await store.star(ids, true))).toBe(1);
  expect(await starred(store)).toEqual(['kept']);
});
