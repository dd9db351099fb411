import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createFakeBridge } from '../fakes/fake-bridge.ts';
import { browserSuite, hasChromium } from './chromium.ts';
import { createHttpFace } from './http-face.ts';
import { scene, sceneTime } from './scenes.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('what the window shows, in Chromium'), () => {
  const { browser, server, open } = windowSuite();
  const fragment = (page: Page): string => new URL(page.url()).hash;

  describe('a link', () => {
    test('opens its text at the start, and the address is where the page is', async () => {
      const page = await open('live', { fragment: '#/message/m1000' });
      await page.getByRole('complementary', { name: 'Text' }).waitFor();
      expect(fragment(page)).toBe('#/message/m1000');
      await page.keyboard.press('Escape');
      await expect.poll(() => fragment(page)).toBe('#/');
    });

    test('opens a device’s conversation, and is copied there, also from the palette', async () => {
      const page = await open('live', { fragment: '#/device/1000' });
      const copied = async (): Promise<string> => await page.evaluate(() => navigator.clipboard.readText());
      await page.getByRole('button', { name: 'Copy a link to this device' }).click();
      await expect.poll(copied).toBe('thingspace-sms://device/1000');
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await page.keyboard.press('Control+k');
      await page.keyboard.type('link device');
      await page.keyboard.press('Enter');
      await expect.poll(copied).toBe('thingspace-sms://device/1000');
    });

    test('to a device that is not known says so', async () => {
      const page = await open('live', { fragment: '#/device/9' });
      await page.getByText('No such device is known here.').waitFor();
    });

    test('opens the settings, and the same link works again after they were closed', async () => {
      const page = await open('live', { fragment: '#/settings' });
      const dialog = page.getByRole('dialog');
      for (let turn = 0; turn < 2; turn += 1) {
        await dialog.getByText('Theme').waitFor();
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        await expect.poll(() => fragment(page)).toBe('#/');
        await page.evaluate(() => {
          location.hash = '#/settings';
        });
      }
    });

    test('to a text that is not stored says so, and works again', async () => {
      const page = await open('live');
      for (let turn = 0; turn < 2; turn += 1) {
        await page.evaluate(() => {
          location.hash = '#/message/m999999';
        });
        await page.getByText('This text is not stored any more.').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        expect(fragment(page)).toBe('#/');
      }
    });

    test('of no known kind changes nothing', async () => {
      const page = await open('live', { fragment: '#/message/<b>' });
      await page.getByText('1,204 texts').waitFor();
      expect(await page.getByRole('complementary', { name: 'Text' }).count()).toBe(0);
    });
  });

  describe('Back', () => {
    const row = (page: Page, place: number) => page.locator('.spacer .row').nth(place);
    const isOutside = (page: Page): boolean => page.url() === 'about:blank';
    const back = (page: Page): Promise<unknown> => page.evaluate(() => history.back());

    test('closes the text, however many were read before it, and leaves the window only then', async () => {
      const page = await open('live');
      for (const place of [0, 1, 2]) {
        await row(page, place).click();
        await expect.poll(() => row(page, place).getAttribute('data-opened')).toBe('true');
      }
      await back(page);
      await page.getByRole('complementary').waitFor({ state: 'detached' });
      await expect.poll(() => fragment(page)).toBe('#/');
      await back(page);
      await expect.poll(() => isOutside(page)).toBe(true);
    });

    test('goes from a text to the conversation that it was opened from, and Forward to the text again', async () => {
      const page = await open('live', { fragment: '#/device/1000' });
      const [text, conversation] = ['Text', 'Conversation'].map((name) => page.getByRole('complementary', { name }));
      await page.locator('.entry-time').last().click();
      await text?.waitFor();
      await expect.poll(() => fragment(page)).toMatch('#/message/');
      const opened = fragment(page);
      await back(page);
      await conversation?.waitFor();
      await page.evaluate(() => history.forward());
      await text?.waitFor();
      await expect.poll(() => fragment(page)).toBe(opened);
      await page.keyboard.press('Escape');
      await conversation?.waitFor();
      await back(page);
      await conversation?.waitFor({ state: 'detached' });
      await expect.poll(() => fragment(page)).toBe('#/');
    });

    test('closes the settings, over a text that stays', async () => {
      const page = await open('live');
      await row(page, 0).click();
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog').waitFor();
      await back(page);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('complementary', { name: 'Text' }).waitFor();
    });

    test('leaves the window at once where all was closed by other ways', async () => {
      const page = await open('live');
      for (let turn = 0; turn < 2; turn += 1) {
        await row(page, 0).click();
        await page.getByRole('button', { name: 'Conversation with this device' }).click();
        await page.keyboard.press('Escape');
        await expect.poll(() => fragment(page)).toBe('#/');
      }
      await back(page);
      await expect.poll(() => isOutside(page)).toBe(true);
    });

    test('closes what a link opened, also after the page was loaded anew', async () => {
      const page = await open('live', { fragment: '#/message/m1000' });
      const text = page.getByRole('complementary', { name: 'Text' });
      await text.waitFor();
      await page.reload();
      await text.waitFor();
      await back(page);
      await text.waitFor({ state: 'detached' });
      await page.evaluate(() => {
        location.hash = '#/message/m1001';
      });
      await text.waitFor();
      await back(page);
      await text.waitFor({ state: 'detached' });
    });
  });

  test('a raw block of any length is shown in part, and whole on demand', async () => {
    const page = await open('live');
    await page.evaluate(() => {
      window.fake.answer({
        'inbox.message': ({ id }) => ({
          ok: true,
          value: {
            message: {
              id,
              sequence: 1,
              account: '0000123456-00001',
              deviceIds: [],
              text: 'short',
              receivedAt: '2026-11-23T19:03:22.000Z',
              platformTime: null,
              lanes: ['callback'],
              unread: false,
            },
            rawCallback: 'x'.repeat(30_000),
            rawHistory: null,
            answeredAt: null,
            arrivals: [],
            forwards: [],
          },
        }),
      });
    });
    await page.locator('.spacer .row').first().click();
    const raw = page.locator('.raw pre');
    await expect.poll(async () => (await raw.textContent())?.length).toBe(20_000);
    await page.getByRole('button', { name: 'Show the other 10,000 characters' }).click();
    await expect.poll(async () => (await raw.textContent())?.length).toBe(30_000);
  });

  describe('the state in words', () => {
    test('says how fresh the proof is, and ticks', async () => {
      const page = await open('proved');
      await page.getByText('proved 12 s ago').waitFor();
      await page.clock.setFixedTime(sceneTime + 3000);
      await page.getByText('proved 15 s ago').waitFor();
      await page.clock.setFixedTime(sceneTime + 4 * 60_000);
      await page.getByText('proved 4 min ago').waitFor();
      await page.evaluate(() => window.fake.tell({ provedAt: new Date().toISOString() }));
      await page.getByText('proved 0 s ago').waitFor();
      expect(await page.getByRole('status').first().textContent()).not.toContain('proved');
      // Not beside what keeps texts away.
      await page.evaluate(() =>
        window.fake.tell({ light: 'needs-you', sentence: 'Another server holds the callback.' }),
      );
      await page.getByText('proved 0 s ago').waitFor({ state: 'detached' });
    });

    test('tells the last gap of an account', async () => {
      const page = await open('proved');
      await page.getByText('Unreachable 04:03–08:03: 214 fetched from the queue, 0 pending.').waitFor();
    });

    test('what happened is opened by key and by the button, newest first, and follows the state', async () => {
      const page = await open('proved');
      await page.keyboard.press('h');
      const dialog = page.getByRole('dialog', { name: 'What happened' });
      const entries = dialog.getByRole('listitem');
      await entries.first().waitFor();
      expect(await entries.count()).toBe(5);
      expect(await entries.nth(0).textContent()).toContain('214 fetched');
      expect(await entries.nth(2).textContent()).toContain('Degraded: the public address does not answer');
      await page.keyboard.press('Escape');
      await page.evaluate(() => {
        const at = new Date().toISOString();
        window.fake.answer({
          'timeline.page': () => ({
            ok: true,
            value: {
              entries: [
                { at, account: null, kind: 'state', text: 'off: Paused. Texts wait in the queue at ThingSpace.' },
                { at, account: null, kind: 'state', text: 'polling: Fetching the queue every 60 s.' },
                { at, account: null, kind: 'state', text: 'off' },
              ],
            },
          }),
        });
      });
      await page.keyboard.press('h');
      await entries.first().waitFor();
      expect(await dialog.locator('.timeline-text').allTextContents()).toEqual([
        'Paused. Texts wait in the queue at ThingSpace.',
        'Fetching the queue every 60 s.',
        'Off',
      ]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'What happened' }).click();
      await entries.first().waitFor();
      await page.evaluate(() => {
        window.fake.answer({
          'timeline.page': () => ({
            ok: true,
            value: { entries: [{ at: new Date().toISOString(), account: null, kind: 'problem', text: 'just now' }] },
          }),
        });
        window.fake.tell({ sentence: 'Catching up.' });
      });
      await dialog.getByText('just now').waitFor();
    });
  });

  describe('the search', () => {
    const field = (page: Page) => page.getByRole('combobox', { name: 'Search texts' });
    const hits = (page: Page, within: string) => page.locator(`${within} .hit`).allTextContents();

    test('is completed with devices, by keyboard alone', async () => {
      const page = await open('live');
      await page.keyboard.press('/');
      await page.keyboard.type('pump dev');
      const options = page.getByRole('option');
      await expect.poll(() => options.count()).toBe(8);
      expect(await options.first().textContent()).toMatch(/^device:55512300\d\d mdn$/);
      await page.keyboard.type('ice:0003');
      await expect.poll(() => options.count()).toBe(2);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => field(page).inputValue()).toBe('pump device:5551230003 ');
      await page.keyboard.press('Escape');
      await expect.poll(() => field(page).inputValue()).toBe('');
    });

    test('knows each device, whether or not a row of it was loaded', async () => {
      const script = `
        window.fake.arrive({ text: 'of long ago', deviceIds: [{ id: '5559990001', kind: 'mdn' }] });
        for (let count = 0; count < 900; count += 1) window.fake.arrive({ text: 'later' });
      `;
      const page = await open('live', { script });
      await page.keyboard.press('/');
      await page.keyboard.type('device:999');
      await page.getByRole('option', { name: 'device:5559990001' }).waitFor();
      await page.keyboard.type('7');
      await page.getByText('No device is called so.').waitFor();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    });

    test('has its list closed by the first Escape, and goes to the rows by Enter', async () => {
      const page = await open('live');
      await page.keyboard.press('/');
      await page.keyboard.type('is:');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      expect(await field(page).inputValue()).toBe('is:');
      await page.keyboard.type('unread');
      await page.keyboard.press('Enter');
      await page.getByText('3 found').waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    });

    test('marks what it found, in the rows and in the opened text', async () => {
      const page = await open('live');
      await field(page).fill('PRESS "pump 3" -tank');
      await page.getByText('151 found').waitFor();
      await expect.poll(() => hits(page, '.spacer .row:first-child .cell-text')).toEqual(['pump 3', 'press']);
      await page.locator('.spacer .row').first().click();
      await expect.poll(() => hits(page, '.full-text')).toEqual(['pump 3', 'press']);
      await field(page).fill('device:0003');
      await expect.poll(() => hits(page, '.spacer .row:first-child .cell-device')).toEqual(['0003']);
    });

    test('that finds nothing tells what of it is no condition', async () => {
      const page = await open('live');
      await page.getByRole('combobox', { name: 'Search texts' }).fill('constructor:1 before:yesterday');
      await page
        .getByText('“before:yesterday” is no condition of a search: it is looked for as plain words.')
        .waitFor();
    });

    test('is obeyed by live rows, and its count is that of the list', async () => {
      const page = await open('live');
      await field(page).fill('is:unread');
      await page.getByText('3 found').waitFor();
      await page.evaluate(() => {
        window.fake.arrive({ text: 'new and unread' });
        window.fake.arrive({ text: 'read elsewhere', unread: false });
      });
      await page.getByText('4 found').waitFor();
      expect(await page.locator('.spacer .row').count()).toBe(4);
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5');
      await page.locator('.spacer .row').first().click();
      await page.getByText('3 found').waitFor();
      expect(await page.locator('.spacer .row').count()).toBe(3);
    });

    test('is saved, gone back to after the page was opened again, and forgotten', async () => {
      const page = await open('live');
      const menu = page.getByRole('button', { name: 'Saved searches' });
      await field(page).fill('pump is:read');
      await menu.click();
      await page.getByRole('menuitem', { name: 'Save this search' }).click();
      await field(page).fill('');
      await page.reload();
      await page.getByText('1,204 texts').waitFor();
      await menu.click();
      await page.getByRole('menuitem', { name: 'pump is:read' }).click();
      await expect.poll(() => field(page).inputValue()).toBe('pump is:read');
      await menu.click();
      await page.getByRole('menuitem', { name: 'Forget this search' }).click();
      await menu.click();
      await page.getByRole('menuitem', { name: 'Save this search' }).waitFor();
      expect(await page.getByRole('menuitem').count()).toBe(1);
    });
  });

  describe('an opened text', () => {
    test('is decoded in each way in which it parses', async () => {
      const page = await open('coded');
      const decoded = async (row: number): Promise<readonly string[]> => {
        await page.locator(`#row-${row}`).click();
        await page.locator(`#row-${row}[data-opened]`).waitFor();
        return await page.locator('.decoded h3').allTextContents();
      };
      expect(await decoded(21)).toEqual(['Values', 'Position']);
      await page.getByRole('img', { name: 'the last place is 47.26020° N, 122.44430° W' }).waitFor();
      expect(await decoded(22)).toEqual(['NMEA sentences', 'Position']);
      expect((await page.locator('.plot-way').getAttribute('points'))?.split(' ')).toHaveLength(3);
      expect(await decoded(23)).toEqual(['Hexadecimal, 8 bytes']);
      expect(await page.locator('.decoded pre').textContent()).toBe('Hello\\0ÿ\n');
      expect(await decoded(24)).toEqual(['Base64']);
      expect(await page.locator('.decoded pre').textContent()).toBe('{"temp":21.4,"door":"closed"}');
      expect(await decoded(25)).toEqual(['JSON']);
      expect(await decoded(26)).toEqual([]);
    });

    test('is copied as curl and as a link', async () => {
      const page = await open('coded');
      const copied = async (): Promise<string> => await page.evaluate(() => navigator.clipboard.readText());
      await page.locator('#row-25').click();
      await page.getByRole('button', { name: 'Copy as curl' }).click();
      await expect.poll(copied).toMatch(/^curl http:\/\/localhost:3000\/ -H/);
      await page.getByRole('button', { name: 'Copy link' }).click();
      await expect.poll(copied).toBe('thingspace-sms://message/coded-json');
    });

    test('shows its links, tells the whole address of a pressed one, and opens nothing', async () => {
      const page = await open('coded');
      await page.locator('#row-26').click();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      expect(await page.locator('.full-text a').count()).toBe(0);
      await page.locator('.text-link').last().click();
      const dialog = page.getByRole('dialog', { name: 'A link from a device' });
      await dialog.getByText('http://xn--exmple-4nf.com/a').waitFor();
      expect(await dialog.getByRole('button', { name: 'Open in a new tab' }).count()).toBe(0);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(requests).toEqual([]);
      expect(page.context().pages()).toHaveLength(1);
    });

    test('in a browser opens a link after a yes, in a tab that knows nothing of this one', async () => {
      const served = await server().serve(createHttpFace(createFakeBridge(scene('coded')), 'token'));
      const context = await browser().newContext();
      await context.route('https://updates.example.com/**', async (route) => {
        const { referer } = route.request().headers();
        await route.fulfill({ contentType: 'text/html', body: `referer: ${referer ?? 'none'}` });
      });
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${served.port}/#token=token`);
      await page.locator('#row-26').click();
      await page.locator('.text-link').first().click();
      const [tab] = await Promise.all([
        context.waitForEvent('page'),
        page.getByRole('button', { name: 'Open in a new tab' }).click(),
      ]);
      await tab.getByText('referer: none').waitFor();
      expect(tab.url()).toBe('https://updates.example.com/fw?id=7');
      expect(await tab.evaluate(() => opener)).toBeNull();
      await served.close();
    });
  });

  test('nothing in the window writes a style element or a style attribute into the page', async () => {
    const page = await open('coded', { colorScheme: 'dark' });
    await page.evaluate(() => {
      const written: string[] = [];
      Object.assign(window, { written });
      addEventListener('securitypolicyviolation', (event) => written.push(event.violatedDirective));
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes)
            if (node instanceof Element && (node.localName === 'style' || node.querySelector('style')))
              written.push(node.outerHTML);
      }).observe(document, { subtree: true, childList: true });
      const { setAttribute } = Element.prototype;
      Element.prototype.setAttribute = function (name, value) {
        if (name.toLowerCase() === 'style') written.push(`${this.localName} ${value}`);
        setAttribute.call(this, name, value);
      };
    });
    for (const name of ['Settings', 'Credentials', 'Add account', 'More for 0000123456-00001', 'Saved searches']) {
      await page.getByRole('button', { name, exact: true }).first().click();
      const over = page.locator('[role="dialog"]').first();
      await over.waitFor();
      if (name === 'Settings') await over.getByText('Comfortable').click();
      await page.keyboard.press('Escape');
      await over.waitFor({ state: 'detached' });
    }
    await page.getByRole('combobox').pressSequentially('is:');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').fill('');
    for (const row of [21, 22, 23, 26]) await page.locator(`#row-${row}`).click();
    await page.getByText('"smsMessage"').waitFor();
    await page.locator('.text-link').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate(() => (window as unknown as { written: string[] }).written)).toEqual([]);
    expect(await page.locator('style').count()).toBe(0);
  });
});
