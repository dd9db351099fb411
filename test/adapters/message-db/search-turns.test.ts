import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../main/adapters/message-db/index-database.ts';
import { createIndexer } from '../../../main/adapters/message-db/index-words.ts';
import { createBook } from '../../../main/adapters/message-db/read-book.ts';
import { createFinder } from '../../../main/adapters/message-db/read-find.ts';
import { parseQuery } from '../../../main/core/query.ts';
import type { Message } from '../../../preload/contract/message.ts';
import { afterwards, callback, freshDirectory, noon, openStore, valueOf } from './store-fixture.ts';

const texts = 1000;

/** The finder of a store with so many texts, each third one of another kind. */
async function finderOfMany() {
  const directory = freshDirectory();
  const { store } = await openStore(directory);
  for (let number = 1; number <= texts; number += 1)
    valueOf(await store.storeCallback(callback(`${number % 3 === 0 ? 'alarm' : 'status'} ${number}`)));
  const { id } = valueOf(await store.page({ query: '', before: null, after: null, limit: 1 })).messages[0] ?? {
    id: '',
  };
  await store.close();
  const storeKey = id.slice(0, id.lastIndexOf('-'));
  const database = openIndex(directory, storeKey);
  afterwards(() => void database.close());
  const book = createBook(database);
  return createFinder(
    database,
    storeKey,
    createIndexer(database, { forgot: () => undefined, written: () => undefined }),
    book,
  );
}

const query = (text: string) => parseQuery(text, { now: noon, timeZoneOffsetMinutes: () => 0 });
const all = Array.from({ length: texts }, (_, index) => texts - index);
const hits = all.filter((number) => number % 3 !== 0);
const first = { before: null, after: null, limit: 60 };

const sequencesOf = ({ messages }: { readonly messages: readonly Message[] }) =>
  messages.map(({ sequence }) => sequence);

describe('a search that finds much', () => {
  it.each([
    ['status', hits],
    ['is:unread', all],
  ])('%s has all its hits found in short turns', async (text, expected) => {
    const finder = await finderOfMany();
    const page = finder.page({ query: query(text), ...first });
    expect([sequencesOf(page), page.total]).toEqual([expected.slice(0, 60), expected.length]);
    const turns = [300, 300, 300, 300].map((limit) => finder.completeGlance(limit));
    expect(turns).toEqual([true, true, true, false]);
    expect(finder.completeGlance(300)).toBe(false);
    expect(sequencesOf(finder.page({ ...first, query: query(text), limit: texts }))).toEqual(expected);
  });

  it.each(['status', 'sta', 'status -7', '-alarm', 'status before:2099-01-01'])(
    '%s is read at any place before all its hits are known, as it is afterwards',
    async (text) => {
      const finder = await finderOfMany();
      const expected = hits.filter((number) => text !== 'status -7' || !String(number).startsWith('7'));
      const middle = expected[300] ?? 0;
      const agree = (): void => {
        const read = (place: Partial<Parameters<typeof finder.page>[0]>) => {
          const page = finder.page({ query: query(text), before: null, after: null, limit: 20, ...place });
          expect(page.total).toBe(expected.length);
          return sequencesOf(page);
        };
        for (const offset of [1, 100, 300, 400, expected.length - 5, expected.length, 5000])
          expect([offset, read({ offset })]).toEqual([offset, expected.slice(offset, offset + 20)]);
        expect(read({ before: middle })).toEqual(expected.slice(301, 321));
        expect(read({ before: expected.at(-3) ?? 0 })).toEqual(expected.slice(-2));
        expect(read({ after: middle })).toEqual(expected.slice(280, 300));
        expect(read({ after: expected[2] ?? 0 })).toEqual(expected.slice(0, 2));
      };
      finder.first({ query: query(text), limit: 60 });
      agree();
      while (finder.completeGlance(300));
      agree();
    },
  );

  it.each([
    ['status', hits.length],
    ['-status', texts - hits.length],
    ['status -7', hits.filter((number) => !String(number).startsWith('7')).length],
  ])('%s has its number counted in short turns', async (text, total) => {
    const finder = await finderOfMany();
    const count = () => finder.countGlance(query(text), 300);
    expect([count(), finder.first({ query: query(text), limit: 10 }).total]).toEqual([false, null]);
    expect(finder.countGlance(query('alarm'), 300)).toBe(false);
    expect([count(), count(), count(), count()]).toEqual([true, true, true, false]);
    expect(finder.page({ query: query(text), ...first }).total).toBe(total);
  });

  it('is counted in one go where that is not for the index alone', async () => {
    const finder = await finderOfMany();
    const asked = query('status before:2099-01-01');
    expect(finder.first({ query: asked, limit: 10 }).total).toBe(null);
    expect(finder.countGlance(asked, 300)).toBe(false);
    expect(finder.page({ query: asked, ...first }).total).toBe(hits.length);
  });

  it('leaves nothing when it leaves out every text', async () => {
    const finder = await finderOfMany();
    const page = finder.page({ query: query('-status -alarm'), ...first });
    expect([sequencesOf(page), page.total]).toEqual([[], 0]);
  });

  it.each(['status', '-alarm'])('%s is answered whole when somebody reads on before that', async (text) => {
    const finder = await finderOfMany();
    expect(finder.first({ query: query(text), limit: 60 })).toMatchObject({ messages: { length: 60 }, total: null });
    // What is not there can be found in one go only: nobody waits for it before it is asked for.
    expect(finder.completeGlance(300)).toBe(text === 'status');
    const next = finder.page({ query: query(text), ...first, offset: 500 });
    expect([sequencesOf(next), next.total]).toEqual([hits.slice(500, 560), hits.length]);
  });
});
