import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('palette, export and parts, in Chromium'), () => {
  const { open } = windowSuite();
  const calls = (page: Page, name: string): Promise<readonly unknown[]> =>
    page.evaluate((wanted) => window.fake.calls.filter((call) => call.name === wanted).map(({ input }) => input), name);

  async function choose(page: Page, typed: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'All actions' }).waitFor();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }

  test('an action is found by parts of its name and done by keyboard alone, from within a field too', async () => {
    const page = await open('live');
    await page.getByRole('combobox').focus();
    await choose(page, 'fetch queue 00002');
    await expect.poll(() => calls(page, 'account.drain')).toEqual([{ account: '0000123456-00002' }]);
    await page.getByText('3 texts fetched, 2 of them new.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the look, the language and the search change from it', async () => {
    const page = await open('live');
    await choose(page, 'dark');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await choose(page, 'only 00002');
    await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('account:0000123456-00002');
    await choose(page, 'español');
    await page.getByRole('button', { name: 'Ajustes' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Todas las acciones' }).waitFor();
  });

  test('a failure of an action is told in words', async () => {
    const page = await open('live');
    await page.evaluate(() =>
      window.fake.answer({
        'account.drain': () => ({
          ok: false,
          error: { code: 'network', message: 'There is no way out.', service: null },
        }),
      }),
    );
    await choose(page, 'fetch queue 00001');
    await page.getByRole('dialog').getByText('There is no way out.').waitFor();
  });

  test('every action has a name of its own, and each dialog of the rail is reached', async () => {
    const page = await open('live');
    for (const [typed, title] of [
      ['settings', 'Settings'],
      ['credentials', 'Credentials'],
      ['add account', 'Add an account'],
      ['what happened', 'What happened'],
      ['keys', 'Keys'],
      ['not trusted', 'Not trusted'],
    ] as const) {
      await choose(page, typed);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Control+k');
    const items = await page.getByRole('menuitem').allTextContents();
    expect(items.length).toBeGreaterThan(20);
    expect(new Set(items).size).toBe(items.length);
  });

  test('to add an account is offered once, and not while one is set up', async () => {
    const page = await open('no-account');
    const offered = async (): Promise<readonly string[]> => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('account');
      await page.getByRole('menu').waitFor();
      const items = await page.getByRole('menuitem').allTextContents();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      return items.map((item) => item.trim());
    };
    expect(await offered()).toEqual(['No action is called that.']);
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await offered()).toEqual(['Add account']);
    await choose(page, 'add account');
    await page.getByText('Step 1 of 5').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    // The button of the rail leads to the same place.
    await page.getByRole('navigation').getByRole('button', { name: 'Add account' }).click();
    await page.getByText('Step 1 of 5').waitFor();
  });

  test('what the desktop around the window does itself is offered too, and told', async () => {
    const page = await open('live');
    await page.evaluate(() =>
      window.fake.answer({
        'face.actions': () => ({ ok: true, value: { actions: [{ id: 'look', title: 'Look for a newer release' }] } }),
        'face.do': () => ({ ok: true, value: { sentence: 'There is no newer release.', file: null } }),
      }),
    );
    await choose(page, 'newer release');
    await page.getByRole('status').getByText('There is no newer release.').waitFor();
    expect(await calls(page, 'face.do')).toEqual([{ id: 'look' }]);
  });

  test('a file that comes of it is saved by the browser', async () => {
    const page = await open('live');
    await page.evaluate(() =>
      window.fake.answer({
        'face.actions': () => ({ ok: true, value: { actions: [{ id: 'report', title: 'Save a problem report…' }] } }),
        'face.do': () => ({
          ok: true,
          value: { sentence: null, file: { name: 'report.txt', text: 'problem report ñ' } },
        }),
      }),
    );
    const saved = page.waitForEvent('download');
    await choose(page, 'problem report');
    const file = await saved;
    expect(file.suggestedFilename()).toBe('report.txt');
    expect(await readFile(await file.path(), 'utf8')).toBe('problem report ñ');
  });

  test('what the filter shows is exported, with its progress and the hash at the end', async () => {
    const page = await open('live');
    await page.getByRole('combobox').fill('pump');
    await page.getByText('151 found').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Export texts' });
    await dialog.getByText('151 texts of this search').waitFor();
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText('Exported.').waitFor();
    await dialog.getByText('/home/pat/texts.csv').waitFor();
    await dialog.getByText('a3'.repeat(32)).waitFor();
    expect(await calls(page, 'export.start')).toEqual([{ query: 'pump', format: 'csv' }]);
  });

  test('an export is cancelled', async () => {
    const page = await open('million');
    await page.getByText('1,000,000 texts').waitFor();
    await page.getByRole('button', { name: 'Export what is shown' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export texts' });
    await dialog.getByRole('radio', { name: 'NDJSON' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('progressbar').waitFor();
    await dialog.getByRole('button', { name: 'Cancel the export' }).click();
    await dialog.getByText('Cancelled. No file is left.').waitFor();
  });

  test('a text in parts is joined, a missing part is shown as a hole, and fills as it comes', async () => {
    const page = await open('coded');
    await page.locator('#row-28').click();
    const joined = page.getByRole('region', { name: /^Joined from/ });
    await joined.getByText('part 2 is missing').waitFor();
    expect(await joined.locator('.joined-text').textContent()).toBe('ALARM pump 3part 2 is missing, pressure 1.2 bar');
    await page.evaluate(() =>
      window.fake.arrive({
        text: '(2/3) stopped',
        account: '0000123456-00001',
        deviceIds: [{ id: '5551239999', kind: 'mdn' }],
      }),
    );
    await page.getByRole('heading', { name: 'Joined from 3 of 3 parts' }).waitFor();
    expect(await joined.locator('.joined-text').textContent()).toBe('ALARM pump 3stopped, pressure 1.2 bar');
    await page.locator('#row-29').click();
    await page.getByRole('region', { name: 'UCS-2' }).getByText('Привет, 42!').first().waitFor();
  });

  test('a text is starred by key and by its button, and found by it', async () => {
    const page = await open('live');
    const star = page.getByRole('button', { name: 'Star this text' });
    await page.locator('.spacer .row').nth(2).click();
    await page.keyboard.press('s');
    await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('gridcell', { name: 'starred' }).waitFor();
    await page.getByRole('combobox').fill('is:starred');
    await page.getByText('1 found').waitFor();
    await star.click();
    await page.getByText('0 found').waitFor();
    await page.getByRole('combobox').fill('is:unverified');
    await page.getByText('“Not trusted”, at the foot of the accounts, shows it.', { exact: false }).waitFor();
    await page.evaluate(() => window.fake.tell({ inbox: { ...window.fake.snapshot().inbox, unverified: 0 } }));
    await page.getByText('Nothing of that kind was kept.', { exact: false }).waitFor();
  });
});
