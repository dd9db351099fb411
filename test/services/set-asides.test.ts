import { expect, test } from 'vitest';
import { createStore } from '../../main/core/store.ts';
import { tellSetAsides } from '../../main/services/set-asides.ts';
import { ok } from '../../preload/contract/result.ts';

test('a store that is replaced while the app runs is told, and its counts are read anew', async () => {
  const state = createStore();
  let later = (_path: string): void => {};
  const counts = { total: 0, unread: 0, newest: 0, unverified: 0, accounts: {} };
  state.dispatch({ type: 'counts-read', counts: { ...counts, total: 9, newest: 9 } });
  const ports = {
    messages: { counts: async () => ok(counts) },
    messagesSetAside: null,
    documentsSetAside: [],
    onMessagesSetAside(listener: (path: string) => void) {
      later = listener;
    },
    settings: { setAside: null },
  };
  tellSetAsides(ports as unknown as Parameters<typeof tellSetAsides>[0], state);
  expect(state.get().told).toEqual([]);
  later('/data/messages.corrupt-1.db');
  expect(state.get().told).toMatchObject([
    { code: 'store-set-aside', message: expect.stringContaining('/data/messages.corrupt-1.db') },
  ]);
  await expect.poll(() => state.get().inbox.total).toBe(0);
});

test('files that could not be read at the start are told together, and what may be owed to another server with them', () => {
  const state = createStore();
  const ports = {
    messagesSetAside: null,
    documentsSetAside: ['/data/claims.json.unreadable-1'],
    onMessagesSetAside: () => undefined,
    settings: { setAside: '/data/settings.json.unreadable-1' },
  };
  tellSetAsides(ports as unknown as Parameters<typeof tellSetAsides>[0], state);
  const [problem, ...more] = state.get().told;
  expect(more).toEqual([]);
  expect(problem?.message).toContain('/data/settings.json.unreadable-1, and the defaults are in force.');
  expect(problem?.message).toContain('/data/claims.json.unreadable-1');
  expect(problem?.message).toContain('register it anew from its own server');
});
