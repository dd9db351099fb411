import { spawnSync } from 'node:child_process';

/** Everything that can be said of the sources without running them, in one go: the same here and in CI. */
const checks: readonly (readonly [name: string, ...command: readonly string[]])[] = [
  ['types and layers', 'tsc', '-b'],
  ['rules', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'biome', 'check', '--error-on-warnings', '.'],
  ['unused code and dependencies', 'knip'],
  ['layout', 'vitest', 'run', 'test/architecture.test.ts', '--reporter=dot'],
];

let failed = 0;
for (const [name, command = '', ...rest] of checks) {
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'}  ${name}`);
  if (status === 0) continue;
  failed += 1;
  console.log(`${stdout}${stderr}`.trimEnd());
}
process.exitCode = failed === 0 ? 0 : 1;
