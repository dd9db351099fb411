import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { properties } from './fuzz/properties.ts';

/*
 * The long run of what `npm test` does shortly: `npm run fuzz [-- RUNS [SEED]]`. A case that fails is kept in
 * test/fixtures/found, where `npm test` takes it up.
 */

const runs = Number(process.argv[2] ?? 30_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const found = join(import.meta.dirname, 'fixtures', 'found');
let failed = 0;

for (const { name, property, weight } of properties) {
  const numRuns = Math.ceil(runs * weight);
  const details = await fc.check(property, { numRuns, seed });
  console.log(`${details.failed ? 'FAIL' : 'ok  '}  ${name}: ${details.numRuns} runs, seed ${seed}`);
  if (!details.failed) continue;
  failed += 1;
  const [value] = details.counterexample ?? [];
  const text = `${JSON.stringify({ property: name, value }, null, 2)}\n`;
  const path = join(found, `${name.replaceAll(/\W+/g, '-').toLowerCase()}-${hash('sha256', text).slice(0, 8)}.json`);
  writeFileSync(path, text);
  console.log(`${fc.defaultReportMessage(details)}\nkept as ${path}`);
}
process.exitCode = failed === 0 ? 0 : 1;
