import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('the place of the reader in the list'), () => {
  const { open } = windowSuite();

  /** The row at the top of the view, and where it stands (px). */
  const topRow = async (page: Page): Promise<{ readonly id: string; readonly y: number }> =>
    await page.evaluate(() => {
      const head = document.querySelector('.list-head')?.getBoundingClientRect().bottom ?? 0;
      const [seen] = [...document.querySelectorAll('.spacer .row')]
        .map((row) => ({ id: row.id, box: row.getBoundingClientRect() }))
        .filter(({ box }) => box.bottom > head + 1)
        .sort((one, other) => one.box.top - other.box.top);
      return { id: seen?.id ?? '', y: seen?.box.top ?? 0 };
    });

  const scrolledTo = async (page: Page, top: number): Promise<void> => {
    await page.getByRole('grid').evaluate((grid, top) => {
      grid.scrollTop = top;
    }, top);
    await page.getByText('Paused').waitFor();
  };

  test('is where a jump led, though the thumb of the jump before was about to be put in its place', async () => {
    const page = await open('million');
    await page.locator('#row-1000000').waitFor();
    const grid = page.getByRole('grid');
    const reached = await grid.evaluate(async (grid) => {
      const pictures = async (count: number): Promise<void> => {
        for (let drawn = 0; drawn < count; drawn += 1) await new Promise(requestAnimationFrame);
      };
      // The timers of the window run when this says so: between the next jump and the event that tells of it.
      const later = window.setTimeout;
      const due: (() => void)[] = [];
      window.setTimeout = ((run: () => void, wait: number) =>
        wait === 150 ? due.push(run) : later(run, wait)) as typeof setTimeout;
      grid.scrollTop = 2_000_000;
      await pictures(3);
      const timers = due.splice(0);
      grid.scrollTop = 6_000_000;
      for (const run of timers) run();
      await pictures(3);
      for (const run of due.splice(0)) run();
      return { timers: timers.length, scrollTop: grid.scrollTop };
    });
    expect(reached).toEqual({ timers: expect.any(Number), scrollTop: 6_000_000 });
    expect(reached.timers).toBeGreaterThan(0);
    await expect.poll(async () => Number((await topRow(page)).id.slice(4))).toBeLessThan(300_000);
  });

  /** Row 1110 is deleted, above the reader; the list asks for what is left, and is answered when `release` runs. */
  const deleteRow = async (page: Page): Promise<void> =>
    await page.evaluate(async () => {
      const all = await window.fake.bridge.call('inbox.page', { query: '', limit: 1204 });
      const left = all.ok ? all.value.messages.filter(({ sequence }) => sequence !== 1110) : [];
      const held = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      window.fake.answer({
        'inbox.page': async ({ before = null, limit = 100 }) => {
          asked.resolve();
          await held.promise;
          const messages = left.filter(({ sequence }) => sequence < (before ?? 9999)).slice(0, limit);
          return { ok: true, value: { messages, total: left.length } };
        },
      });
      Object.assign(window, { release: held.resolve });
      window.fake.tell({ inbox: { total: 1203, unread: 0, newest: 1204, revision: 99, unverified: 0 } });
      await asked.promise;
    });

  test('is where a jump led, though an answer that takes a row away comes before the page is told of it', async () => {
    const page = await open('live');
    await page.locator('#row-1204').waitFor();
    await scrolledTo(page, 3000);
    await page.locator('#row-1104').waitFor();
    await deleteRow(page);
    const reached = await page.getByRole('grid').evaluate(async (grid) => {
      grid.scrollTop = 30_000;
      Reflect.get(window, 'release')();
      for (let drawn = 0; drawn < 6; drawn += 1) await new Promise(requestAnimationFrame);
      return grid.scrollTop;
    });
    // The row that went is taken off, and no more.
    expect(reached).toBe(29_970);
  });

  test('stays at the same row when one above it is deleted', async () => {
    const page = await open('live');
    await page.locator('#row-1204').waitFor();
    await scrolledTo(page, 3010);
    await page.locator('#row-1104').waitFor();
    const before = await topRow(page);
    await deleteRow(page);
    await page.evaluate(() => Reflect.get(window, 'release')());
    await page.waitForFunction(() => document.querySelector('[role=grid]')?.scrollTop === 2980);
    expect(await topRow(page)).toEqual(before);
  });

  test('is kept through a flood, which loses no row and lets the reader read on', async () => {
    const page = await open('live');
    await page.locator('#row-1204').waitFor();
    const grid = page.getByRole('grid');
    await grid.focus();
    for (let key = 0; key < 3; key += 1) await page.keyboard.press('PageDown');
    await page.getByText('Paused').waitFor();
    const chosen = async (): Promise<number> =>
      Number((await grid.getAttribute('aria-activedescendant'))?.slice(4) ?? 0);
    await expect.poll(chosen).toBeGreaterThan(0);
    const [before, first] = [await topRow(page), await chosen()];
    await page.evaluate((row) => {
      // 200 a second, in lumps of one picture, until it is told to end. Each picture must show the row where it was.
      const flood = { arrived: 0, moved: 0, going: true };
      Object.assign(window, { flood });
      const picture = (): void => {
        if (!flood.going) return;
        for (let lump = 0; lump < 4; lump += 1) window.fake.arrive({ text: `flood ${flood.arrived + lump}` });
        flood.arrived += 4;
        if (document.getElementById(row.id)?.getBoundingClientRect().top !== row.y) flood.moved += 1;
        requestAnimationFrame(picture);
      };
      requestAnimationFrame(picture);
    }, before);
    const flood = async (): Promise<{ readonly arrived: number; readonly moved: number }> =>
      await page.evaluate(() => Reflect.get(window, 'flood'));
    let last = 0;
    for (let key = 1; key <= 8; key += 1) {
      await expect.poll(async () => (await flood()).arrived).toBeGreaterThan(last);
      last = (await flood()).arrived;
      // The last row is at the foot of the view: the rows above it are in view, so that choosing them moves nothing.
      await page.keyboard.press('k');
      await expect.poll(chosen).toBe(first + key);
    }
    await page.evaluate(() => {
      Reflect.get(window, 'flood').going = false;
    });
    const { arrived, moved } = await flood();
    expect(moved).toBe(0);
    expect(await topRow(page)).toEqual(before);
    await page.getByRole('button', { name: `${arrived.toLocaleString('en-US')} new` }).click();
    await page.getByText('Following').waitFor();
    const newest = 1204 + arrived;
    await page.locator(`#row-${newest}`).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(newest + 1));
    const ids = await page.locator('.spacer .row').evaluateAll((rows) => rows.map(({ id }) => id));
    expect(ids).toEqual(ids.map((_, index) => `row-${newest - index}`));
  });
});
