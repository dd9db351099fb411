import { type Browser, chromium } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { serveWindow } from './window-page.ts';

/** A Chromium that shows its scroll bars, as one with a person before it does. */
async function launchWithScrollBars(): Promise<Browser> {
  return await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
}

describe.skipIf(!hasChromium)(browserSuite('a list of 1,000,000 texts, with a scroll bar'), () => {
  test('is dragged to its last row and back to its first, and to the middle', async () => {
    const [browser, server] = await Promise.all([launchWithScrollBars(), serveWindow()]);
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    const page = await server.open(browser, 'million', { viewport: { width: 1200, height: 800 } });
    const grid = page.getByRole('grid');
    await page.locator('.spacer .row').first().waitFor();
    const box = await grid.boundingBox();
    const bar = await grid.evaluate((element) => element.getBoundingClientRect().width - element.clientWidth);
    expect(bar).toBeGreaterThan(4);
    const x = (box?.x ?? 0) + (box?.width ?? 0) - bar / 2;
    const [top, foot] = [(box?.y ?? 0) + 22, (box?.y ?? 0) + (box?.height ?? 0)];
    const drag = async (from: number, to: number): Promise<void> => {
      await page.mouse.move(x, from);
      await page.mouse.down();
      await page.mouse.move(x, to, { steps: 12 });
      await page.mouse.up();
    };
    await drag(top, foot + 40);
    await page.locator('#row-1').waitFor();
    const last = await page.locator('#row-1').boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(foot + 1);
    await drag(foot - 22, top - 60);
    await page.locator('#row-1000000').waitFor();
    await drag(top, (top + foot) / 2);
    await expect
      .poll(async () => Number((await page.locator('.spacer .row').first().getAttribute('aria-rowindex')) ?? 0))
      .toBeGreaterThan(300_000);
  });
});
