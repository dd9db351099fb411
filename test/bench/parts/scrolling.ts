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

/** What any list has to do: rows of one text each, written anew where they come into view. */
const bareList = `
  <style>
    body { margin: 0 }
    [role=grid] { height: 100vh; overflow: hidden scroll; background: white }
    .spacer { position: relative; height: 8000000px; contain: strict }
    .row { position: absolute; left: 0; right: 0; height: 30px; contain: strict }
  </style>
  <div role="grid"><div class="spacer"></div></div>
  <script>
    const list = document.querySelector('[role=grid]');
    const rows = Array.from({ length: 60 }, () => Object.assign(document.createElement('div'), { className: 'row' }));
    list.firstElementChild.append(...rows);
    const held = new Map();
    list.addEventListener('scroll', () => {
      const first = Math.floor(list.scrollTop / 30);
      for (let number = first - 12; number < first + 40; number += 1) {
        const row = rows[number % rows.length];
        if (held.get(row) === number) continue;
        held.set(row, number);
        row.textContent = 'status ok ' + number + ' battery 42% rssi -67 door open lat=47.37 long=8.54';
        row.style.top = number * 30 + 'px';
      }
    });
  </script>`;

/** Bytes that the page's scripts hold, what is no longer used taken away. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/**
 * Three rows for each picture in the middle of the large store, in turn with a bare list in the same browser, and what the
 * page holds afterwards.
 */
export async function measureScrolling(bench: Bench, page: Page, bare: Page): Promise<void> {
  const { report } = bench;
  await bare.setContent(bareList);
  const pictures = bench.quick ? 60 : 300;
  const floor: Scrolled[] = [];
  const app: Scrolled[] = [];
  for (let round = 0; round < 4; round += 1) {
    await bare.bringToFront();
    floor.push(await scrolledPictures(bare, pictures));
    await page.bringToFront();
    app.push(await scrolledPictures(page, pictures));
  }
  report.add({
    workload: 'scrolling, pictures with a place without rows',
    subject: 'app',
    unit: '%',
    values: app.map(({ blank }) => (blank / pictures) * 100),
  });
  const quantiles = (of: readonly Scrolled[], share: number) => of.map(({ taken }) => quantile(taken, share));
  const p50 = { workload: 'scrolling, a picture, p50', unit: 'ms' };
  report.add({ ...p50, subject: 'floor: a bare list', values: quantiles(floor, 0.5) });
  report.add({ ...p50, subject: 'app', values: quantiles(app, 0.5) });
  const p99 = { workload: 'scrolling, a picture, p99', unit: 'ms' };
  const floors = quantiles(floor, 0.99);
  report.add({ ...p99, subject: 'floor: a bare list', values: floors });
  report.add({
    ...p99,
    subject: 'app',
    values: quantiles(app, 0.99),
    against: { name: 'floor', values: floors },
    goal: ({ median }) => goal('≤ 20 ms', median <= 20),
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
