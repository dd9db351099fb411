/* Fetching a long queue by history, at several round trips. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Simulator } from '../../../main/simulator/server.ts';
import type { Bench, Part } from '../harness/bench.ts';
import { goal } from '../harness/report.ts';
import { simulatedService, startAppSubject } from '../harness/simulated.ts';

const pageSize = 100;
const fourAccounts = ['0342077109-00001', '0342077109-00002', '0342077109-00003', 'FIELD_DEMO-A'];

interface Drained {
  /** From the first question for the queue to the acknowledgement of its last text. */
  readonly seconds: number;
  readonly whole: boolean;
}

async function until(condition: () => boolean, withinSeconds: number): Promise<boolean> {
  const end = performance.now() + withinSeconds * 1000;
  while (!condition() && performance.now() < end) await pause(5);
  return condition();
}

async function drainOnce(bench: Bench, simulator: Simulator, texts: number, latencyMs: number): Promise<Drained> {
  simulator.backlog(texts);
  simulator.setSwitches({ latencyMs });
  const acknowledged = () => simulator.accounts.every((account) => simulator.counts(account).acknowledged === texts);
  let firstAt = 0;
  const started = startAppSubject({ simulator, directory: bench.folder('drain'), mode: 'auto' });
  await until(() => simulator.requests().some(({ route, path }) => route !== null && path.includes('/history')), 60);
  firstAt = performance.now() - latencyMs;
  const whole = await until(acknowledged, 600);
  const seconds = (performance.now() - firstAt) / 1000;
  const subject = await started;
  const { texts: held } = await subject.usage();
  await subject.stop();
  return { seconds, whole: whole && held === texts * simulator.accounts.length };
}

export const drain: Part = async (bench) => {
  const texts = bench.quick ? 5000 : 50_000;
  for (const accounts of [fourAccounts.slice(0, 1), fourAccounts])
    for (const latencyMs of [0, 100, 300]) {
      const simulator = await simulatedService(accounts);
      const { seconds, whole } = await drainOnce(bench, simulator, texts, latencyMs);
      await simulator.close();
      // One question more than there are pages: the last one acknowledges.
      const floor = ((texts / pageSize + 1) * latencyMs) / 1000;
      bench.report.add({
        workload: `${texts.toLocaleString('en-US')} texts × ${accounts.length} account${accounts.length === 1 ? '' : 's'}, round trip ${latencyMs} ms`,
        subject: 'app',
        unit: 's',
        values: [seconds],
        ...(latencyMs === 0
          ? {}
          : {
              against: { name: 'pages × round trip', values: [floor] },
              goal: () => goal('≤ 1.1 × pages × round trip + 1 s', seconds <= 1.1 * floor + 1),
            }),
      });
      if (!whole) bench.report.missing(`a text or more at ${latencyMs} ms`, 'Not every text was fetched once.');
    }
};
