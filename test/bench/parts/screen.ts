/* From a callback to the screen: the window in a real Chromium, on the whole app, through the browser face. */
import type { Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import type { Bench, Part } from '../harness/bench.ts';
import { drive } from '../harness/driver.ts';
import { largeStore } from '../harness/million.ts';
import { goal } from '../harness/report.ts';
import { simulatedService, startAppSubject } from '../harness/simulated.ts';
import { quantile } from '../harness/stats.ts';
import type { Subject } from '../harness/subject.ts';
import { callbackBody } from '../harness/texts.ts';
import { longestPicture, measureScrolling } from './scrolling.ts';

/** Far from the numbers of the texts that are there already. */
const firstNumber = 50_000_000;

/** Notes in the page when each text was first in a picture, by the number in it (milliseconds since 1970). */
async function watchTexts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<number, number>();
    Object.assign(window, { seen });
    const look = () => {
      for (const row of document.querySelectorAll('[role=row]')) {
        const number = Number(/status ok (\d+)/.exec(row.textContent ?? '')?.[1] ?? -1);
        if (number >= 0 && !seen.has(number)) seen.set(number, 0);
      }
      const at = performance.timeOrigin + performance.now();
      for (const [number, time] of seen) if (time === 0) seen.set(number, at);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function seenTexts(page: Page): Promise<ReadonlyMap<number, number>> {
  const entries: readonly (readonly [number, number])[] = await page.evaluate(() => [...Reflect.get(window, 'seen')]);
  return new Map(entries);
}

const now = (): number => performance.timeOrigin + performance.now();

/** 200 texts a second: how long each took to the screen, of those that were shown before newer ones took their place. */
async function measureLive(bench: Bench, page: Page, subject: Subject): Promise<void> {
  const sentAt = new Map<number, number>();
  const perSecond = 200;
  const seconds = bench.quick ? 3 : 15;
  await watchTexts(page);
  const driven = await drive(subject.target, {
    connections: 8,
    perSecond,
    seconds,
    body(number) {
      sentAt.set(firstNumber + number, now());
      return callbackBody(firstNumber + number, subject.target);
    },
  });
  await page.waitForTimeout(500);
  const seen = await seenTexts(page);
  const times = [...sentAt].flatMap(([number, at]) => {
    const shown = seen.get(number);
    return shown === undefined ? [] : [shown - at];
  });
  const { report } = bench;
  report.add({
    workload: '200 texts/s',
    subject: 'app',
    unit: '% of the texts seen on the screen',
    values: [(times.length / driven.accepted) * 100],
  });
  for (const [share, most, name] of [
    [0.5, 30, 'p50'],
    [0.99, 100, 'p99'],
  ] as const)
    report.add({
      workload: `200 texts/s, callback to screen, ${name}`,
      subject: 'app',
      unit: 'ms',
      values: [quantile(times, share)],
      goal: ({ median }) => goal(`≤ ${most} ms`, median <= most),
    });
}

/** The same flood while the reader is far from the top: nothing in view changes. */
async function measureReading(bench: Bench, page: Page, subject: Subject): Promise<void> {
  const longest = await longestPicture(
    page,
    async () =>
      await drive(subject.target, {
        connections: 8,
        perSecond: 200,
        seconds: bench.quick ? 3 : 10,
        body: (number) => callbackBody(3 * firstNumber + number, subject.target),
      }),
  );
  bench.report.add({
    workload: '200 texts/s while one reads, longest picture',
    subject: 'app',
    unit: 'ms',
    values: [longest],
  });
}

async function rowCount(page: Page): Promise<number> {
  return Number(await page.locator('[role=grid]').getAttribute('aria-rowcount')) - 1;
}

async function measureBurst(bench: Bench, page: Page, subject: Subject): Promise<void> {
  const texts = 10_000;
  const before = await rowCount(page);
  const startedAt = performance.now();
  const driven = await drive(subject.target, {
    connections: 64,
    count: texts,
    body: (number) => callbackBody(2 * firstNumber + number, subject.target),
  });
  const acknowledged = performance.now() - startedAt;
  await page
    .waitForFunction(
      (count) => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) - 1 >= count,
      before + driven.accepted,
      { polling: 'raf', timeout: 30_000 },
    )
    .catch(() => undefined);
  const shown = performance.now() - startedAt;
  const exact = (await rowCount(page)) === before + texts;
  bench.report.add({
    workload: 'burst of 10,000',
    subject: 'app',
    unit: 'ms until acknowledged',
    values: [acknowledged],
  });
  bench.report.add({
    workload: 'burst of 10,000',
    subject: 'app',
    unit: 'ms until the list counts them all',
    values: [shown],
    goal: () => goal('exact', exact),
  });
}

/** Types into the search field and takes the time of each letter until the answer for it is in a picture. */
async function measureTyping(bench: Bench, page: Page): Promise<void> {
  const times: readonly number[] = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('[role=search] input');
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const taken: number[] = [];
    const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isAnswered = (since: number) =>
      performance
        .getEntriesByType('resource')
        .some((entry) => entry.name.endsWith('/inbox.page') && entry.startTime >= since && entry.duration > 0);
    performance.setResourceTimingBufferSize(10_000);
    for (const word of ['battery', 'open', 'status', '42', 'rssi'])
      for (let length = 1; length <= word.length && field; length += 1) {
        const startedAt = performance.now();
        setValue?.call(field, word.slice(0, length));
        field.dispatchEvent(new Event('input', { bubbles: true }));
        while (!isAnswered(startedAt) && performance.now() - startedAt < 2000) await picture();
        await picture();
        taken.push(performance.now() - startedAt);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    if (field) {
      setValue?.call(field, '');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return taken;
  });
  const p99 = quantile(times, 0.99);
  bench.report.add({ workload: 'letter to rows, p50', subject: 'app', unit: 'ms', values: [quantile(times, 0.5)] });
  bench.report.add({
    workload: 'letter to rows, p99',
    subject: 'app',
    unit: 'ms',
    values: [p99],
    goal: () => goal('≤ 50 ms', p99 <= 50),
  });
}

/** Asks for rows anywhere on the rail, as the window does when it jumps. */
async function measureJumps(bench: Bench, page: Page, rows: number): Promise<void> {
  const times: readonly number[] = await page.evaluate(async (count) => {
    const taken: number[] = [];
    const list = document.querySelector('[role=grid]');
    for (let jump = 0; jump < 40 && list; jump += 1) {
      const startedAt = performance.now();
      list.scrollTop = Math.floor(Math.random() * list.scrollHeight);
      const first = document.querySelector('[role=row][aria-rowindex]:not(.head)')?.getAttribute('aria-rowindex');
      for (let frame = 0; frame < 120; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const row = document.querySelector('[role=row][aria-rowindex]:not(.head)');
        const now = row?.getAttribute('aria-rowindex');
        if (now !== undefined && now !== null && now !== first) break;
      }
      taken.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return count > 0 ? taken : [];
  }, rows);
  const p99 = quantile(times, 0.99);
  bench.report.add({ workload: 'jump on the rail, p50', subject: 'app', unit: 'ms', values: [quantile(times, 0.5)] });
  bench.report.add({
    workload: 'jump on the rail, p99',
    subject: 'app',
    unit: 'ms',
    values: [p99],
    goal: () => goal('≤ 50 ms', p99 <= 50),
  });
}

export const screen: Part = async (bench) => {
  const browser = await launchChromium().catch((error: unknown) => String(error));
  if (typeof browser === 'string') return bench.report.missing('the window', browser);
  const large = await largeStore(bench);
  const simulator = await simulatedService();
  const subject = await startAppSubject({ simulator, directory: large.directory, window: true });
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const openedAt = performance.now();
  await page.goto(subject.window ?? '');
  await page.locator('[role=row]:not(.head)').first().waitFor();
  const paints = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  bench.report.add({
    workload: 'window opened to first rows',
    subject: 'app',
    unit: 'ms',
    values: [performance.now() - openedAt],
  });
  bench.report.add({ workload: 'window opened to first picture', subject: 'app', unit: 'ms', values: [paints] });
  await measureJumps(bench, page, large.rows);
  await measureScrolling(bench, page);
  await measureReading(bench, page, subject);
  await page.locator('[role=grid]').evaluate((list) => {
    list.scrollTop = 0;
  });
  await measureTyping(bench, page);
  await measureLive(bench, page, subject);
  await measureBurst(bench, page, subject);
  await browser.close();
  await subject.stop();
  await simulator.close();
};
