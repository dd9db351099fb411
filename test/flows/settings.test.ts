import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Settings } from '../../preload/contract/settings.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

/** `serve` with one account that listens, and its window in Chromium with the settings open. */
async function openSettings() {
  const simulator = await freshSimulator();
  const dataDirectory = freshFolder();
  const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
  expect((await runCommand(['accounts', 'add', account], surroundings)).code).toBe(0);
  const command = startCommand(['serve', '--json', '--no-open'], surroundings);
  await command.until(() => stands(command, account, 'live'), 'live');
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(String(command.linesOf('window')[0]?.['url']));
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const section = (name: string) => dialog.getByRole('tab', { name }).click();
  const stored = (): Settings => JSON.parse(readFileSync(join(dataDirectory, 'settings.json'), 'utf8'));
  return { simulator, command, page, dialog, section, stored };
}

describe.skipIf(!hasChromium)(browserSuite('the settings in a browser, with the real core'), () => {
  test('an account’s way, checked and changed, counts at once: its callback is given back', async () => {
    const { simulator, command, page, dialog, section } = await openSettings();
    await section('Accounts');
    const item = dialog.getByRole('listitem', { name: account });
    await item.getByRole('button', { name: 'Check' }).click();
    await item.getByText('This app holds its callback.', { exact: false }).waitFor();
    await item.getByRole('button', { name: 'Texts come' }).click();
    await page.getByRole('option', { name: 'From the queue only' }).click();
    await command.until(() => stands(command, account, 'polling'), 'polling');
    await expect.poll(() => simulator.registrations(account)).toEqual([]);
  });

  test('what is chosen is on disk, and shown again when the window is opened anew', async () => {
    const { page, dialog, section, stored } = await openSettings();
    await section('Queue and keeping');
    await dialog.getByLabel('Minutes between two looks').fill('5');
    await dialog.getByRole('button', { name: 'Save' }).first().click();
    await dialog.getByText('Saved.').waitFor();
    await dialog.getByLabel('Delete texts after so many days').fill('90');
    await dialog.getByText('No stored text is that old now.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).last().click();
    await expect.poll(() => stored().keepDays).toBe(90);

    await section('Notifications');
    await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
    await dialog.getByText('No notifications at certain hours').click();
    await dialog.getByLabel('Unless a text matches').fill('ALARM');
    await dialog.getByRole('region', { name: 'Quiet hours' }).getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => stored().quietHours?.unless).toEqual(['ALARM']);
    expect(stored()).toMatchObject({ sweepMinutes: 5, mutes: [{ of: { kind: 'everything' } }] });

    // Its address names the settings, so they are open again.
    await page.reload();
    await section('Notifications');
    await dialog.getByRole('button', { name: 'Unmute' }).waitFor();
    expect(await dialog.getByLabel('Unless a text matches').inputValue()).toBe('ALARM');
  });

  test('an endpoint outside this network is refused in words until that is allowed', async () => {
    const { dialog, section, stored } = await openSettings();
    await section('Forwarding');
    await dialog.getByRole('textbox', { name: 'Endpoint' }).fill('https://203.0.113.7/sms');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('203.0.113.7 is outside this computer and its network.', { exact: false }).waitFor();
    expect(stored().forwards).toEqual([]);
    await dialog.getByText('Also to endpoints outside').click();
    await expect.poll(() => stored().forwardAnywhere).toBe(true);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('https://203.0.113.7/sms').waitFor();
    await expect.poll(() => stored().forwards.map(({ url }) => url)).toEqual(['https://203.0.113.7/sms']);
  });

  test('a public address that ThingSpace would not call is refused, and the way in stays as it was', async () => {
    const { command, dialog, section, stored } = await openSettings();
    await section('Public address');
    await dialog.getByText('A public URL that is there already').click();
    await dialog.getByRole('textbox', { name: 'Public address' }).fill('https://sms.example.com:8443');
    await dialog.getByRole('button', { name: 'Open and check' }).click();
    await dialog.getByText('ThingSpace does not call port 8443.', { exact: false }).waitFor();
    expect(stored().tunnel).toEqual({ kind: 'none' });
    expect(stands(command, account, 'live')).toBe(true);
  });
});
