/* From the navigation to the first rows, as the page itself sees it. */
import type { Page } from 'playwright-core';
import type { Bench } from '../harness/bench.ts';
import { goal } from '../harness/report.ts';

interface Opened {
  /** ms from the start of the navigation to the first picture with anything in it. */
  readonly picture: number;
  /** ms to the first picture with rows. */
  readonly rows: number;
}

/** Notes when the first picture with rows is made. Runs before the page's own scripts. */
function watchRows(): void {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('.spacer .row')) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => Object.assign(window, { rowsAt: performance.now() }), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}

async function opened(page: Page): Promise<Opened> {
  await page.waitForFunction(() => 'rowsAt' in window && performance.getEntriesByName('first-contentful-paint').length);
  return await page.evaluate(() => ({
    picture: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    rows: Number(Reflect.get(window, 'rowsAt')),
  }));
}

/** Opens the window by its address, then again and again as a restart of the browser's tab would. */
export async function measureOpening(bench: Bench, page: Page, address: string): Promise<void> {
  await page.addInitScript(watchRows);
  await page.goto(address);
  const rounds: Opened[] = [await opened(page)];
  for (let round = 1; round < (bench.quick ? 3 : 9); round += 1) {
    await page.reload();
    rounds.push(await opened(page));
  }
  const { report } = bench;
  const line = (workload: string) => ({ workload, subject: 'app', unit: 'ms' });
  report.add({ ...line('window opened to first picture'), values: rounds.map(({ picture }) => picture) });
  report.add({ ...line('window opened to first rows'), values: rounds.map(({ rows }) => rows) });
  report.add({
    ...line('first picture to first rows'),
    values: rounds.map(({ picture, rows }) => Math.max(0, rows - picture)),
    goal: ({ median }) => goal('≤ 150 ms', median <= 150),
  });
}
