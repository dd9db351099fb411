import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storeMark } from '../../../main/adapters/message-db/store-mark.ts';
import { callback, freshDirectory, openStore, receive } from './store-fixture.ts';

it('is another mark after each text, and the same while a store is only opened, looked at and closed', async () => {
  const directory = freshDirectory();
  const marks = [await storeMark(directory)];
  for (const text of ['one', 'two', 'three']) {
    const { store } = await openStore(directory);
    await receive(store, callback(text));
    // While it is open: what was stored stands in the log, or in the database.
    marks.push(await storeMark(directory));
    await receive(store, callback(`${text} more`));
    marks.push(await storeMark(directory));
    await store.close();
  }
  expect(new Set(marks).size).toBe(marks.length);
  const closed = await storeMark(directory);
  const { store } = await openStore(directory);
  await store.page({ query: 'two', before: null, after: null, limit: 10 });
  await store.close();
  expect(await storeMark(directory)).toBe(closed);
  rmSync(join(directory, 'messages.db'));
  expect(await storeMark(directory)).toBe(marks[0]);
});
