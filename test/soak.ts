import { createChance, runKills } from './flows/kills.ts';

/** The long form of what `npm test` does in a bounded one. */
const kills = Number(process.argv[2] ?? 100);
const texts = Number(process.argv[3] ?? 20_000);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);

console.log(`${kills} kills (-9) over ${texts} texts, seed ${seed}`);
const outcome = await runKills({ kills, texts, chance: createChance(seed) });
console.log(
  `texts ${outcome.texts}, stored ${outcome.stored}, acknowledged but missing ${outcome.missing.length}, doubled ${outcome.doubled.length}`,
);
for (const text of [...outcome.missing, ...outcome.doubled].slice(0, 20)) console.log(`  ${text}`);
process.exitCode =
  outcome.missing.length === 0 && outcome.doubled.length === 0 && outcome.stored === outcome.texts ? 0 : 1;
