import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../main/adapters/message-db/index-database.ts';
import { createIndexer } from '../../../main/adapters/message-db/index-words.ts';
import { createBook } from '../../../main/adapters/message-db/read-book.ts';
import { createFinder } from '../../../main/adapters/message-db/read-find.ts';
import { parseQuery } from '../../../main/core/query.ts';
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
    createIndexer(database, () => undefined),
    book,
  );
}

const query = (text: string) => parseQuery(text, { now: noon, timeZoneOffsetMinutes: () => 0 });
const hits = Array.from({ length: texts }, (_, index) => texts - index).filter((number) => number % 3 !== 0);
const first = { before: null, after: null, limit: 60 };

describe('a search that finds much', () => {
  it.each(['status', 'is:unread -alarm'])('%s has all its hits found in short turns', async (text) => {
    const finder = await finderOfMany();
    const page = finder.page({ query: query(text), ...first });
    expect(page.messages.map(({ sequence }) => sequence)).toEqual(hits.slice(0, 60));
    expect(page.total).toBe(hits.length);
    const turns = [300, 300, 300, 300].map((limit) => finder.completeGlance(limit));
    expect(turns).toEqual([true, true, true, false]);
    expect(finder.completeGlance(300)).toBe(false);
    expect(
      finder.page({ ...first, query: query(text), limit: texts }).messages.map(({ sequence }) => sequence),
    ).toEqual(hits);
  });

  it('is answered whole when somebody reads on before the last turn', async () => {
    const finder = await finderOfMany();
    finder.page({ query: query('status'), ...first });
    expect(finder.completeGlance(300)).toBe(true);
    const next = finder.page({ query: query('status'), ...first, offset: 500 });
    expect(next.messages.map(({ sequence }) => sequence)).toEqual(hits.slice(500, 560));
    expect(next.total).toBe(hits.length);
  });
});
