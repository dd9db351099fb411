/* What the window costs while one reads in a list of any length: jumps, time between pictures, and the page's heap. */
import type { Page } from 'playwright-core';
import type { Bench } from '../harness/bench.ts';
import { goal } from '../harness/report.ts';
import { quantile } from '../harness/stats.ts';

/** Goes anywhere on the rail, and takes the time (ms) until a picture has rows of that place from top to bottom. */
async function jumped(page: Page, jumps: number): Promise<readonly number[]> {
  return await page.evaluate(async (count) => {
    const list = document.querySelector('[role=grid]');
    const taken: number[] = [];
    if (!list) return taken;
    const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const madePicture = async (): Promise<void> => {
      const { port1, port2 } = new MessageChannel();
      const made = new Promise((resolve) => port1.addEventListener('message', resolve, { once: true }));
      port1.start();
      port2.postMessage(null);
      await made;
    };
    const { left, top, bottom } = list.getBoundingClientRect();
    const rowAt = (y: number) => document.elementFromPoint(left + 20, y)?.closest('.spacer .row') ?? null;
    const isFilled = (): boolean => rowAt(top + 40) !== null && rowAt(bottom - 10) !== null;
    for (let jump = 0; jump < count; jump += 1) {
      const startedAt = performance.now();
      const before = new Set(list.querySelectorAll('.spacer .row'));
      list.scrollTop = Math.floor(Math.random() * list.scrollHeight);
      do await picture();
      while ((!isFilled() || before.has(rowAt(top + 40) ?? list)) && performance.now() - startedAt < 3000);
      await madePicture();
      taken.push(performance.now() - startedAt);
      // Longer than the list needs to put its thumb where the rows are.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return taken;
  }, jumps);
}

export async function measureJumps(bench: Bench, page: Page): Promise<void> {
  const { report } = bench;
  const times = await jumped(page, bench.quick ? 30 : 300);
  const p99 = quantile(times, 0.99);
  report.add({ workload: 'jump on the rail, p50', subject: 'app', unit: 'ms', values: [quantile(times, 0.5)] });
  report.add({
    workload: 'jump on the rail, p99',
    subject: 'app',
    unit: 'ms',
    values: [p99],
    goal: () => goal('≤ 50 ms', p99 <= 50),
  });
}

interface Scrolled {
  /** ms between pictures */
  readonly taken: readonly number[];
  /** Pictures with a place where no row was. */
  readonly blank: number;
}

/** Turns the wheel a little for each picture from the middle of the list on. */
async function scrolledPictures(page: Page, pictures: number): Promise<Scrolled> {
  return await page.evaluate(async (count) => {
    const list = document.querySelector('[role=grid]');
    const taken: number[] = [];
    let blank = 0;
    if (!list) return { taken, blank };
    const { left, top, bottom } = list.getBoundingClientRect();
    const hasRow = (y: number) => document.elementFromPoint(left + 20, y)?.closest('.spacer .row') !== null;
    list.scrollTop = list.scrollHeight / 2;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let last = performance.now();
    for (let picture = 0; picture < count; picture += 1) {
      list.scrollTop += 90;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      taken.push(now - last);
      last = now;
      if (!hasRow(top + 40) || !hasRow(bottom - 10)) blank += 1;
    }
    return { taken, blank };
  }, pictures);
}

/** Bytes that the page's scripts hold, what is no longer used taken away. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Three rows for each picture in the middle of the large store, and what the page holds afterwards. */
export async function measureScrolling(bench: Bench, page: Page): Promise<void> {
  const { report } = bench;
  const { taken: times, blank } = await scrolledPictures(page, bench.quick ? 120 : 600);
  const p99 = quantile(times, 0.99);
  report.add({
    workload: 'scrolling, pictures with a place without rows',
    subject: 'app',
    unit: '%',
    values: [(blank / times.length) * 100],
  });
  report.add({ workload: 'scrolling, a picture, p50', subject: 'app', unit: 'ms', values: [quantile(times, 0.5)] });
  report.add({
    workload: 'scrolling, a picture, p99',
    subject: 'app',
    unit: 'ms',
    values: [p99],
    goal: () => goal('≤ 20 ms', p99 <= 20),
  });
  const heap = (await heapBytes(page)) / 1e6;
  report.add({
    workload: 'page after jumps and scrolling',
    subject: 'app',
    unit: 'MB of heap',
    values: [heap],
    goal: () => goal('≤ 80 MB', heap <= 80),
  });
}

/** The longest time between pictures (ms) while `work` runs and the reader stays far from the top. */
export async function longestPicture(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const pictures = { longest: 0, going: true };
    Object.assign(window, { pictures });
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      pictures.longest = Math.max(pictures.longest, now - last);
      last = now;
      if (pictures.going) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  return await page.evaluate(() => {
    const pictures = Reflect.get(window, 'pictures');
    pictures.going = false;
    return Number(pictures.longest);
  });
}
