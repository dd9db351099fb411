import { expect, test } from 'vitest';
import { createChance, runKills } from './kills.ts';

test('kill -9 at random points, both ways open: nothing acknowledged is missing, nothing is doubled', {
  timeout: 120_000,
}, async () => {
  const outcome = await runKills({ kills: 12, texts: 4800, chance: createChance(20_261_123) });
  expect(outcome).toEqual({ texts: 4800, missing: [], doubled: [], stored: 4800 });
});
