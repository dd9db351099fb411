import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageStore } from '../../../main/core/ports.ts';
import { matches, parseQuery } from '../../../main/core/query.ts';
import type { Message } from '../../../preload/contract/message.ts';
import {
  account,
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
  withoutDevice,
  withoutDevices,
} from './store-fixture.ts';

const day = 24 * 3_600_000;
const many = 1_000_000;

/** A text as plainly as it can be kept: what the store shows of it, and whether ThingSpace knows that we have it. */
interface ModelText {
  readonly message: Message;
  unread: boolean;
  known: boolean;
}

/** The store beside a list of what it should hold. */
async function createPair(directory: string) {
  let { store } = await openStore(directory);
  let texts: readonly ModelText[] = [];
  let given = 0;
  let lastTextAt: number | null = null;
  const mayGo = (text: ModelText, at: number) => text.known && Date.parse(text.message.receivedAt) < at;
  const add = (message: Message, known: boolean): void => {
    given += 1;
    expect(message.sequence).toBe(given);
    texts = [...texts, { message: withoutDevice(message), unread: true, known }];
    lastTextAt = Math.max(lastTextAt ?? 0, Date.parse(message.receivedAt));
  };

  async function compareSearch(query: string): Promise<void> {
    const clock = { now: noon, timeZoneOffsetMinutes: () => 0 };
    const expected = texts
      .map(({ message, unread }) => ({ ...message, unread }))
      .filter((message) => matches(parseQuery(query, clock), message))
      .reverse();
    const page = valueOf(await store.page({ query, before: null, after: null, limit: 1000 }));
    expect(withoutDevices(page.messages)).toEqual(expected);
    expect(page.total).toBe(expected.length);
    for (const offset of [0, 1, expected.length - 1, expected.length])
      if (offset >= 0) {
        const { messages } = valueOf(await store.page({ query, before: null, after: null, offset, limit: 1 }));
        expect(messages[0]?.sequence).toBe(expected[offset]?.sequence);
      }
    const middle = expected[Math.floor(expected.length / 2)];
    if (!middle) return;
    const { sequence } = middle;
    const below = withoutDevices(
      valueOf(await store.page({ query, before: sequence, after: null, limit: 2 })).messages,
    );
    expect(below).toEqual(expected.filter((each) => each.sequence < sequence).slice(0, 2));
    const above = withoutDevices(
      valueOf(await store.page({ query, before: null, after: sequence, limit: 2 })).messages,
    );
    expect(above).toEqual(expected.filter((each) => each.sequence > sequence).slice(-2));
  }

  return {
    async callback(age: number, answered: boolean) {
      const incoming = callback(`push ${given + 1} ${age % 2 === 0 ? 'even' : 'odd'}`, {
        receivedAt: noon - age * day,
        requestId: age % 3 === 0 ? `r-${given}` : null,
      });
      const { message } = valueOf(await store.storeCallback(incoming));
      if (answered) store.answered(message.sequence, true);
      add(message, answered);
    },
    async block(ages: readonly number[], age: number) {
      const items = ages.map((each, index) => item(`fetched ${given + 1 + index} even`, noon - each * day));
      const incoming = block(items, { receivedAt: noon - age * day, acknowledgesPrevious: true });
      const { added } = valueOf(await store.storeBlock(incoming));
      for (const text of texts) if (text.message.lanes.includes('history')) text.known = true;
      for (const message of added) add(message, false);
    },
    async read(back: number | null) {
      const chosen = back === null ? texts : texts.slice(-1 - back, texts.length - back);
      valueOf(await store.markRead(back === null ? null : chosen.map(({ message }) => message.id)));
      for (const text of chosen) text.unread = false;
    },
    async delete(age: number, limit: number) {
      const at = noon - age * day;
      const going = texts.filter((text) => mayGo(text, at));
      const times = going.map(({ message }) => Date.parse(message.receivedAt));
      expect(valueOf(await store.countBefore(at))).toEqual({
        texts: going.length,
        oldest: times.length === 0 ? null : Math.min(...times),
        newest: times.length === 0 ? null : Math.max(...times),
      });
      const gone = going.slice(0, limit);
      expect(valueOf(await store.deleteBefore(at, limit))).toBe(gone.length);
      texts = texts.filter((text) => !gone.includes(text));
      for (const { message } of gone) expect(valueOf(await store.detail(message.id))).toBeNull();
    },
    async reopen() {
      await store.close();
      ({ store } = await openStore(directory));
    },
    async compare() {
      const unread = texts.filter((text) => text.unread).length;
      const accounts = given === 0 ? {} : { [account]: { texts: texts.length, unread, lastTextAt } };
      expect(valueOf(await store.counts())).toEqual({
        total: texts.length,
        unread,
        newest: given,
        unverified: 0,
        accounts,
      });
      for (const query of ['', 'even', '-even', 'push odd', 'is:unread', 'via:history even', 'after:3d', 'before:3d'])
        await compareSearch(query);
    },
    close: () => store.close(),
  };
}

const age = fc.integer({ min: 0, max: 6 });
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('callback' as const), age, answered: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('block' as const), age, ages: fc.array(age, { maxLength: 3 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), back: fc.constantFrom(0, 1, 3, null) }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('delete' as const), age, limit: fc.constantFrom(1, 3, many) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'compare' as const }) },
  ),
  { minLength: 10, maxLength: 50 },
);

describe('any course of texts, reading, deleting and restarts', () => {
  it('leaves pages, places, counts and searches as a list has them', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (course) => {
        const pair = await createPair(freshDirectory());
        for (const step of course) {
          if (step.kind === 'callback') await pair.callback(step.age, step.answered);
          else if (step.kind === 'block') await pair.block(step.ages, step.age);
          else if (step.kind === 'read') await pair.read(step.back);
          else if (step.kind === 'delete') await pair.delete(step.age, step.limit);
          else await pair[step.kind]();
        }
        await pair.compare();
        await pair.reopen();
        await pair.compare();
        await pair.close();
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 12) },
    );
  }, 300_000);
});

async function fill(store: MessageStore, count: number, receivedAt: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => item(`old ${index}`, receivedAt + index));
  await store.storeBlock(block(items, { receivedAt }));
  await store.storeBlock(block([], { acknowledgesPrevious: true }));
}

describe('deleting', () => {
  it('keeps texts that ThingSpace may deliver again, so that they stay one text', async () => {
    const store = await freshStore();
    const pushed = callback('unanswered', { receivedAt: noon - 9 * day });
    await store.storeCallback(pushed);
    const fetched = block([item('unacknowledged', noon - 9 * day)], { receivedAt: noon - 9 * day });
    await store.storeBlock(fetched);
    expect(valueOf(await store.countBefore(noon)).texts).toBe(0);
    expect(valueOf(await store.deleteBefore(noon, many))).toBe(0);
    expect(valueOf(await store.storeCallback(pushed)).isNew).toBe(false);
    expect(valueOf(await store.storeBlock(fetched)).added).toEqual([]);
  });

  it('leaves nothing of a text behind', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    await receive(store, callback('gone', { requestId: 'r-1', raw: 'odd body', receivedAt: noon - 9 * day }));
    await receive(store, callback('both ways', { receivedAt: noon - 9 * day, platformAt: noon - 9 * day - 60_000 }));
    await store.storeBlock(block([item('both ways', noon - 9 * day + 300_000)], { receivedAt: noon - 9 * day }));
    await store.storeBlock(block([], { acknowledgesPrevious: true }));
    await store.markRead(
      valueOf(await store.page({ query: '', before: null, after: null, limit: 9 })).messages.map(({ id }) => id),
    );
    expect(await textsOf(store, 'gone')).toEqual(['gone']);
    expect(valueOf(await store.deleteBefore(noon, many))).toBe(2);
    await receive(store, callback('kept'));
    const index = new Database(join(directory, 'messages-index.db'), { readonly: true });
    await expect.poll(() => index.prepare('SELECT count(*) FROM words_docsize').pluck().get()).toBe(1);
    index.close();
    await store.close();
    const database = new Database(join(directory, 'messages.db'), { readonly: true });
    const rowsOf = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['message', 'raw', 'read_mark', 'answer', 'unanswered'].map(rowsOf)).toEqual([1, 0, 0, 1, 0]);
    expect(database.prepare('SELECT DISTINCT sequence FROM identity').pluck().all()).toEqual([3]);
    database.close();
  });

  it('never gives a sequence out again, even when all texts are gone', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    await fill(store, 5, noon - 9 * day);
    expect(valueOf(await store.deleteBefore(noon, many))).toBe(5);
    await store.close();
    const reopened = (await openStore(directory)).store;
    expect(await textsOf(reopened)).toEqual([]);
    expect((await receive(reopened, callback('next'))).sequence).toBe(6);
    expect(await textsOf(reopened, 'next')).toEqual(['next']);
  });

  it('of very many texts never keeps one that comes waiting for long', async () => {
    const store = await freshStore();
    await fill(store, 20_000, noon - 9 * day);
    let deleting = true;
    const deleted = store.deleteBefore(noon - day, many).finally(() => {
      deleting = false;
    });
    const waits: number[] = [];
    const isDeleting = () => deleting;
    while (isDeleting()) {
      const started = performance.now();
      await receive(store, callback(`new ${waits.length}`));
      waits.push(performance.now() - started);
    }
    expect(valueOf(await deleted)).toBe(20_000);
    expect(valueOf(await store.counts()).total).toBe(waits.length);
    const sorted = waits.toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(50);
  }, 60_000);
});
