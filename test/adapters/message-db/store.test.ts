import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createMessages } from '../../../main/adapters/message-db/migrations/0001-messages.ts';
import { createForwards } from '../../../main/adapters/message-db/migrations/0002-forwards.ts';
import { createDevices } from '../../../main/adapters/message-db/migrations/0003-devices.ts';
import { createSends } from '../../../main/adapters/message-db/migrations/0004-sends.ts';
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';
import {
  account,
  block,
  callback,
  freshDirectory,
  freshStore,
  item,
  mdn,
  noon,
  openStore,
  receive,
  textsOf,
  valueOf,
} from './store-fixture.ts';

const iso = (at: number): string => new Date(at).toISOString();

describe('a stored callback', () => {
  it('comes back as it was given', async () => {
    const store = await freshStore();
    const given = callback('hello', {
      deviceIds: [{ id: ' 0099 ', kind: 'ICCID' }],
      platformTime: '2026-11-01T12:00:00Z',
    });
    const { message, isNew } = valueOf(await store.storeCallback(given));
    expect(isNew).toBe(true);
    expect(message).toMatchObject({ sequence: 1, account, text: 'hello', lanes: ['callback'], unread: true });
    expect(message.deviceIds).toEqual([{ id: '0099', kind: 'iccid' }]);
    const page = valueOf(await store.page({ query: '', before: null, after: null, limit: 10 }));
    // Whose it is may be found out in between.
    expect(page).toMatchObject({ messages: [message], total: 1 });
    expect(valueOf(await store.detail(message.id))?.message).toMatchObject(message);
  });

  it('keeps its body byte for byte, whether it looks like others or not', async () => {
    const store = await freshStore();
    const odd = [
      '{"smsMessage" : "a",\t"x":1}',
      '{"smsMessage":"a","deviceIds":[{"id":"7022895555","kind":"MDN"}],"requestId":"R"}',
      '"\\u0061"',
      'not json \u0001t; at all',
      '{"smsMessage":"$& $1 \u0002"}',
    ];
    for (let round = 0; round < 3; round++) {
      for (const [index, raw] of odd.entries()) {
        const text = index === 4 ? '$& $1 \u0002' : 'a';
        const message = await receive(store, callback(text, { raw, requestId: `${index}-${round}` }));
        expect(valueOf(await store.detail(message.id))?.rawCallback).toBe(raw);
      }
    }
    const uuid = 'a0fff7d6-6b30-45eb-84d7-0bc103d319c0';
    for (const requestId of [uuid, uuid.toUpperCase(), uuid.replace('a0', 'b0')]) {
      const raw = `{"requestId":"${requestId}","smsMessage":"u"}`;
      const message = await receive(store, callback('u', { requestId, raw }));
      expect(valueOf(await store.detail(message.id))?.rawCallback).toBe(raw);
    }
  });

  it('tells when it was answered, once that is written', async () => {
    const store = await freshStore({ now: () => noon + 40 });
    const first = await receive(store, callback('first'));
    const second = valueOf(await store.storeCallback(callback('second'))).message;
    store.answered(second.sequence, false);
    const answeredAt = async (id: string) => valueOf(await store.detail(id))?.answeredAt;
    await expect.poll(() => answeredAt(first.id)).toBe(new Date(noon + 40).toISOString());
    expect(await answeredAt(second.id)).toBeNull();
  });

  it('is never told as on the disk or answered before it was received, though answers that lie close are kept as one', async () => {
    let time = noon;
    const store = await freshStore({ now: () => time });
    const storedAt = async (text: string, receivedAt: number) => {
      time = receivedAt;
      return valueOf(await store.storeCallback(callback(text, { receivedAt }))).message;
    };
    const first = await storedAt('first', noon);
    const second = await storedAt('second', noon + 30);
    time = noon + 1;
    store.answered(first.sequence, true);
    time = noon + 31;
    store.answered(second.sequence, true);
    const arrivals = async () => valueOf(await store.detail(second.id))?.arrivals;
    await expect
      .poll(arrivals)
      .toEqual([
        { lane: 'callback', receivedAt: iso(noon + 30), syncedAt: iso(noon + 30), acknowledgedAt: iso(noon + 31) },
      ]);
  });

  it('holds whatever a text can hold', async () => {
    const store = await freshStore();
    for (const text of ['', '\u0000 nul \u0000', 'a'.repeat(100_000), '😀 é', 'broken \ud800 half']) {
      const { message } = valueOf(await store.storeCallback(callback(text)));
      expect(message.text).toBe(text.toWellFormed());
      expect(valueOf(await store.detail(message.id))?.message.text).toBe(text.toWellFormed());
      expect(valueOf(await store.storeCallback(callback(text))).isNew).toBe(false);
    }
  });
});

describe('the same text by both ways', () => {
  it('is one row that holds both bodies', async () => {
    const store = await freshStore();
    const pushed = await receive(
      store,
      callback('hello', { platformTime: 'T', raw: '{"smsMessage":"hello","timestamp":"T"}' }),
    );
    const fetched = item('hello', noon + 60_000);
    const { added, matched } = valueOf(await store.storeBlock(block([fetched])));
    expect(added).toEqual([]);
    expect(matched).toMatchObject([
      { id: pushed.id, lanes: ['callback', 'history'], platformTime: fetched.platformTime },
    ]);
    expect(valueOf(await store.detail(pushed.id))).toMatchObject({
      rawCallback: '{"smsMessage":"hello","timestamp":"T"}',
      rawHistory: fetched.raw,
    });
  });

  it('is one row when history came first, whose callback can then be answered', async () => {
    const store = await freshStore();
    const [fetched] = valueOf(await store.storeBlock(block([item('hello')]))).added;
    const pushed = valueOf(await store.storeCallback(callback('hello', { receivedAt: noon + 1000 })));
    expect(pushed).toMatchObject({ isNew: false, message: { id: fetched?.id, lanes: ['callback', 'history'] } });
    store.answered(pushed.message.sequence, true);
    const detail = async () => valueOf(await store.detail(pushed.message.id));
    await expect.poll(async () => (await detail())?.answeredAt).not.toBeNull();
  });

  it('is found by any identifier that both name', async () => {
    const store = await freshStore();
    const esn = { id: '60E5F99D', kind: 'esn' };
    await receive(store, callback('hello', { deviceIds: [esn, mdn] }));
    const { matched } = valueOf(await store.storeBlock(block([item('hello', noon, { deviceIds: [esn] })])));
    expect(matched).toHaveLength(1);
  });
});

describe('a block of history', () => {
  it('is stored once however often it comes unacknowledged', async () => {
    const store = await freshStore();
    const items = [item('b', noon + 1), item('a'), item('a')];
    const first = valueOf(await store.storeBlock(block(items)));
    expect(first.added.map(({ text }) => text)).toEqual(['b', 'a', 'a']);
    for (let poll = 0; poll < 3; poll++) {
      const again = valueOf(await store.storeBlock(block(items.toReversed(), { receivedAt: noon + poll * 1e8 })));
      expect([again.added.length, again.matched.length]).toEqual([0, 3]);
    }
    const next = valueOf(await store.storeBlock(block(items, { acknowledgesPrevious: true })));
    expect(next.added).toHaveLength(3);
    expect(await textsOf(store)).toHaveLength(6);
  });

  it("is known again when the estimate of the service's clock has changed", async () => {
    const store = await freshStore();
    await store.storeBlock(block([item('a')]));
    const shifted = item('a', noon, { platformAt: noon + 1000 });
    expect(valueOf(await store.storeBlock(block([shifted]))).added).toEqual([]);
  });

  it('keeps what it could not read, once', async () => {
    const store = await freshStore();
    for (let poll = 0; poll < 3; poll++) await store.storeBlock(block([], { unreadable: ['{"odd":1}'] }));
    expect(valueOf(await store.unverified(10))).toMatchObject([{ account, body: '{"odd":1}' }]);
  });

  it('matches as many items as rows, in whatever order they are listed', async () => {
    const store = await freshStore();
    await receive(store, callback('ok', { receivedAt: noon }));
    await receive(store, callback('ok', { receivedAt: noon + 9 * 60_000 }));
    const items = [item('ok', noon + 8 * 60_000), item('ok', noon - 8 * 60_000)];
    expect(valueOf(await store.storeBlock(block(items))).added).toEqual([]);
  });
});

describe('a repeated callback', () => {
  it('called so by the service is the same within twenty minutes, and later another text', async () => {
    const store = await freshStore();
    await receive(store, callback('ok', { callbackCount: 1 }));
    const repeat = callback('ok', { callbackCount: 2, receivedAt: noon + 15 * 60_000 });
    expect(valueOf(await store.storeCallback(repeat)).isNew).toBe(false);
    const tomorrow = callback('ok', { callbackCount: 3, receivedAt: noon + 24 * 3_600_000 });
    expect(valueOf(await store.storeCallback(tomorrow)).isNew).toBe(true);
  });
  it('with the same request id is the same after any time and a restart', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    await receive(store, callback('ok', { requestId: 'r-1' }));
    await store.close();
    const reopened = (await openStore(directory)).store;
    const late = callback('ok', { requestId: 'r-1', receivedAt: noon + 30 * 86_400_000 });
    expect(valueOf(await reopened.storeCallback(late)).isNew).toBe(false);
    expect(valueOf(await reopened.storeCallback({ ...late, requestId: 'r-2' })).isNew).toBe(true);
  });
});

describe('the store', () => {
  it('keeps everything when opened again, and never uses an id twice', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    const first = await receive(store, callback('one'));
    await store.markRead([first.id]);
    await store.close();
    const reopened = (await openStore(directory)).store;
    const second = await receive(reopened, callback('two'));
    expect(second.sequence).toBe(2);
    expect(second.id.split('-')[0]).toBe(first.id.split('-')[0]);
    expect(await textsOf(reopened)).toEqual(['two', 'one']);
    expect(valueOf(await reopened.counts())).toEqual({
      total: 2,
      unread: 1,
      newest: 2,
      unverified: 0,
      accounts: { [account]: { texts: 2, unread: 1, lastTextAt: noon } },
    });
    const other = await freshStore();
    expect((await receive(other, callback('one'))).id).not.toBe(first.id);
    expect(valueOf(await other.detail(first.id))).toBeNull();
  });

  it('marks as read what is named, or all', async () => {
    const store = await freshStore();
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c', 'd']) ids.push((await receive(store, callback(text))).id);
    expect(valueOf(await store.markRead([ids[1] ?? '', ids[1] ?? '', 'other-1', 'nonsense']))).toBe(1);
    expect(await textsOf(store, 'is:unread')).toEqual(['d', 'c', 'a']);
    expect(await textsOf(store, 'is:read')).toEqual(['b']);
    expect(valueOf(await store.counts()).unread).toBe(3);
    expect(valueOf(await store.markRead(null))).toBe(3);
    expect(valueOf(await store.markRead(null))).toBe(0);
    await receive(store, callback('e'));
    expect(await textsOf(store, 'is:unread')).toEqual(['e']);
    expect(valueOf(await store.counts())).toMatchObject({ total: 5, unread: 1 });
  });

  it('pages both ways from any row, and from any place', async () => {
    const store = await freshStore();
    await store.storeBlock(
      block(Array.from({ length: 100 }, (_, index) => item(`text ${index % 2} n${index}`, noon + index))),
    );
    const page = async (query: string, before: number | null, after: number | null) => {
      const { messages, total } = valueOf(await store.page({ query, before, after, limit: 3 }));
      return [messages.map(({ sequence }) => sequence), total];
    };
    expect(await page('', null, null)).toEqual([[100, 99, 98], 100]);
    expect(await page('', 98, null)).toEqual([[97, 96, 95], 100]);
    expect(await page('', null, 50)).toEqual([[53, 52, 51], 100]);
    expect(await page('"text 0"', 50, null)).toEqual([[49, 47, 45], 50]);
    expect(await page('"text 0"', null, 50)).toEqual([[55, 53, 51], 50]);
    expect(await page('', 1, null)).toEqual([[], 100]);
    const from = async (query: string, offset: number) => {
      const { messages } = valueOf(await store.page({ query, before: null, after: null, offset, limit: 2 }));
      return messages.map(({ sequence }) => sequence);
    };
    expect(await from('', 0)).toEqual([100, 99]);
    expect(await from('', 98)).toEqual([2, 1]);
    expect(await from('', 100)).toEqual([]);
    expect(await from('"text 0"', 1)).toEqual([97, 95]);
    expect(await from('"text 0"', 50)).toEqual([]);
    const first = valueOf(await store.first({ query: '"text 1"', limit: 2 }));
    expect([first.messages.map(({ sequence }) => sequence), first.total]).toEqual([[100, 98], null]);
    expect(valueOf(await store.first({ query: 'n42', limit: 2 }))).toMatchObject({
      messages: [{ sequence: 43 }],
      total: 1,
    });
  });

  it('keeps the newest of what is not trusted, cut short, and counts it all', async () => {
    const store = await freshStore();
    const unverified = (body: string) => ({
      receivedAt: new Date(noon).toISOString(),
      account: null,
      reason: 'password',
      body,
    });
    await Promise.all(
      Array.from({ length: 1005 }, (_, index) => store.storeUnverified(unverified(`${index} ${'é'.repeat(5000)}`))),
    );
    const kept = valueOf(await store.unverified(5000));
    expect(kept).toHaveLength(1000);
    expect(kept.at(-1)?.body.startsWith('5 é')).toBe(true);
    expect(Buffer.byteLength(kept[0]?.body ?? '')).toBeLessThanOrEqual(4096);
    expect(kept[0]?.body).not.toContain('\ufffd');
    expect(valueOf(await store.counts()).unverified).toBe(1005);
    expect(await textsOf(store)).toEqual([]);
  });

  it('finishes what was asked before it closes, and answers the rest with closed', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    const before = Array.from({ length: 50 }, (_, index) => store.storeCallback(callback(`text ${index}`)));
    const closing = store.close();
    const after = store.storeCallback(callback('late'));
    expect((await Promise.all(before)).every((result) => result.ok)).toBe(true);
    expect(await after).toMatchObject({ ok: false, error: { kind: 'closed' } });
    await closing;
    await store.close();
    expect(await store.counts()).toMatchObject({ ok: false, error: { kind: 'closed' } });
    expect(await textsOf((await openStore(directory)).store)).toHaveLength(50);
  });
});

describe('the ways by which a text came', () => {
  it('each say when it was received, on the disk and acknowledged', async () => {
    const directory = freshDirectory();
    let now = noon;
    const opened = async () => valueOf(await openMessageStore({ directory, now: () => now })).store;
    let store = await opened();
    const arrivals = async (id: string) => valueOf(await store.detail(id))?.arrivals;
    const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString();
    const later = (seconds: number) => {
      now = noon + seconds * 1000;
    };
    later(1);
    const incoming = callback('pushed', { receivedAt: noon });
    const { message: pushed } = valueOf(await store.storeCallback(incoming));
    later(2);
    store.answered(pushed.sequence, true);
    later(4);
    const items = [item('pushed', noon - 1000), item('fetched', noon)];
    const [fetched] = valueOf(await store.storeBlock(block(items, { receivedAt: noon + 3000 }))).added;
    const id = fetched?.id ?? '';
    expect(await arrivals(id)).toEqual([{ lane: 'history', receivedAt: at(3), syncedAt: null, acknowledgedAt: null }]);
    await store.storeBlock(block([], { receivedAt: noon + 5000, acknowledgesPrevious: true }));
    const known = { lane: 'history', receivedAt: at(3), syncedAt: at(4), acknowledgedAt: at(5) };
    expect(await arrivals(id)).toEqual([known]);
    const both = [{ lane: 'callback', receivedAt: at(0), syncedAt: at(1), acknowledgedAt: at(2) }, known];
    await expect.poll(() => arrivals(pushed.id)).toEqual(both);
    await store.close();
    store = await opened();
    expect(await arrivals(pushed.id)).toEqual(both);
    // A callback for what the queue had brought before: when it came was not kept, that it was answered is.
    later(7);
    expect((await receive(store, callback('fetched', { receivedAt: noon + 6000 }))).id).toBe(id);
    await expect
      .poll(() => arrivals(id))
      .toEqual([{ lane: 'callback', receivedAt: null, syncedAt: at(7), acknowledgedAt: at(7) }, known]);
    await store.close();
  });

  it('are not known of texts that an older version stored, but for when they were answered', async () => {
    const directory = freshDirectory();
    const old = new Database(join(directory, 'messages.db'));
    createMessages(old, 'abcdef');
    for (const step of [createForwards, createDevices, createSends]) step(old);
    old.exec(`
      INSERT INTO account (id, name) VALUES (1, '${account}');
      INSERT INTO device (id, identifiers) VALUES (1, '[["mdn","7022895555"]]');
      INSERT INTO message (sequence, account, device, lanes, received_at, text) VALUES (1, 1, 1, 1, ${noon}, 'old');
      INSERT INTO answer (sequence, more, at) VALUES (1, 0, ${noon + 5});
      PRAGMA user_version = 4;
    `);
    old.close();
    const { store, setAside } = await openStore(directory);
    expect(setAside).toBeNull();
    expect(valueOf(await store.detail('abcdef-1'))?.arrivals).toEqual([
      { lane: 'callback', receivedAt: iso(noon), syncedAt: null, acknowledgedAt: iso(noon + 5) },
    ]);
  });
});
