import { expect, test } from 'vitest';
import type { SettingsStore } from '../../main/core/ports.ts';
import { createStore } from '../../main/core/store.ts';
import { createRetention } from '../../main/services/retention.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { createFakeClock } from '../fakes/clock.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 23, 15);

/** The service over a store that holds texts by nothing but their time of receipt. */
function open(keepDays: number | null, ages: readonly number[]) {
  const clock = createFakeClock(start);
  const state = createStore();
  const notes: string[] = [];
  state.subscribe((event) => {
    if (event.type === 'noted') notes.push(event.text);
  });
  let kept = ages.map((age) => start - age);
  let broken = false;
  let asked = 0;
  let current = { ...defaultSettings, keepDays };
  const warnings: string[] = [];
  const messages = {
    async deleteBefore(at: number, limit: number) {
      asked += 1;
      if (broken) return fail({ kind: 'disk-full', message: 'The disk is full.' });
      const going = kept.filter((time) => time < at).slice(0, limit);
      kept = kept.filter((time) => !going.includes(time));
      return ok(going.length);
    },
    counts: async () => ok({ total: kept.length, unread: 0, newest: ages.length, unverified: 0, accounts: {} }),
  };
  const retention = createRetention({
    clock,
    state,
    messages,
    settings: { read: () => current } as SettingsStore,
    log: { write: (_level: string, event: string) => warnings.push(event) },
  } as unknown as Parameters<typeof createRetention>[0]);
  return {
    clock,
    state,
    retention,
    notes,
    warnings,
    kept: () => kept.length,
    asked: () => asked,
    choose: (days: number | null) => {
      current = { ...current, keepDays: days };
    },
    breakStore: (isBroken: boolean) => {
      broken = isBroken;
    },
  };
}

test('without a rule nothing is ever deleted', async () => {
  const { retention, clock, asked, notes } = open(null, [900 * day]);
  const end = retention.begin();
  await clock.advance(day);
  expect([asked(), notes]).toEqual([0, []]);
  end();
});

test('what is older than the rule goes at the start, with one note and new counts', async () => {
  const { retention, clock, kept, notes, state } = open(30, [31 * day, 30 * day + 1, 30 * day, day]);
  retention.begin();
  await clock.advance(0);
  expect(kept()).toBe(2);
  expect(notes).toEqual(['2 texts older than you wanted to keep were deleted.']);
  expect(state.get().inbox.total).toBe(2);
});

test('what grows older goes within the hour', async () => {
  const { retention, clock, kept, notes } = open(1, [day - 90 * 60_000]);
  retention.begin();
  await clock.advance(hour);
  expect(kept()).toBe(1);
  await clock.advance(hour);
  expect(kept()).toBe(0);
  expect(notes).toEqual(['1 text older than you wanted to keep was deleted.']);
});

test('very many go in steps, and a rule that is taken back meanwhile ends it', async () => {
  const { retention, clock, kept, choose } = open(
    1,
    Array.from({ length: 10_000 }, (_, index) => 2 * day + index),
  );
  retention.begin();
  choose(null);
  await clock.advance(0);
  expect(kept()).toBe(8000);
  choose(1);
  retention.look();
  await clock.advance(0);
  expect(kept()).toBe(0);
});

test('a store that fails is asked again an hour later', async () => {
  const { retention, clock, kept, breakStore, warnings, notes } = open(1, [2 * day]);
  breakStore(true);
  retention.begin();
  await clock.advance(0);
  expect([kept(), warnings, notes]).toEqual([1, ['retention-failed'], []]);
  breakStore(false);
  await clock.advance(hour);
  expect(kept()).toBe(0);
});

test('before it has begun and after it has ended nothing is deleted', async () => {
  const { retention, clock, asked } = open(1, [2 * day]);
  retention.look();
  await clock.advance(2 * hour);
  expect(asked()).toBe(0);
  retention.begin()();
  await clock.advance(2 * hour);
  retention.look();
  expect([asked(), clock.waiting()]).toEqual([1, 0]);
});
