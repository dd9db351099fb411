/* From a callback to the screen: the window in a real Chromium, on the whole app, through the browser face. */
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import type { Bench, Part } from '../harness/bench.ts';
import { drive } from '../harness/driver.ts';
import { largeStore } from '../harness/million.ts';
import { goal } from '../harness/report.ts';
import { simulatedService, startAppSubject } from '../harness/simulated.ts';
import { quantile } from '../harness/stats.ts';
import type { Subject } from '../harness/subject.ts';
import { callbackBody } from '../harness/texts.ts';
import { measureOpening } from './opening.ts';
import { longestPicture, measureJumps, measureScrolling } from './scrolling.ts';
import { measureTyping, openToWatching } from './typing.ts';

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

/** Letters while 200 texts a second come: as long as it takes to type them. */
async function measureTypingInFlood(bench: Bench, page: Page, subject: Subject): Promise<void> {
  const flood = { isOver: false, number: 4 * firstNumber };
  const flooding = (async () => {
    while (!flood.isOver)
      await drive(subject.target, {
        connections: 8,
        perSecond: 200,
        seconds: 1,
        body: () => callbackBody((flood.number += 1), subject.target),
      });
  })();
  await measureTyping(bench, page, ' at 200 texts/s');
  flood.isOver = true;
  await flooding;
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

async function measureWindow(bench: Bench, browser: Browser, subject: Subject): Promise<void> {
  const viewport = { width: 1200, height: 800 };
  const bare = await browser.newPage({ viewport });
  const page = await browser.newPage({ viewport });
  await openToWatching(page);
  await measureOpening(bench, page, subject.window ?? '');
  await measureJumps(bench, page);
  await measureScrolling(bench, page, bare);
  await measureReading(bench, page, subject);
  await page.locator('[role=grid]').evaluate((list) => {
    list.scrollTop = 0;
  });
  await measureTyping(bench, page);
  await measureTypingInFlood(bench, page, subject);
  await measureLive(bench, page, subject);
  await measureBurst(bench, page, subject);
}

export const screen: Part = async (bench) => {
  const browser = await launchChromium().catch((error: unknown) => String(error));
  if (typeof browser === 'string') return bench.report.missing('the window', browser);
  const large = await largeStore(bench);
  const simulator = await simulatedService();
  const subject = await startAppSubject({ simulator, directory: large.directory, window: true });
  try {
    await measureWindow(bench, browser, subject);
  } finally {
    await browser.close();
    await subject.stop();
    await simulator.close();
  }
};
