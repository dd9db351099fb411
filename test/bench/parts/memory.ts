/* What it takes while it does nothing, or little, for long. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Simulator } from '../../../main/simulator/server.ts';
import { launchChromium } from '../../browser/chromium.ts';
import type { Bench, Part } from '../harness/bench.ts';
import { largeStore } from '../harness/million.ts';
import { goal } from '../harness/report.ts';
import { environmentOf, simulatedService, startAppSubject } from '../harness/simulated.ts';
import { type Subject, startSubject, type Usage } from '../harness/subject.ts';

/** The kernel counts a process's time in hundredths of a second. */
const ticksPerSecond = 100;

const afterStartMs = 6000;
/** After it the whole store has been read, which is done once 10 s after a start and then once a day. */
const untilCheckedMs = 20_000;

/** Processor time of a process so far, seconds, as the kernel counts it. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function idleShare(subject: Subject, seconds: number): Promise<number> {
  const before = processorSeconds(subject.pid);
  await pause(seconds * 1000);
  return ((processorSeconds(subject.pid) - before) / seconds) * 100;
}

async function measureResident(bench: Bench, subject: Subject, what: string, isGoal: boolean): Promise<void> {
  const { rss } = await subject.usage();
  bench.report.add({
    workload: `memory, ${what}`,
    subject: 'app',
    unit: 'MB resident',
    values: [rss / 1e6],
    ...(isGoal ? { goal: ({ median }) => goal('≤ 120 MB', median <= 120) } : {}),
  });
}

async function measureIdle(bench: Bench, subject: Subject, what: string, isGoal: boolean): Promise<void> {
  if (process.platform !== 'linux') return bench.report.missing('idle processor time', 'It is read from /proc.');
  bench.report.add({
    workload: `idle, ${what}`,
    subject: 'app',
    unit: '% of a core',
    values: [await idleShare(subject, bench.quick ? 10 : 30)],
    ...(isGoal ? { goal: ({ median }) => goal('≤ 0.2 %', median <= 0.2) } : {}),
  });
}

async function measureWindow(bench: Bench, subject: Subject): Promise<void> {
  const browser = await launchChromium().catch((error: unknown) => String(error));
  if (typeof browser === 'string') return bench.report.missing('window open', browser);
  const page = await browser.newPage();
  await page.goto(subject.window ?? '');
  await page.locator('[role=row]').nth(2).waitFor();
  await measureResident(bench, subject, 'core with the window open', false);
  await measureIdle(bench, subject, 'core with the window open', false);
  const heap = await page.evaluate(() => Reflect.get(Reflect.get(performance, 'memory') ?? {}, 'usedJSHeapSize'));
  bench.report.add({
    workload: 'memory, the page itself',
    subject: 'app',
    unit: 'MB of heap',
    values: [Number(heap) / 1e6],
    goal: ({ median }) => goal('≤ 80 MB', median <= 80),
  });
  await browser.close();
  await measureResident(bench, subject, 'window closed again', false);
  await measureIdle(bench, subject, 'window closed again', false);
}

async function afterPolling(bench: Bench, simulator: Simulator, hours: number): Promise<Usage> {
  const subject = await startSubject('polling', {
    directory: bench.folder('polling'),
    environment: {
      ...environmentOf(simulator),
      BENCH_ACCOUNTS: simulator.accounts.join(' '),
      BENCH_HOURS: String(hours),
    },
  });
  const usage = await subject.usage();
  await subject.stop();
  return usage;
}

/** A day of asking each minute for a queue in which nothing waits, beside its first hour. */
async function measureDay(bench: Bench, simulator: Simulator): Promise<void> {
  const hours = bench.quick ? 3 : 24;
  const first = await afterPolling(bench, simulator, 1);
  const all = await afterPolling(bench, simulator, hours);
  const workload = `${hours} simulated hours of polling`;
  bench.report.add({
    workload: `memory, ${workload}`,
    subject: 'app',
    unit: 'MB resident',
    values: [all.rss / 1e6],
    against: { name: 'after one hour', values: [first.rss / 1e6] },
  });
  bench.report.add({
    workload,
    subject: 'app',
    unit: '% of a core, were they real',
    values: [((all.cpuMs - first.cpuMs) / ((hours - 1) * 3_600_000)) * 100],
    goal: ({ median }) => goal('≤ 0.2 %', median <= 0.2),
  });
}

export const memory: Part = async (bench) => {
  const { directory } = await largeStore(bench);
  const simulator = await simulatedService();
  const subject = await startAppSubject({ simulator, directory, window: true });
  await pause(afterStartMs);
  await measureResident(bench, subject, 'core with the large store', true);
  await pause(untilCheckedMs);
  await measureIdle(bench, subject, 'core with the large store', true);
  await measureWindow(bench, subject);
  await subject.stop();
  await measureDay(bench, simulator);
  await simulator.close();
};
