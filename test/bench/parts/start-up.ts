/* From starting to being of use. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { alternate, type Bench, type Part } from '../harness/bench.ts';
import { largeStore, openStore, value } from '../harness/million.ts';
import { goal } from '../harness/report.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'main', 'cli.ts');

function run(...args: readonly string[]): number {
  const startedAt = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - startedAt;
}

async function ready(directory: string): Promise<number> {
  const startedAt = performance.now();
  const store = await openStore(directory);
  value(await store.counts());
  const took = performance.now() - startedAt;
  await store.close();
  return took;
}

async function measureCommands(bench: Bench, large: string): Promise<void> {
  const empty = bench.folder('empty');
  const first = ['messages', '--limit', '1', '--json', '--data-dir'];
  const measured = await alternate(bench.quick ? 3 : 9, {
    node: async () => run('-e', '0'),
    version: async () => run(cli, '--version'),
    empty: async () => run(cli, ...first, empty),
    large: async () => run(cli, ...first, large),
  });
  const node = { name: 'node -e 0', values: measured.node };
  const add = bench.report.add;
  add({ workload: 'a process', subject: 'floor: node -e 0', unit: 'ms', values: measured.node });
  add({ workload: '--version', subject: 'app', unit: 'ms', values: measured.version, against: node });
  add({
    workload: 'messages --limit 1, empty store',
    subject: 'app',
    unit: 'ms',
    values: measured.empty,
    against: node,
  });
  add({
    workload: 'messages --limit 1, large store',
    subject: 'app',
    unit: 'ms',
    values: measured.large,
    against: node,
  });
}

export const startUp: Part = async (bench) => {
  const { directory } = await largeStore(bench);
  await measureCommands(bench, directory);
  const empty = bench.folder('empty-core');
  const measured = await alternate(bench.quick ? 3 : 9, { empty: () => ready(empty), large: () => ready(directory) });
  bench.report.add({ workload: 'core ready, empty store', subject: 'app', unit: 'ms', values: measured.empty });
  bench.report.add({
    workload: 'core ready, large store',
    subject: 'app',
    unit: 'ms',
    values: measured.large,
    against: { name: 'empty store', values: measured.empty },
    goal: ({ median }) => goal('≤ 300 ms', median <= 300),
  });
};
