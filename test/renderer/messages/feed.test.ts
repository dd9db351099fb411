import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeed, type Feed } from '../../../renderer/messages/feed.ts';
import { freshCount } from '../../../renderer/messages/feed-state.ts';
import { rowAt } from '../../../renderer/messages/row-window.ts';
import { createFakeBridge, type FakeBridge, type FakeOptions } from '../../fakes/fake-bridge.ts';
import { row } from './rows.ts';

interface Reading {
  readonly feed: Feed;
  readonly fake: FakeBridge;
  readonly arrive: (count: number) => void;
  readonly settled: () => Promise<void>;
}

/** A feed over a fake core, told of each snapshot as the window would be. */
function read(options: FakeOptions): Reading {
  const fake = createFakeBridge(options);
  const underWay = new Set<string>();
  const call: FakeBridge['bridge']['call'] = async (name, input) => {
    const { query } = input as { readonly query: string };
    expect(underWay.has(query)).toBe(false);
    underWay.add(query);
    const answer = await fake.bridge.call(name, input);
    underWay.delete(query);
    return answer;
  };
  const feed = createFeed({ query: '', bridge: { call }, nextPicture: async () => await Promise.resolve() });
  feed.begin();
  fake.bridge.onSnapshot(({ inbox }) => feed.changed(inbox.revision));
  return {
    feed,
    fake,
    arrive: (count) => {
      for (let index = 0; index < count; index += 1) fake.arrive({ text: 'new' });
    },
    settled: async () => {
      // Quiet for many turns: every answer has been used.
      for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
    },
  };
}

/** Sequences of the rows in view, with null where one is not held. */
function inView({ feed }: Reading): readonly (number | null)[] {
  const { look, total, window } = feed.state();
  const count = Math.max(0, Math.min(look.count, total - look.first));
  return Array.from({ length: count }, (_, index) => rowAt(window, look.first + index)?.sequence ?? null);
}

function run(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from - index);
}

describe('the feed', () => {
  test('shows the newest rows, and newer ones as they arrive', async () => {
    const reading = read({ texts: 500 });
    await reading.settled();
    reading.feed.look(0, 20);
    await reading.settled();
    expect(inView(reading)).toEqual(run(500, 20));
    reading.arrive(3);
    await reading.settled();
    expect(inView(reading)).toEqual(run(503, 20));
    expect(reading.feed.state().total).toBe(503);
  });

  test('asks one thing at a time, however many snapshots come', async () => {
    const reading = read({ texts: 500 });
    await reading.settled();
    const before = reading.fake.calls.length;
    reading.arrive(200);
    await reading.settled();
    expect(inView(reading)[0]).toBe(700);
    expect(reading.fake.calls.length - before).toBeLessThan(10);
  });

  test('keeps every row in its place while the tail is paused, and counts what came', async () => {
    const reading = read({ texts: 5000 });
    await reading.settled();
    reading.feed.scrolled(false, 1000, 20);
    await reading.settled();
    expect(inView(reading)).toEqual(run(4000, 20));
    reading.arrive(30);
    await reading.settled();
    expect(inView(reading)).toEqual(run(4000, 20));
    expect(freshCount(reading.feed.state())).toBe(30);
    reading.feed.look(3000, 20);
    await reading.settled();
    expect(inView(reading)).toEqual(run(2000, 20));
    reading.feed.scrolled(true, 0, 20);
    await reading.settled();
    expect(inView(reading)).toEqual(run(5030, 20));
  });

  test('reaches the last of a million rows', async () => {
    const reading = read({ texts: 1_000_000 });
    await reading.settled();
    reading.feed.scrolled(false, 999_980, 20);
    await reading.settled();
    expect(inView(reading)).toEqual(run(20, 20));
    expect(reading.feed.state().total).toBe(1_000_000);
  });

  test('holds what is in view, unbroken, wherever the reader goes and whatever arrives', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('look' as const), first: fc.integer({ min: 0, max: 2980 }) }),
      fc.record({ kind: fc.constant('scroll' as const), by: fc.integer({ min: -300, max: 300 }) }),
      fc.record({ kind: fc.constant('arrive' as const), count: fc.integer({ min: 1, max: 400 }) }),
      fc.constant({ kind: 'toggle' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const reading = read({ texts: 3000 });
        await reading.settled();
        for (const one of steps) {
          const at = reading.feed.state().look.first;
          if (one.kind === 'arrive') reading.arrive(one.count);
          else if (one.kind === 'toggle') reading.feed.toggle();
          else {
            const first = one.kind === 'look' ? one.first : Math.max(0, Math.min(2980, at + one.by));
            reading.feed.scrolled(first === 0, first, 20);
          }
          if (reading.feed.state().tail.kind === 'live') reading.feed.look(0, 20);
          await reading.settled();
          const seen = inView(reading);
          expect(seen).toEqual(run(seen[0] ?? 0, seen.length));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('begins again at the top for another search, and keeps the old rows until it is answered', async () => {
    const reading = read({ texts: 300 });
    await reading.settled();
    reading.feed.search('alarm');
    expect(rowAt(reading.feed.state().window, 0)?.sequence).toBe(300);
    await reading.settled();
    const { window, total } = reading.feed.state();
    expect(window.rows.every((row) => row.text.includes('ALARM'))).toBe(true);
    expect(total).toBe(38);
  });

  test('another search does not wait for the count of the one before, which is then not shown', async () => {
    const reading = read({ texts: 300 });
    await reading.settled();
    let count: () => void = () => undefined;
    const counted = new Promise<void>((resolve) => {
      count = resolve;
    });
    reading.fake.answer({
      'inbox.first': ({ query }) => ({
        ok: true,
        value: { messages: [row(query.length)], total: query === 'slow' ? null : 1 },
      }),
      'inbox.page': async () => {
        await counted;
        return { ok: true, value: { messages: [], total: 99 } };
      },
    });
    reading.feed.search('slow');
    await reading.settled();
    expect(reading.feed.state()).toMatchObject({ query: 'slow', rowsOf: 'slow', phase: { kind: 'loading' } });
    reading.feed.search('quicker');
    await reading.settled();
    const found = { query: 'quicker', total: 1, phase: { kind: 'ready' }, window: { rows: [{ sequence: 7 }] } };
    expect(reading.feed.state()).toMatchObject(found);
    count();
    await reading.settled();
    expect(reading.feed.state()).toMatchObject(found);
  });

  test('asks for rows that fill the view after a search that found none', async () => {
    const reading = read({ texts: 300 });
    reading.feed.look(0, 70);
    await reading.settled();
    reading.feed.search('no such words');
    await reading.settled();
    reading.feed.look(0, 0);
    reading.feed.search('alarm');
    await reading.settled();
    const asked = reading.fake.calls.filter(({ name }) => name === 'inbox.first').at(-1);
    expect(asked?.input).toEqual({ query: 'alarm', limit: 110 });
  });

  test('shows a read row as read at once', async () => {
    const reading = read({ texts: 10 });
    await reading.settled();
    reading.feed.markRead('m10');
    expect(rowAt(reading.feed.state().window, 0)?.unread).toBe(false);
  });

  test('shows the star of a row at once', async () => {
    const reading = read({ texts: 10 });
    await reading.settled();
    reading.feed.markStarred('m10', true);
    expect(rowAt(reading.feed.state().window, 0)?.starred).toBe(true);
    reading.feed.markStarred('m10', false);
    expect(rowAt(reading.feed.state().window, 0)?.starred).toBeUndefined();
  });

  test('stops at a failure, and goes on when asked again', async () => {
    const reading = read({ texts: 10 });
    await reading.settled();
    reading.fake.answer({
      'inbox.page': () => ({
        ok: false,
        error: { code: 'storage-failed', message: 'The disk is full.', service: null },
      }),
    });
    reading.feed.retry();
    await reading.settled();
    expect(reading.feed.state().phase).toMatchObject({ kind: 'failed', error: { message: 'The disk is full.' } });
    reading.fake.answer({ 'inbox.page': () => ({ ok: true, value: { messages: [], total: 0 } }) });
    reading.feed.retry();
    await reading.settled();
    expect(reading.feed.state().phase).toEqual({ kind: 'ready' });
  });

  test('believes the rows when the counts were wrong', async () => {
    const reading = read({ texts: 400 });
    await reading.settled();
    reading.feed.scrolled(false, 0, 20);
    reading.fake.answer({ 'inbox.page': () => ({ ok: true, value: { messages: [], total: 400 } }) });
    reading.feed.look(380, 20);
    await reading.settled();
    expect(reading.feed.state().total).toBeLessThan(400);
  });
});
