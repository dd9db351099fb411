import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../main/adapters/message-db/index-database.ts';
import { createIndexer } from '../../../main/adapters/message-db/index-words.ts';
import { afterwards, callback, freshDirectory, openStore, valueOf } from './store-fixture.ts';

const texts = 120;

/** The index of a store with so many texts, of which it holds none yet. */
async function emptyIndex() {
  const directory = freshDirectory();
  const { store } = await openStore(directory);
  for (let number = 1; number <= texts; number += 1) valueOf(await store.storeCallback(callback(`status ${number}`)));
  await store.close();
  const database = openIndex(directory, 'another');
  afterwards(() => void database.close());
  const written: number[] = [];
  const indexer = createIndexer(database, { forgot: () => undefined, written: (pages) => written.push(pages) });
  // A block's id says from its 38th bit on which piece it belongs to; piece 0 is the list of pieces.
  const pieces = database.prepare<[], number>('SELECT count(DISTINCT id >> 37) - 1 FROM words_data').pluck();
  const hits = database.prepare<[string], number>('SELECT rowid FROM words WHERE words MATCH ?').pluck();
  return { indexer, written, pieces: () => pieces.get() ?? 0, hits: (word: string) => hits.all(word) };
}

const all = Array.from({ length: texts }, (_, index) => index + 1);

describe('the index', () => {
  it('leaves its pieces alone while rows are indexed, so that who searches does not wait for that', async () => {
    const { indexer, pieces, hits } = await emptyIndex();
    for (let row = 1; row <= 15; row += 1) expect(indexer.index(1)).toBe(1);
    expect(pieces()).toBe(15);
    expect(hits('status')).toEqual(all.slice(0, 15));
  });

  it('puts its pieces together when it is told to, finds the same, and says when nothing is left', async () => {
    const { indexer, pieces, hits } = await emptyIndex();
    for (let row = 1; row <= 15; row += 1) indexer.index(1);
    while (indexer.merge(32)) expect(hits('status')).toEqual(all.slice(0, 15));
    expect(pieces()).toBeLessThan(8);
    expect(indexer.merge(32)).toBe(false);
    indexer.indexAll();
    expect(hits('status')).toEqual(all);
    expect(hits('7')).toEqual([7]);
  });

  it('tells how much it wrote, and nothing where it wrote nothing', async () => {
    const { indexer, written } = await emptyIndex();
    indexer.merge(32);
    expect(written).toEqual([]);
    for (let row = 1; row <= 15; row += 1) indexer.index(1);
    expect(written).toHaveLength(15);
    indexer.merge(32);
    expect(written.slice(15)).toEqual([32]);
    indexer.indexAll();
    indexer.indexAll();
    expect(written).toHaveLength(17);
  });
});
