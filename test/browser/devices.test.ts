import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { playCommands } from './command-stage.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('devices in Chromium'), () => {
  const { open } = windowSuite();
  const rail = (page: Page) => page.getByRole('region', { name: 'Devices', exact: true });
  const conversation = (page: Page) => page.getByRole('complementary', { name: 'Conversation' });
  const arrive = async (page: Page, text: string, number = '5551230036', times = 1): Promise<void> =>
    await page.evaluate(
      ([text, number, times]) => {
        const deviceIds = [
          { id: `89148000000${number}`, kind: 'iccid' },
          { id: number, kind: 'mdn' },
        ];
        for (let count = 0; count < times; count += 1) window.fake.arrive({ text: `${text} ${count}`, deviceIds });
      },
      [text, number, times] as const,
    );

  test('stand in the rail, the one that texted last first, with what is unread', async () => {
    const page = await open('live');
    const first = rail(page).getByRole('listitem').first();
    await arrive(page, 'hello', '5551230005', 2);
    await expect.poll(async () => await first.textContent()).toContain('5551230005');
    expect(await first.textContent()).toContain('just now');
    expect(await first.textContent()).toContain('2 unread');
    await rail(page).getByRole('textbox', { name: 'Find a device' }).fill('0021');
    await expect.poll(async () => await rail(page).getByRole('listitem').count()).toBe(1);
    await rail(page).getByRole('textbox').fill('nobody');
    await rail(page).getByText('No device is called so.').waitFor();
    await rail(page).getByRole('textbox').fill('');
    await rail(page).getByRole('button', { name: '30 of 40: show more' }).click();
    await expect.poll(async () => await rail(page).getByRole('listitem').count()).toBe(40);
  });

  test('keep their places in the rail under the pointer and the keyboard, so that a click opens the one that is meant', async () => {
    const page = await open('live');
    const items = rail(page).locator('.device-item');
    const third = (await items.nth(2).locator('.device-title').textContent()) ?? '';
    await items.nth(2).hover();
    await arrive(page, 'hello', '5551230005', 2);
    await rail(page).getByRole('button', { name: '5551230005' }).getByText('2 unread').waitFor();
    expect(await items.first().textContent()).not.toContain('5551230005');
    await page.mouse.down();
    await page.mouse.up();
    await conversation(page).getByRole('heading', { name: third }).waitFor();
    await conversation(page).hover();
    await expect.poll(async () => await items.first().textContent()).toContain('5551230005');
    await rail(page).getByRole('textbox').focus();
    await page.keyboard.press('Tab');
    await arrive(page, 'hello', third, 3);
    await rail(page).getByRole('button', { name: third }).getByText('just now').waitFor();
    expect(await items.first().textContent()).toContain('5551230005');
    await page.keyboard.press('Shift+Tab');
    await expect.poll(async () => await items.first().textContent()).toContain(third);
  });

  test('are named and noted; the name stands in the rail, the rows and the search', async () => {
    const page = await open('live');
    await rail(page).getByRole('button', { name: '5551230036' }).click();
    await conversation(page).getByRole('button', { name: 'Name and note…' }).click();
    await page.getByRole('textbox', { name: 'Nickname' }).fill('  Pump 3 <b>north</b> ');
    await page.getByRole('textbox', { name: 'Note' }).fill('Behind the gate');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await conversation(page).getByText('Behind the gate').waitFor();
    const heading = page.getByRole('heading', { name: 'Pump 3 <b>north</b>' });
    const face = async (): Promise<string> => await heading.evaluate((element) => getComputedStyle(element).fontFamily);
    expect(await face()).not.toContain('mono');
    await conversation(page)
      .getByRole('button', { name: /All about the text of/ })
      .last()
      .click();
    await page.getByRole('complementary', { name: 'Text' }).waitFor();
    expect(await face()).not.toContain('mono');
    await page.keyboard.press('Escape');
    await rail(page).getByRole('button', { name: 'Pump 3 <b>north</b>' }).waitFor();
    await page.locator('.spacer .row').filter({ hasText: 'Pump 3 <b>north</b>' }).first().waitFor();
    await conversation(page).getByRole('button', { name: 'Show its texts in the list' }).click();
    await expect.poll(async () => await page.getByRole('combobox').inputValue()).toBe('device:5551230036');
    await page.getByText('31 found').waitFor();
    await page.getByRole('combobox').fill('device:pump');
    await expect.poll(async () => await page.locator('.spacer .row .hit').first().textContent()).toBe('Pump');
  });

  test('have a conversation that ends with the newest, holds still while one reads above, and is read', async () => {
    const page = await open('live');
    await page.evaluate(() => location.assign('#/device/1000'));
    const body = conversation(page).getByRole('region', { name: 'What was sent and what came' });
    await arrive(page, 'first', '5551230036');
    await body.getByText('first 0').waitFor();
    const atFoot = async (): Promise<boolean> =>
      await body.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2);
    await expect.poll(atFoot).toBe(true);
    await expect.poll(async () => await rail(page).getByRole('listitem').first().textContent()).not.toContain('unread');
    await body.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(atFoot).toBe(false);
    const placeOf = async (): Promise<number> =>
      await body.evaluate((element) =>
        Math.round(element.querySelectorAll('.entry')[20]?.getBoundingClientRect().top ?? 0),
      );
    const before = await placeOf();
    await arrive(page, 'later', '5551230036', 3);
    await conversation(page).getByRole('button', { name: '3 new' }).waitFor();
    expect(await placeOf()).toBe(before);
    await conversation(page).getByRole('button', { name: '3 new' }).click();
    await expect.poll(atFoot).toBe(true);
    await body.getByText('later 2').waitFor();
  });

  test('a long conversation is read to its beginning, and nothing jumps when older texts come in above', async () => {
    const page = await open('live');
    await page.evaluate(() => location.assign('#/device/1000'));
    const body = conversation(page).getByRole('region', { name: 'What was sent and what came' });
    await arrive(page, 'old', '5551230036', 200);
    await body.getByText('old 199', { exact: true }).waitFor();
    const entries = body.locator('.entry');
    expect(await entries.count()).toBeLessThan(120);
    for (let turn = 0; turn < 12 && (await body.getByText('This is where it begins.').count()) === 0; turn += 1) {
      const text = await entries.nth(3).locator('.entry-text').textContent();
      await body.evaluate((element) => element.scrollTo(0, 150));
      const top = async (): Promise<number> =>
        await body
          .locator('.entry')
          .filter({ hasText: text ?? '' })
          .last()
          .evaluate((entry) => Math.round(entry.getBoundingClientRect().top));
      const before = await top();
      await page.waitForTimeout(120);
      expect(Math.abs((await top()) - before)).toBeLessThan(3);
    }
    await body.getByText('This is where it begins.').waitFor();
    expect(await entries.count()).toBe(231);
  });

  test('what was sent stands once, in its place, with its state and how long its answer is waited for', async () => {
    const page = await open('visit');
    await playCommands(page);
    const said = conversation(page).locator('.entry-text');
    await expect
      .poll(async () => await said.allTextContents())
      .toEqual([
        'ALARM pump 3 stopped, pressure 1.2 bar, see panel B',
        'LOCATE',
        'APN internet',
        'STATUS',
        'STATUS OK BAT 87% RSSI -67 APN internet',
        'REBOOT',
      ]);
    expect(await conversation(page).getByText('REBOOT', { exact: true }).count()).toBe(1);
    const newest = conversation(page).locator('.entry').last();
    await newest.getByText('Received by the device').waitFor();
    await expect.poll(async () => await newest.getByRole('timer').textContent()).toBe('46 seconds left');
    await newest.getByRole('button', { name: 'Stop waiting' }).click();
    await newest.getByText('Not waited for', { exact: true }).waitFor();
    expect(await conversation(page).getByText('Expired: not delivered in time').count()).toBe(1);
    // That no answer can come goes without saying.
    expect(await conversation(page).locator('.entry[data-state="expired"] .send-awaited').count()).toBe(0);
    expect(await conversation(page).locator('.entry[data-state="delivered"] .send-awaited').count()).toBeGreaterThan(0);
  });

  test('a text that is refused is explained once, in its place', async () => {
    const page = await open('live');
    await page.evaluate(() => location.assign('#/device/1000'));
    const reason = 'ThingSpace knows no such device. Nothing was sent.';
    // As the core does it: kept first, then refused.
    await page.evaluate((reason) => {
      const { bridge, answer, sends } = window.fake;
      const refused = { ok: false, error: { code: 'service-refused', message: reason, service: null } } as const;
      const to = { id: '5551230036', kind: 'mdn' };
      void bridge.call('message.send', { account: '0000123456-00001', to, text: 'REBOOT' });
      answer({
        'message.send': () => {
          sends.change({ kind: 'not-taken', state: 'failed', reason, service: null, at: Date.now() });
          return refused;
        },
      });
    }, reason);
    const field = conversation(page).getByLabel('Text to send');
    await field.fill('REBOOT');
    await page.keyboard.press('Control+Enter');
    await conversation(page).locator('.entry.sent').getByText(reason).waitFor();
    await expect.poll(async () => await conversation(page).getByText(reason).count()).toBe(1);
    expect(await field.inputValue()).toBe('REBOOT');
    // What was kept nowhere is said where one writes.
    await page.evaluate(() =>
      window.fake.answer({
        'message.send': () => ({
          ok: false,
          error: { code: 'storage-failed', message: 'The disk is full.', service: null },
        }),
      }),
    );
    await page.keyboard.press('Control+Enter');
    await conversation(page).getByRole('alert').getByText('The disk is full.').waitFor();
  });

  test('one that never texted is texted, not answered', async () => {
    const page = await open('live');
    await page.evaluate(async () => {
      const { bridge, answer } = window.fake;
      const known = await bridge.call('devices.thread', { device: 1000 });
      if (!known.ok) return;
      const device = { ...known.value.device, lastTextAt: null, texts: 0 };
      answer({ 'devices.thread': () => ({ ok: true, value: { device, entries: [], next: null } }) });
    });
    await page.evaluate(() => location.assign('#/device/1000'));
    await conversation(page).getByText('Text this device').waitFor();
    expect(await conversation(page).getByText('Reply to this device').count()).toBe(0);
  });

  test('a text of the conversation opens, and Escape leads back to it, then to the list', async () => {
    const page = await open('live');
    await page.locator('.spacer .row').first().click();
    await page.getByRole('button', { name: 'Conversation with this device' }).click();
    await conversation(page).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#\/device\/\d+$/);
    await conversation(page)
      .getByRole('button', { name: /All about the text of/ })
      .last()
      .click();
    await page.getByRole('complementary', { name: 'Text' }).waitFor();
    await page.keyboard.press('Escape');
    await conversation(page).waitFor();
    await page.keyboard.press('Escape');
    await conversation(page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  test('ask ThingSpace for all of them, and say what came of it', async () => {
    const page = await open('live');
    await page.getByRole('button', { name: 'Ask ThingSpace for all devices and their names' }).click();
    await rail(page).getByText('ThingSpace lists 20 devices.').waitFor();
    const asked = await page.evaluate(() =>
      window.fake.calls.filter(({ name }) => name === 'devices.refresh').map(({ input }) => input),
    );
    expect(asked).toEqual([{ account: '0000123456-00001' }, { account: '0000123456-00002' }]);
    await page.evaluate(() =>
      window.fake.answer({
        'devices.refresh': () => ({
          ok: false,
          error: { code: 'service-refused', message: 'ThingSpace does not show this account to you.', service: null },
        }),
      }),
    );
    await page.getByRole('button', { name: 'Ask ThingSpace for all devices and their names' }).click();
    await rail(page).getByText('ThingSpace does not show this account to you.').waitFor();
  });

  describe('the list, grouped by device', () => {
    const groups = (page: Page) => page.getByRole('grid', { name: 'Devices with texts' });

    test('has a row for each, obeys the search, and stays grouped', async () => {
      const page = await open('live');
      await page.keyboard.press('g');
      await page.getByText('40 devices').waitFor();
      expect(await groups(page).getAttribute('aria-rowcount')).toBe('41');
      await page.getByRole('combobox').fill('ALARM');
      await page.getByText('5 devices').waitFor();
      for (const text of await groups(page).locator('.spacer .cell-text').allTextContents())
        expect(text).toContain('ALARM');
      await page.getByRole('combobox').fill('');
      await page.getByText('40 devices').waitFor();
      await page.keyboard.press('Escape');
      await groups(page).focus();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await conversation(page).waitFor();
      await page.getByRole('button', { name: 'Group by device' }).click();
      await page.getByRole('grid', { name: 'Texts' }).waitFor();
    });

    test('follows what comes, and moves nothing once one reads further down', async () => {
      const page = await open('live');
      await page.keyboard.press('g');
      const first = groups(page).locator('.spacer .row').first();
      await arrive(page, 'to the top', '5551230001');
      await expect.poll(async () => await first.textContent()).toContain('to the top');
      await groups(page).hover();
      await page.mouse.wheel(0, 300);
      await expect.poll(async () => await groups(page).evaluate((grid) => grid.scrollTop)).toBe(300);
      const order = async () => await groups(page).locator('.spacer .cell-device').allTextContents();
      const before = await order();
      await arrive(page, 'unseen', '5551230030', 5);
      await page.getByRole('button', { name: '1 new' }).waitFor();
      expect(await order()).toEqual(before);
      await page.getByRole('button', { name: '1 new' }).click();
      await expect.poll(async () => await first.textContent()).toContain('unseen 4');
    });

    test('keeps a row under the pointer while that presses it, so that it is the one that opens', async () => {
      const page = await open('live');
      await page.keyboard.press('g');
      const row = groups(page).locator('.spacer .row').nth(3);
      await row.hover();
      const pressed = (await row.locator('.cell-device').textContent()) ?? '';
      await page.mouse.down();
      await arrive(page, 'meanwhile', '5551230030');
      await page.getByRole('button', { name: '1 new' }).waitFor();
      await page.mouse.up();
      await conversation(page).getByRole('heading', { name: pressed }).waitFor();
      await groups(page).locator('.spacer .row').first().getByText('meanwhile').waitFor();
    });

    test('counts each device that texted meanwhile, however many those are', async () => {
      const page = await open('live');
      await page.keyboard.press('g');
      await page.getByText('40 devices').waitFor();
      await groups(page).focus();
      await page.keyboard.press(' ');
      await page.evaluate(() => {
        for (let number = 1; number <= 230; number += 1)
          for (let turn = 0; turn < 2; turn += 1)
            window.fake.arrive({ text: 'hello', deviceIds: [{ kind: 'mdn', id: String(5_559_990_000 + number) }] });
      });
      await page.getByRole('button', { name: '230 new' }).waitFor();
    });
  });

  test('beyond those that are shown at most are gone through, and back', async () => {
    const page = await open('live');
    await page.evaluate(() => {
      for (let number = 1; number <= 700; number += 1)
        window.fake.arrive({ text: 'hello', deviceIds: [{ kind: 'mdn', id: String(5_559_990_000 + number) }] });
    });
    const foot = rail(page).getByRole('button', { name: /^[\d,]+ of 740: show more$/ });
    for (let turn = 0; turn < 5; turn += 1) await foot.click();
    await rail(page).getByRole('button', { name: '1–500 of 740: show the next' }).click();
    await rail(page).getByRole('button', { name: '5559990200', exact: false }).first().waitFor();
    await expect.poll(async () => await rail(page).getByRole('listitem').count()).toBe(240);
    await rail(page).getByRole('button', { name: 'Back to the ones before' }).click();
    await rail(page).getByRole('button', { name: '5559990700', exact: false }).first().waitFor();
  });

  test('columns fit from 360 px to a wall screen: nothing is wider than the window, and the text keeps three tenths of it and more', async () => {
    for (const width of [360, 420, 560, 720, 1024, 1440, 1920, 3840]) {
      const page = await open('live', { viewport: { width, height: 800 } });
      for (const grid of ['Texts', 'Devices with texts']) {
        if (grid === 'Devices with texts') await page.keyboard.press('g');
        const row = page.getByRole('grid', { name: grid }).locator('.spacer .row').first();
        await row.waitFor();
        const [box, text, device] = await Promise.all([
          row.boundingBox(),
          row.locator('.cell-text').boundingBox(),
          row.locator('.cell-device').boundingBox(),
        ]);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
        expect(text?.width ?? 0).toBeGreaterThan(Math.max(110, (box?.width ?? 0) * 0.3));
        expect(device?.width ?? 0).toBeGreaterThan(80);
        expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.context().close();
    }
  });

  test('are called in each view as ThingSpace’s list calls them, and found so', async () => {
    const page = await open('live');
    await page.evaluate(() => {
      const deviceIds = [{ kind: 'mdn', id: '7025550101' }];
      const device = { id: 7, nickname: null, serviceName: 'tracker-101', deviceIds };
      window.fake.arrive({ text: 'of a tracker', deviceIds, device });
    });
    await rail(page).getByRole('textbox', { name: 'Find a device' }).fill('tracker');
    await rail(page).getByRole('button', { name: 'tracker-101' }).waitFor();
    const search = page.getByRole('combobox', { name: 'Search texts' });
    await search.fill('device:track');
    await page.getByRole('option', { name: 'device:tracker-101 7025550101' }).click();
    const row = page.locator('.spacer .row').filter({ hasText: 'of a tracker' });
    expect(await row.locator('.cell-device').textContent()).toBe('tracker-101');
    expect(await row.locator('.cell-device mark').textContent()).toBe('tracker-101');
    await row.click();
    const text = page.getByRole('complementary', { name: 'Text' });
    await text.getByRole('heading', { name: 'tracker-101' }).waitFor();
    await text.getByText('to mdn 7025550101').waitFor();
  });

  test('each view is drawn without a fault by what a device may be called', async () => {
    const page = await open('live');
    await page.evaluate(() =>
      window.fake.arrive({
        text: 'hostile',
        deviceIds: [{ kind: 'mdn', id: '<img src=x onerror=alert(1)>\u202Eabc\u0000' }],
        device: {
          id: 7,
          nickname: '<script>hostile()</script>\u202E',
          serviceName: null,
          deviceIds: [{ kind: 'mdn', id: '<b>1</b>' }],
        },
      }),
    );
    await rail(page).getByText('<script>hostile()</script>', { exact: false }).click();
    await conversation(page).getByText('hostile', { exact: true }).waitFor();
    expect(await page.locator('.window script, .window img, .window b').count()).toBe(0);
  });
});
