/* From starting to being of use. */
import { alternate, type Bench, type Part } from '../harness/bench.ts';
import { builtCommand, type CommandRun, runNode, sourceCommand } from '../harness/command.ts';
import { largeStore, openStore, value } from '../harness/million.ts';
import { type Goal, goal } from '../harness/report.ts';
import { environmentOf, simulatedService } from '../harness/simulated.ts';
import type { Spread } from '../harness/stats.ts';
import { account } from '../harness/texts.ts';

const fromSources = 'app, from the sources';
const installed = 'app, as npm installs it';
const listen = ['listen', '--account', account, '--json'];
const firstPage = ['messages', '--limit', '1', '--json'];
/** What `listen` says once callbacks can come in, and once they do. */
const words = ['"type":"listening"', '"state":"live"'];

function rounds({ quick }: Bench): number {
  return quick ? 3 : 9;
}

function atMost(limit: number): (value: Spread) => Goal {
  return ({ median }) => goal(`≤ ${limit} ms`, median <= limit);
}

async function measureCommands(bench: Bench, large: string): Promise<void> {
  const [cli, simulator] = [await builtCommand(bench), await simulatedService()];
  const [home, empty] = [bench.folder('home'), bench.folder('empty')];
  const run = (script: string, args: readonly string[], directory: string) => () =>
    runNode([script, ...args], home, {
      ...(args === listen ? { words } : {}),
      environment: { ...environmentOf(simulator), THINGSPACE_SMS_DATA_DIR: directory },
    });
  const subjects = {
    node: () => runNode(['-e', '0'], home),
    sourceVersion: run(sourceCommand, ['--version'], large),
    version: run(cli, ['--version'], large),
    sourceListen: run(sourceCommand, listen, large),
    listen: run(cli, listen, large),
    pageOfNone: run(cli, firstPage, empty),
    page: run(cli, firstPage, large),
  };
  // The first start of each compiles what later ones find.
  await alternate(1, subjects);
  reportCommands(bench, await alternate(rounds(bench), subjects));
  await simulator.close();
}

type Subject = 'node' | 'sourceVersion' | 'version' | 'sourceListen' | 'listen' | 'pageOfNone' | 'page';

function reportCommands(bench: Bench, measured: Readonly<Record<Subject, readonly CommandRun[]>>): void {
  const { report } = bench;
  const whole = (runs: readonly CommandRun[]) => runs.map(({ totalMs }) => totalMs);
  const said = (runs: readonly CommandRun[], word: number) => runs.map(({ saidMs }) => saidMs[word] ?? Number.NaN);
  const node = { name: 'node -e 0', values: whole(measured.node) };
  const add = (workload: string, subject: string, values: readonly number[], limit?: number) =>
    report.add({
      workload,
      subject,
      unit: 'ms',
      values,
      against: node,
      ...(limit === undefined ? {} : { goal: atMost(limit) }),
    });
  report.add({ workload: 'a process', subject: 'floor: node -e 0', unit: 'ms', values: node.values });
  add('--version', fromSources, whole(measured.sourceVersion), 150);
  add('--version', installed, whole(measured.version), 150);
  add('listen ready, large store', fromSources, said(measured.sourceListen, 0), 500);
  add('listen ready, large store', installed, said(measured.listen, 0), 500);
  add('listen live, large store', fromSources, said(measured.sourceListen, 1));
  add('listen live, large store', installed, said(measured.listen, 1));
  add('messages --limit 1, empty store', installed, whole(measured.pageOfNone));
  add('messages --limit 1, large store', installed, whole(measured.page));
}

async function ready(directory: string): Promise<number> {
  const startedAt = performance.now();
  const store = await openStore(directory);
  value(await store.counts());
  const took = performance.now() - startedAt;
  await store.close();
  return took;
}

export const startUp: Part = async (bench) => {
  const { directory } = await largeStore(bench);
  await measureCommands(bench, directory);
  const empty = bench.folder('empty-core');
  const measured = await alternate(rounds(bench), { empty: () => ready(empty), large: () => ready(directory) });
  bench.report.add({ workload: 'core ready, empty store', subject: 'app', unit: 'ms', values: measured.empty });
  bench.report.add({
    workload: 'core ready, large store',
    subject: 'app',
    unit: 'ms',
    values: measured.large,
    against: { name: 'empty store', values: measured.empty },
    goal: atMost(300),
  });
};
