import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMessages } from '../../../main/adapters/message-db/migrations/0001-messages.ts';
import { createForwards } from '../../../main/adapters/message-db/migrations/0002-forwards.ts';
import { createDevices } from '../../../main/adapters/message-db/migrations/0003-devices.ts';
import { createSends } from '../../../main/adapters/message-db/migrations/0004-sends.ts';
import { createArrivals } from '../../../main/adapters/message-db/migrations/0005-arrivals.ts';
import { createStars } from '../../../main/adapters/message-db/migrations/0006-stars.ts';
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';
import type { MessageStore } from '../../../main/core/ports.ts';
import { matches, parseQuery } from '../../../main/core/query.ts';
import type { Message } from '../../../preload/contract/message.ts';
import {
  block,
  callback,
  freshDirectory,
  freshStore,
  item,
  noon,
  openStore,
  receive,
  textsOf,
  valueOf,
} from './store-fixture.ts';

const pieces = [
  'status',
  'statut',
  'été',
  'ETE',
  'ok',
  'RSSI',
  '-67',
  '47.26',
  'lat=+47',
  'ca1282',
  '位置',
  '🚨',
  'ß',
  '"',
  '\u0000',
  '5555',
  'o k',
  'İ',
  'ﬁx',
  '½',
  'a_b',
];
const devices = [
  [{ id: '7022895555', kind: 'mdn' }],
  [
    { id: '89148000000800139708', kind: 'iccid' },
    { id: '7022891234', kind: 'mdn' },
  ],
  [{ id: '60E5F99D', kind: 'esn' }],
  [],
];
const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((chosen) => chosen.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);
const term = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces, 'sta', 'o', 'e', 'status ok', '"status ok"', '"ok', '""') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'device:5555',
      'from:1234',
      'device:9d',
      'from:0000',
      'pumpe',
      'device:pump',
      'device:motor',
      'from:"status ok"',
      'f99d',
      '89148000000800139708',
      'device:nobody',
      'account:a',
      'account:A-1',
      'account:none',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'is:unread',
      'is:read',
      'is:starred',
      'is:unverified',
      'via:callback',
      'via:history',
      'is:odd',
      'after:2h',
      'before:90m',
      'after:2026-11-01T10:30Z',
      'before:2026-11-01',
      'after:1970-01-01',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const query = fc
  .array(fc.record({ not: fc.boolean(), term }), { maxLength: 4 })
  .map((terms) => terms.map(({ not, term: written }) => `${not ? '-' : ''}${written}`).join(' '));

describe('a search in the database', () => {
  let store: MessageStore;
  let all: readonly Message[];
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'search-'));
    store = valueOf(await openMessageStore({ directory, now: () => noon, timeZoneOffsetMinutes: () => -300 })).store;
    const samples = fc.sample(
      fc.record({ text, device: fc.constantFrom(...devices), hours: fc.integer({ min: 0, max: 5 }) }),
      { numRuns: 400, seed: 7 },
    );
    for (const [index, { text: written, device, hours }] of samples.entries()) {
      const change = {
        account: index % 5 === 0 ? 'B-2' : 'A-1',
        deviceIds: device,
        receivedAt: noon - hours * 3_600_000,
      };
      if (index % 3 === 0)
        await store.storeBlock(block([item(`${written} ${index}`, noon, { deviceIds: device })], change));
      else await receive(store, callback(`${written} ${index}`, change));
    }
    const some = valueOf(await store.page({ query: '', before: null, after: null, limit: 1000 }));
    await store.changeDevice({ device: { id: '60E5F99D', kind: 'esn' }, nickname: 'Été Pumpe 1234' });
    await store.changeDevice({ device: { id: '7022895555', kind: 'mdn' }, nickname: 'status ok' });
    await store.listDevices('A-1', [
      {
        account: null,
        name: 'Motor 7',
        deviceIds: [
          { id: '60E5F99D', kind: 'esn' },
          { id: '7022890000', kind: 'mdn' },
        ],
      },
    ]);
    await store.markRead(some.messages.filter((_, index) => index % 4 === 0).map(({ id }) => id));
    await store.star(
      some.messages.filter((_, index) => index % 5 === 0).map(({ id }) => id),
      true,
    );
    all = valueOf(await store.page({ query: '', before: null, after: null, limit: 1000 })).messages;
    return async () => {
      await store.close();
      rmSync(directory, { recursive: true });
    };
  });

  it('finds exactly what looking at each message finds, and its count and rows agree', async () => {
    const clock = { now: noon, timeZoneOffsetMinutes: () => -300 };
    await fc.assert(
      fc.asyncProperty(query, fc.nat({ max: 60 }), async (written, offset) => {
        const expected = all.filter((message) => matches(parseQuery(written, clock), message));
        const found = valueOf(await store.page({ query: written, before: null, after: null, limit: 1000 }));
        expect(found.messages).toEqual(expected);
        expect(found.total).toBe(expected.length);
        const from = valueOf(await store.page({ query: written, before: null, after: null, offset, limit: 3 }));
        expect(from.messages).toEqual(expected.slice(offset, offset + 3));
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 400) },
    );
  });
});

describe('a search', () => {
  it('sees a text as soon as it is stored, and its count follows every change', async () => {
    const store = await freshStore();
    const total = async (written: string) =>
      valueOf(await store.page({ query: written, before: null, after: null, limit: 1 })).total;
    for (let number = 1; number <= 20; number++) {
      await receive(store, callback(`report ${number}`));
      expect([await total('report'), await total('is:unread'), await total('-nothing')]).toEqual([
        number,
        number,
        number,
      ]);
    }
    const page = valueOf(await store.page({ query: 'report', before: null, after: null, limit: 5 }));
    await store.markRead(page.messages.map(({ id }) => id));
    expect([await total('is:unread'), await total('report is:read')]).toEqual([15, 5]);
    expect(await total('is:starred')).toBe(0);
    const ids = page.messages.map(({ id }) => id);
    expect(valueOf(await store.star(ids, true))).toBe(5);
    expect(valueOf(await store.star(ids, true))).toBe(0);
    expect([await total('is:starred'), await total('-is:starred')]).toEqual([5, 15]);
    expect(valueOf(await store.star(ids.slice(0, 2), false))).toBe(2);
    expect([await total('is:starred'), await total('report is:starred')]).toEqual([3, 3]);
    expect(await total('is:unverified')).toBe(0);
    expect(await total('via:history')).toBe(0);
    await store.storeBlock(block([item('report 1')]));
    expect([await total('via:history'), await total('report')]).toEqual([1, 20]);
  });

  it('counts what came before and after a time, though the clock was moved and texts were deleted', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    // A text a second; for five minutes the clock went an hour ahead.
    const times = Array.from(
      { length: 3000 },
      (_, index) => noon + index * 1000 + (index % 1500 < 300 ? 3_600_000 : 0),
    );
    await Promise.all(
      times.map(async (receivedAt, index) => {
        const { message } = valueOf(await store.storeCallback(callback(`report ${index}`, { receivedAt })));
        store.answered(message.sequence, true);
      }),
    );
    const agree = async (kept: readonly number[]) => {
      for (const minutes of [0, 5, 20, 40, 61, 90, 120]) {
        const at = noon + minutes * 60_000;
        const found = await Promise.all(
          ['before', 'after', '-before'].map(async (key) => {
            const query = `${key}:${new Date(at).toISOString().slice(0, 16)}Z`;
            return valueOf(await store.page({ query, before: null, after: null, limit: 5 })).total;
          }),
        );
        const before = kept.filter((time) => time < at).length;
        expect([minutes, ...found]).toEqual([minutes, before, kept.length - before, kept.length - before]);
      }
    };
    await agree(times);
    const old = noon + 10 * 60_000;
    expect(valueOf(await store.deleteBefore(old, 2000))).toBe(times.filter((time) => time < old).length);
    const kept = times.filter((time) => time >= old);
    await agree(kept);
    // What was deleted is taken out of the index a moment later.
    const index = new Database(join(directory, 'messages-index.db'), { readonly: true });
    await expect.poll(() => index.prepare('SELECT deleted FROM state').pluck().get()).toBe(times.length - kept.length);
    index.close();
    await agree(kept);
  });

  it('finds the texts of very many devices', async () => {
    const store = await freshStore();
    const items = Array.from({ length: 200 }, (_, index) =>
      item(`n${index}`, noon + index, { deviceIds: [{ id: `${1000 + index}77`, kind: 'mdn' }] }),
    );
    await store.storeBlock(block(items));
    expect(await textsOf(store, 'device:77')).toHaveLength(200);
    expect(await textsOf(store, '-device:77')).toHaveLength(0);
    expect(await textsOf(store, 'device:99977')).toEqual([]);
    expect(await textsOf(store, 'device:110177')).toEqual(['n101']);
  });

  it('that finds much tells on its first page what the whole list holds, also while texts and new words come', async () => {
    const store = await freshStore();
    const words = ['battery', 'bat', 'batteries', 'door'] as const;
    let kept: Message[] = [];
    const add = async (count: number, choose: (number: number) => string) => {
      const from = kept.length;
      const stored = await Promise.all(
        Array.from({ length: count }, (_, index) =>
          store.storeCallback(callback(`${choose(index)} ${from + index}`, { receivedAt: noon + from + index })),
        ),
      );
      const messages = stored.map((each) => valueOf(each).message);
      for (const { sequence } of messages) store.answered(sequence, true);
      kept.push(...messages);
    };
    const agree = async (text: string) => {
      const query = parseQuery(text, { now: noon, timeZoneOffsetMinutes: () => 0 });
      const expected = kept.filter((message) => matches(query, message)).map(({ sequence }) => sequence);
      const newest = expected.toSorted((a, b) => b - a).slice(0, 5);
      const page = valueOf(await store.page({ query: text, before: null, after: null, limit: 5 }));
      expect([text, page.total, page.messages.map(({ sequence }) => sequence)]).toEqual([
        text,
        expected.length,
        newest,
      ]);
      const offset = Math.max(0, expected.length - 1);
      const oldest = valueOf(await store.page({ query: text, before: null, after: null, offset, limit: 5 }));
      expect(oldest.messages.map(({ sequence }) => sequence)).toEqual(expected.slice(0, 1));
    };
    const ask = async () => {
      for (const query of [
        'b',
        'bat',
        'batt',
        'battery',
        '"battery"',
        '-door',
        'bat -door',
        'account:0342',
        'is:unread',
      ])
        await agree(query);
    };
    await add(900, () => words[0]);
    await ask();
    await add(30, (number) => words[number % 4] ?? words[0]);
    await ask();
    await add(700, (number) => words[number % 4] ?? words[0]);
    await ask();
    valueOf(await store.markRead(kept.slice(0, 50).map(({ id }) => id)));
    const page = valueOf(await store.page({ query: 'is:unread', before: null, after: null, limit: 5 }));
    expect(page.total).toBe(kept.length - 50);
    expect(valueOf(await store.deleteBefore(noon + 500, 1000))).toBe(500);
    kept = kept.slice(500);
    await ask();
    await add(300, (number) => words[number % 4] ?? words[0]);
    await ask();
  });
});

it('the log of the index is copied into it by a thread of its own, while texts are found', async () => {
  const directory = freshDirectory();
  const { store } = await openStore(directory);
  const size = () => statSync(join(directory, 'messages-index.db')).size;
  expect(await textsOf(store, 'report')).toEqual([]);
  const before = size();
  // Each search writes the text before it into the index; the thread that does is never the one that syncs.
  for (let number = 1; number <= 300; number += 1) {
    valueOf(await store.storeCallback(callback(`report ${number}`)));
    const { total } = valueOf(await store.page({ query: 'report', before: null, after: null, limit: 1 }));
    expect(total).toBe(number);
  }
  await expect.poll(size).toBeGreaterThan(before);
  expect(await textsOf(store, 'report 300')).toEqual(['report 300']);
});

it('a store of the sixth schema counts what came by history', async () => {
  const directory = freshDirectory();
  const old = new Database(join(directory, 'messages.db'));
  createMessages(old, 'abcdef');
  for (const step of [createForwards, createDevices, createSends, createArrivals, createStars]) step(old);
  old.exec(`
    INSERT INTO account (id, name, texts, unread, last_text_at) VALUES (1, 'A-1', 3, 3, ${noon});
    INSERT INTO device (id, identifiers) VALUES (1, '[["mdn","7022895555"]]');
    INSERT INTO message (sequence, account, device, lanes, received_at, text) VALUES
      (1, 1, 1, 1, ${noon}, 'pushed'), (2, 1, 1, 2, ${noon}, 'fetched'), (3, 1, 1, 3, ${noon}, 'both');
    UPDATE summary SET through = 3;
    PRAGMA user_version = 6;
  `);
  old.close();
  const { store } = await openStore(directory);
  const counted = async (query: string) =>
    valueOf(await store.page({ query, before: null, after: null, limit: 1 })).total;
  expect([await counted('via:history'), await counted('-via:history')]).toEqual([2, 1]);
  expect([await counted('via:callback'), await counted('-via:callback')]).toEqual([2, 1]);
  expect(await textsOf(store, 'via:history')).toEqual(['both', 'fetched']);
});
