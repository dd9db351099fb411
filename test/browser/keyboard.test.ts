import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('the window by keyboard, in Chromium'), () => {
  const { open } = windowSuite();
  const detail = (page: Page) => page.getByRole('complementary', { name: 'Text' });
  const conversation = (page: Page) => page.getByRole('complementary', { name: 'Conversation' });
  const field = (page: Page) => page.getByRole('combobox', { name: 'Search texts' });
  const narrow = { viewport: { width: 900, height: 800 } };

  /** What has the focus, by its role or element and its name. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      return `${element?.getAttribute('role') ?? element?.localName} ${element === document.body ? '' : name}`.trim();
    });
  const focusIs = async (page: Page, expected: string): Promise<void> =>
    await expect.poll(() => focused(page)).toBe(expected);

  async function search(page: Page, query: string, found: string): Promise<void> {
    await field(page).fill(query);
    await page.getByText(found, { exact: true }).waitFor();
    await page.getByRole('grid').focus();
  }

  describe('reading on', () => {
    const opened = (page: Page): Promise<string> => page.evaluate(() => location.hash);
    const starred = (page: Page): Promise<string | null> =>
      detail(page).getByRole('button', { name: 'Star this text' }).getAttribute('aria-pressed');

    test('through a search that a text leaves by being read skips none', async () => {
      const page = await open('live');
      await search(page, 'is:unread', '3 found');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      for (const [text, left] of [
        ['m1204', '2 found'],
        ['m1203', '1 found'],
        ['m1202', '0 found'],
      ] as const) {
        await expect.poll(() => opened(page)).toBe(`#/message/${text}`);
        await page.getByText(left, { exact: true }).waitFor();
        await page.keyboard.press('j');
      }
    });

    test('a star is taken and given back by s, though the text leaves the search without it', async () => {
      const page = await open('live');
      await page.locator('#row-1203').click();
      await page.keyboard.press('s');
      await search(page, 'is:starred', '1 found');
      await page.keyboard.press('s');
      await page.getByText('0 found', { exact: true }).waitFor();
      await page.keyboard.press('s');
      await page.getByText('1 found', { exact: true }).waitFor();
      expect(await starred(page)).toBe('true');
    });

    test('a star shows what was asked for while the core is slow, each press of s takes back the one before', async () => {
      const page = await open('live');
      await page.locator('#row-1203').click();
      await page.evaluate(() => {
        const slow = Promise.withResolvers<{ ok: true; value: { changed: number } }>();
        window.fake.answer({ 'inbox.star': async () => await slow.promise });
        Object.assign(window, { release: () => slow.resolve({ ok: true, value: { changed: 1 } }) });
      });
      for (const shown of ['true', 'false', 'true']) {
        await page.keyboard.press('s');
        expect(await starred(page)).toBe(shown);
      }
      const asked = await page.evaluate(() =>
        window.fake.calls.filter(({ name }) => name === 'inbox.star').map(({ input }) => input),
      );
      expect(asked).toEqual([true, false, true].map((starred) => ({ ids: ['m1203'], starred })));
      // This core kept no star: once it has answered, that is what shows.
      await page.evaluate(() => Reflect.get(window, 'release')());
      await expect.poll(() => starred(page)).toBe('false');
    });

    test('a star that could not be kept is gone again, and it is said why', async () => {
      const page = await open('live');
      await page.evaluate(() => {
        const error = { code: 'storage-failed', message: 'The disk is full.', service: null } as const;
        window.fake.answer({ 'inbox.star': () => ({ ok: false, error }) });
      });
      await page.locator('#row-1203').click();
      await page.keyboard.press('s');
      await page.getByRole('dialog').getByText('The disk is full.').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => starred(page)).toBe('false');
      expect(await page.locator('#row-1203').getByRole('gridcell', { name: 'starred' }).count()).toBe(0);
    });

    test('a click holds the list as the keys do', async () => {
      const page = await open('live');
      await page.locator('#row-1203').click();
      await page.getByText('Paused').waitFor();
      await page.evaluate(() => window.fake.arrive({ text: 'meanwhile' }));
      await page.getByRole('button', { name: '1 new' }).waitFor();
      expect(await page.locator('#row-1203').getAttribute('aria-rowindex')).toBe('3');
    });

    test('marks the device of the opened text, not that of the conversation beneath it', async () => {
      const page = await open('live');
      const marked = page.locator('.device-item[aria-current] .device-title');
      await page.locator('#row-1204').click();
      const first = await marked.textContent();
      await page.getByRole('button', { name: 'Conversation with this device' }).click();
      await conversation(page).waitFor();
      expect(await marked.textContent()).toBe(first);
      await page.locator('#row-1203').click();
      await detail(page).waitFor();
      expect(await marked.textContent()).toBe(await page.locator('#row-1203 .cell-device').textContent());
    });
  });

  describe('the focus', () => {
    test('is in the field again once a text is sent, by mouse and by key', async () => {
      const page = await open('live');
      await page.locator('#row-1204').click();
      const send = page.getByRole('button', { name: 'Send', exact: true });
      await page.getByLabel('Text to send').fill('STATUS');
      await send.click();
      await focusIs(page, 'textarea Text to send');
      await page.getByText('Taken by ThingSpace').first().waitFor();
      await page.keyboard.type('REBOOT');
      await send.focus();
      await page.keyboard.press('Enter');
      await focusIs(page, 'textarea Text to send');
    });

    test('is in the list again once a text that covered it is closed', async () => {
      const page = await open('live', narrow);
      for (const close of ['Escape', 'Enter']) {
        await page.locator('#row-1204').click();
        await focusIs(page, 'button Close');
        await page.keyboard.press(close);
        await focusIs(page, 'grid Texts');
      }
    });

    test('goes into the conversation from a text that was opened over it, and into the text before', async () => {
      const page = await open('live', { fragment: '#/device/1000' });
      await conversation(page)
        .getByRole('button', { name: /All about the text of/ })
        .last()
        .press('Enter');
      await detail(page).waitFor();
      expect(await detail(page).evaluate((aside) => aside.contains(document.activeElement))).toBe(true);
      await page.keyboard.press('Escape');
      await conversation(page).waitFor();
      expect(await conversation(page).evaluate((aside) => aside.contains(document.activeElement))).toBe(true);
      await page.keyboard.press('Escape');
      await focusIs(page, 'grid Texts');
    });

    test('is in the list that takes the place of the other', async () => {
      const page = await open('live');
      await page.getByRole('grid').focus();
      await page.keyboard.press('g');
      await focusIs(page, 'grid Devices with texts');
      await page.keyboard.press('g');
      await focusIs(page, 'grid Texts');
    });

    test('is where it was before the palette, once a dialog that was opened from it is closed', async () => {
      const page = await open('live');
      for (const [typed, before] of [
        ['what happened', field(page)],
        ['settings', page.getByRole('button', { name: 'Group by device' })],
        ['keys', page.getByRole('grid')],
      ] as const) {
        await before.focus();
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog', { name: 'All actions' }).waitFor();
        await page.keyboard.type(typed);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog', { name: 'All actions' }).waitFor({ state: 'detached' });
        await page.locator('[role=dialog]:focus-within').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await expect.poll(() => before.evaluate((element) => element === document.activeElement)).toBe(true);
      }
    });

    test('is in the list when the set-up ends, by a choice or by none', async () => {
      const page = await open('first-run');
      await page.getByText('Step 1 of 5').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Leave the simulator' }).waitFor();
      await focusIs(page, 'grid Texts');
      await page.getByRole('button', { name: 'Leave the simulator' }).click();
      await page.getByRole('button', { name: 'Not now' }).press('Enter');
      await focusIs(page, 'grid Texts');
    });

    test('stays on the button that asks for the devices, which asks once', async () => {
      const page = await open('live');
      await page.evaluate(() => window.fake.answer({ 'devices.refresh': () => new Promise(() => undefined) }));
      const button = page.getByRole('button', { name: 'Ask ThingSpace for all devices and their names' });
      await button.press('Enter');
      await page.getByText('Asking ThingSpace').waitFor();
      await page.keyboard.press('Enter');
      await focusIs(page, 'button Ask ThingSpace for all devices and their names');
      const asked = await page.evaluate(
        () => window.fake.calls.filter(({ name }) => name === 'devices.refresh').length,
      );
      expect(asked).toBe(1);
    });
  });

  describe('a dialog on a slow machine', () => {
    async function slow(): Promise<Page> {
      const page = await open('live');
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 8 });
      return page;
    }
    const hasFocus = (page: Page): Promise<boolean> =>
      page.getByRole('dialog').evaluate((dialog) => dialog.contains(document.activeElement));

    test('has every letter that is typed at once', async () => {
      const page = await slow();
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('add account');
      await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('add account');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'All actions' }).waitFor({ state: 'detached' });
      await page.keyboard.type('00001-2');
      await expect.poll(() => page.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('00001-2');
    });

    test('keeps the focus while it exports, and hears Escape', async () => {
      const page = await slow();
      await page.evaluate(() => {
        const { promise, resolve } = Promise.withResolvers<void>();
        Object.assign(window, { choose: resolve });
        window.fake.answer({
          'export.start': async () => {
            await promise;
            return { ok: true, value: { id: 'export-1', download: null } };
          },
        });
      });
      await page.keyboard.press('e');
      await page.getByRole('button', { name: 'Export', exact: true }).press('Enter');
      await expect.poll(() => page.getByRole('button', { name: 'Export', exact: true }).isDisabled()).toBe(true);
      await focusIs(page, 'button Export');
      await page.evaluate(() => (window as unknown as { choose: () => void }).choose());
      await page.getByText('Exported.').waitFor();
      await focusIs(page, 'button Export');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('leads through a run of the bench, and hears Escape at each step', async () => {
      const page = await slow();
      await page.locator('#row-1204').click();
      await page.getByRole('button', { name: 'Bench…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Command').fill('STATUS');
      await dialog.getByLabel('What it must hold').fill('ok');
      await dialog.getByRole('button', { name: 'Run', exact: true }).press('Enter');
      await focusIs(page, 'button Stop');
      await page.keyboard.press('Enter');
      await focusIs(page, 'button Back to the steps');
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Run', exact: true }).waitFor();
      await expect.poll(() => hasFocus(page)).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });

    test('takes the focus back from a part that can have it no longer', async () => {
      const page = await slow();
      await page.getByRole('button', { name: 'Settings' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('tab').first().waitFor();
      await page.evaluate(() => {
        const button = document.createElement('button');
        document.querySelector('[role="dialog"]')?.append(button);
        button.focus();
        button.disabled = true;
      });
      await expect.poll(() => hasFocus(page)).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  });

  describe('Escape', () => {
    test('clears the field that has the focus, and leaves the conversation and its draft', async () => {
      const page = await open('live', { fragment: '#/device/1000' });
      await page.getByLabel('Text to send').fill('a draft');
      const find = page.getByRole('textbox', { name: 'Find a device' });
      await find.fill('0021');
      await page.keyboard.press('Escape');
      await expect.poll(() => find.inputValue()).toBe('');
      expect(await page.getByLabel('Text to send').inputValue()).toBe('a draft');
    });

    test('in the search clears it before the opened text is closed', async () => {
      const page = await open('live');
      await page.locator('#row-1204').click();
      await field(page).fill('pump');
      await page.keyboard.press('Escape');
      await expect.poll(() => field(page).inputValue()).toBe('');
      await detail(page).waitFor();
      await page.keyboard.press('Escape');
      await focusIs(page, 'grid Texts');
      await detail(page).waitFor();
      await page.keyboard.press('Escape');
      await detail(page).waitFor({ state: 'detached' });
    });

    test('in what is written beside a text leaves that first', async () => {
      const page = await open('live');
      await page.locator('#row-1204').click();
      await page.getByLabel('Text to send').fill('APN {apn}');
      await page.getByLabel('Value for {apn}').fill('internet');
      await page.keyboard.press('Escape');
      await focusIs(page, 'button Close');
      expect(await page.getByLabel('Text to send').inputValue()).toBe('APN {apn}');
    });
  });

  test('every action and every key is reached by touch in the narrowest window', async () => {
    const page = await open('live', { viewport: { width: 360, height: 640 }, hasTouch: true });
    await page.getByRole('button', { name: 'All actions' }).tap();
    await page.getByRole('menuitem', { name: 'Keys' }).tap();
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Ctrl Enter', { exact: true }).waitFor();
    await keys.getByText('Send the text').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
