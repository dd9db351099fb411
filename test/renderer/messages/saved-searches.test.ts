import { expect, test } from 'vitest';
import { parseSearches, toggled } from '../../../renderer/messages/saved-searches.ts';

test('a search is kept once, the last kept first, and forgotten by the same press', () => {
  const kept = toggled(toggled([], 'is:unread'), 'pump');
  expect(kept).toEqual(['pump', 'is:unread']);
  expect(toggled(kept, 'pump')).toEqual(['is:unread']);
});

test.each(['', 'null', '{"a":1}', '[1,', '"text"'])('what was kept as %s is no search', (kept) => {
  expect(parseSearches(kept)).toEqual([]);
});

test('no more than 50 are kept', () => {
  const many = Array.from({ length: 60 }, (_, index) => `search ${index}`);
  expect(many.reduce<readonly string[]>(toggled, [])).toHaveLength(50);
  expect(parseSearches(JSON.stringify(many))).toHaveLength(50);
});
