/* Callback → synced → 2xx: the app against its floors and against peers that do the like. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { alternate, type Bench, type Part } from '../harness/bench.ts';
import { type Driven, drive } from '../harness/driver.ts';
import { goal } from '../harness/report.ts';
import { simulatedService, startAppSubject } from '../harness/simulated.ts';
import { type Subject, startSubject } from '../harness/subject.ts';
import { callbackBody } from '../harness/texts.ts';
import { startPeers } from '../peers/peers.ts';

const floors = { http: 'floor (a): node:http', commit: 'floor (b): bare group commit' } as const;
const app = 'app';
const burstTexts = 10_000;

/** Numbers of texts, so that no text of a run is like another. */
function createNumbers(): (count: number) => number {
  let next = 0;
  return (count) => (next += count) - count;
}

async function measureConnections(bench: Bench, subjects: Subjects, connections: number): Promise<void> {
  const rounds = bench.quick ? 3 : 12;
  const measure = (subject: Subject) => () => driveFor(subject, connections, bench.quick ? 0.2 : 0.4);
  const measured = await alternate(rounds, {
    http: measure(subjects.http),
    commit: measure(subjects.commit),
    app: measure(subjects.app),
  });
  const rate = (runs: readonly Driven[]) => runs.map((run) => run.perSecond);
  const workload = `${connections} connection${connections === 1 ? '' : 's'}`;
  const add = bench.report.add;
  const floor = { name: 'floor (b)', values: rate(measured.commit) };
  add({ workload, subject: floors.http, unit: 'callbacks/s', values: rate(measured.http) });
  add({ workload, subject: floors.commit, unit: 'callbacks/s', values: floor.values });
  const isGoal = connections === 16;
  add({
    workload,
    subject: app,
    unit: 'callbacks/s',
    values: rate(measured.app),
    against: floor,
    ...(isGoal ? { goal: (_, ratio) => goal('≥ 0.8 × floor (b)', ratio.median >= 0.8) } : {}),
  });
  for (const share of ['p50', 'p99'] as const)
    add({
      workload: `${workload}, ${share}`,
      subject: app,
      unit: 'ms',
      values: measured.app.map((run) => run[share]),
      against: { name: 'floor (b)', values: measured.commit.map((run) => run[share]) },
      ...(isGoal && share === 'p99' ? { goal: ({ median }) => goal('≤ 20 ms', median <= 20) } : {}),
    });
  const refused = [...measured.app, ...measured.commit].reduce((sum, run) => sum + run.refused, 0);
  if (refused > 0) bench.report.missing(`${refused} callbacks of ${workload}`, 'They were refused or not answered.');
}

const numbers = createNumbers();

function driveFor(subject: Subject, connections: number, seconds: number, count?: number): Promise<Driven> {
  const first = numbers(1_000_000);
  const body = (number: number) => callbackBody(first + number, subject.target);
  return drive(subject.target, { connections, body, seconds, ...(count === undefined ? {} : { count }) });
}

async function measurePeers(bench: Bench, subject: Subject): Promise<void> {
  for (const peer of await startPeers(bench)) {
    const measured = await alternate(bench.quick ? 1 : 3, {
      peer: () => peer.measure(),
      app: async () => (await driveFor(subject, 16, 1)).perSecond,
    });
    const { report } = bench;
    report.add({
      workload: '16 connections',
      subject: `${peer.name}: ${peer.does}`,
      unit: 'texts/s',
      values: measured.peer,
    });
    report.add({
      workload: '16 connections',
      subject: app,
      unit: 'callbacks/s',
      values: measured.app,
      against: { name: peer.name, values: measured.peer },
      ...(peer.name.startsWith('Kannel') ? { goal: (_, ratio) => goal('≥ 2.5 × Kannel', ratio.median >= 2.5) } : {}),
    });
    await peer.stop();
  }
}

/** How often the disk was asked to sync while the app was under load, as strace counts it. */
async function measureSyncs(bench: Bench, subject: Subject): Promise<void> {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    bench.report.missing('sync calls', 'strace is not installed (apt-get install strace).');
    return;
  }
  const path = join(bench.folder('strace'), 'counts');
  const tracing = spawn('strace', ['-f', '-c', '-e', 'trace=fdatasync,fsync', '-o', path, '-p', String(subject.pid)], {
    stdio: 'ignore',
  });
  await pause(1000);
  const { accepted } = await driveFor(subject, 16, 3);
  tracing.kill('SIGINT');
  await once(tracing, 'exit');
  const calls = [...readFileSync(path, 'utf8').matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*f(?:data)?sync$/gm)];
  const syncs = calls.reduce((sum, call) => sum + Number(call[1]), 0);
  bench.report.add({
    workload: '16 connections',
    subject: app,
    unit: 'sync calls for each callback',
    values: [syncs / accepted],
    goal: ({ median }) => goal('≤ 0.1', median <= 0.1),
  });
}

async function measureBurst(bench: Bench, subjects: Subjects): Promise<void> {
  const { report } = bench;
  const growths: number[] = [];
  const blocks: number[] = [];
  const burst = (subject: Subject) => async () => {
    const before = await subject.usage();
    subject.watch();
    const run = await driveFor(subject, 64, 60, burstTexts);
    const after = await subject.usage();
    if (subject === subjects.app) growths.push((after.rss - before.rss) / 2 ** 20);
    if (subject === subjects.app) blocks.push(after.longestBlockMs);
    return run;
  };
  const measured = await alternate(bench.quick ? 1 : 5, { commit: burst(subjects.commit), app: burst(subjects.app) });
  const workload = 'burst of 10,000';
  report.add({
    workload,
    subject: app,
    unit: 's until all are acknowledged',
    values: measured.app.map((run) => run.seconds),
    against: { name: 'floor (b)', values: measured.commit.map((run) => run.seconds) },
    goal: ({ median }) => goal('≤ 2 s', median <= 2 && measured.app.every((run) => run.accepted === burstTexts)),
  });
  report.add({
    workload,
    subject: app,
    unit: 'ms, longest block of the main thread',
    values: blocks,
    goal: ({ median }) => goal('≤ 50 ms', median <= 50),
  });
  report.add({
    workload,
    subject: app,
    unit: 'MiB more resident memory',
    values: growths,
    goal: ({ most }) => goal('≤ 60 MB', most * 2 ** 20 <= 60e6),
  });
}

interface Subjects {
  readonly http: Subject;
  readonly commit: Subject;
  readonly app: Subject;
}

/** The first connections compile the code and grow the log: nothing of that belongs into the rounds. */
async function warm(subjects: Subjects): Promise<void> {
  for (const subject of [subjects.http, subjects.commit, subjects.app]) await driveFor(subject, 16, 1.5);
}

export const callbacks: Part = async (bench) => {
  const simulator = await simulatedService();
  const subjects: Subjects = {
    http: await startSubject('floor-http', { directory: bench.folder('floor-http') }),
    commit: await startSubject('floor-commit', { directory: bench.folder('floor-commit') }),
    app: await startAppSubject({ simulator, directory: bench.folder('app') }),
  };
  bench.atEnd(() => simulator.close());
  await measureBurst(bench, subjects);
  await warm(subjects);
  for (const connections of [1, 16, 64]) await measureConnections(bench, subjects, connections);
  await measureSyncs(bench, subjects.app);
  await measurePeers(bench, subjects.app);
  await Promise.all([subjects.http.stop(), subjects.commit.stop(), subjects.app.stop()]);
};
