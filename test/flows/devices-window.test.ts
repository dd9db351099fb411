import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

/** The whole app in a browser: the simulator, `serve` in a process of its own, and a page of it in Chromium. */
async function serveWindow(): Promise<{ readonly simulator: Simulator; readonly page: Page }> {
  const simulator = await freshSimulator({ accounts: [account] });
  const surroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  };
  expect((await runCommand(['accounts', 'add', account], surroundings)).code).toBe(0);
  const command = startCommand(['serve', '--json', '--no-open'], surroundings);
  await command.until(() => stands(command, account, 'live'), 'live');
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
  await page.goto(String(command.linesOf('window')[0]?.['url']));
  return { simulator, page };
}

describe.skipIf(!hasChromium)(browserSuite('devices in a browser, with the real core'), () => {
  test('two that turn out to be one, its name, what is said with it, and the list grouped by device', async () => {
    const { simulator, page } = await serveWindow();
    const device = simulator.devices().find((each) => each.account === account && each.state === 'active');
    const [mdn, imei, iccid] = device?.deviceIds ?? [];
    if (!device || !mdn || !imei || !iccid) throw new Error('The simulator has no such device.');
    const texts = (text: string, ...deviceIds: (typeof mdn)[]) =>
      simulator.deviceTexts(account, { deviceIds, text }).settled;
    const rail = page.getByRole('region', { name: 'Devices', exact: true });
    const items = rail.getByRole('listitem');
    const conversation = page.getByRole('complementary', { name: 'Conversation' });

    await rail.getByText('No device has texted yet.').waitFor();
    await texts('by number', mdn);
    await texts('by card', iccid);
    await expect.poll(() => items.count(), { timeout: 10_000 }).toBe(2);
    await page.getByRole('button', { name: 'Ask ThingSpace for all devices and their names' }).click();
    await rail.getByText('ThingSpace lists 5 devices.').waitFor();
    const own = items.filter({ hasText: device.name });
    await expect.poll(() => own.textContent(), { timeout: 10_000 }).toContain('2 unread');
    expect(await items.count()).toBe(5);

    await own.getByRole('button').click();
    await conversation.getByText('by number', { exact: true }).waitFor();
    for (const { id } of [mdn, imei, iccid]) await conversation.getByText(id).first().waitFor();
    await expect.poll(() => own.textContent(), { timeout: 10_000 }).not.toContain('unread');
    await conversation.getByRole('button', { name: 'Name and note…' }).click();
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Pump 3');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await rail.getByRole('button', { name: 'Pump 3' }).waitFor();

    await page.keyboard.press('r');
    await page.keyboard.type('PING');
    await conversation.getByRole('button', { name: 'Send', exact: true }).click();
    await conversation.getByText('PONG', { exact: true }).waitFor();
    await expect
      .poll(() => conversation.locator('.entry .entry-text').allTextContents(), { timeout: 10_000 })
      .toEqual(['by number', 'by card', 'PING', 'PONG']);

    await page.getByRole('combobox', { name: 'Search texts' }).fill('device:pump');
    await page.getByText('3 found').waitFor();
    expect(await page.locator('.spacer .cell-device').allTextContents()).toEqual(['Pump 3', 'Pump 3', 'Pump 3']);
    await page.getByRole('button', { name: 'Group by device' }).click();
    await page.getByText('1 device', { exact: true }).waitFor();
    const row = page.getByRole('grid', { name: 'Devices with texts' }).locator('.spacer .row');
    await expect.poll(() => row.locator('.group-count').textContent(), { timeout: 10_000 }).toBe('3');
    const [, other] = simulator.devices().filter((each) => each.account === account && each.state === 'active');
    await page.getByRole('combobox', { name: 'Search texts' }).fill('');
    await simulator.deviceTexts(account, { deviceIds: other?.deviceIds ?? [], text: 'another one' }).settled;
    await expect
      .poll(() => row.locator('.cell-text').allTextContents(), { timeout: 10_000 })
      .toEqual(['another one', 'PONG']);
    await page.reload();
    await row.first().waitFor();
  });
});
