import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const account = '0000123456-00001';
const sections = [
  'Look',
  'Accounts',
  'Public address',
  'Queue and keeping',
  'Notifications',
  'Forwarding',
  'About',
] as const;

describe.skipIf(!hasChromium)(browserSuite('the settings in Chromium'), () => {
  const { open } = windowSuite();

  const dialog = (page: Page) => page.getByRole('dialog');
  const calls = async (page: Page, name: string): Promise<readonly unknown[]> =>
    await page.evaluate(
      (wanted) => window.fake.calls.filter((call) => call.name === wanted).map(({ input }) => input),
      name,
    );
  const changes = async (page: Page): Promise<readonly unknown[]> => await calls(page, 'settings.change');
  const save = async (page: Page): Promise<void> =>
    await dialog(page).getByRole('button', { name: 'Save', exact: true }).first().click();

  async function openSection(section: (typeof sections)[number], options = {}): Promise<Page> {
    const page = await open('settings', options);
    const rail = page.getByRole('button', { name: 'Show accounts' });
    if (await rail.isVisible()) await rail.click();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await dialog(page).getByRole('tab', { name: section }).click();
    return page;
  }

  async function choose(page: Page, label: string, option: string): Promise<void> {
    await dialog(page)
      .getByRole('button', { name: new RegExp(`${label}$`) })
      .first()
      .click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  test('what only another public address can mend leads to its choice', async () => {
    const page = await open('settings');
    await page.evaluate(() => window.fake.tell({ action: { kind: 'settings', label: 'Open the settings…' } }));
    await page.getByRole('button', { name: 'Open the settings…' }).click();
    await dialog(page).getByRole('tabpanel', { name: 'Public address' }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      location.hash = '#/settings/way-in';
    });
    await dialog(page).getByRole('tabpanel', { name: 'Public address' }).waitFor();
  });

  test('every section is reached by keyboard alone, and what is chosen there counts at once', async () => {
    const page = await open('settings');
    await page.getByRole('button', { name: 'Settings', exact: true }).focus();
    await page.keyboard.press('Enter');
    const look = dialog(page).getByRole('tab', { name: 'Look' });
    await look.waitFor();
    await look.focus();
    for (const section of sections) {
      await expect.poll(async () => await page.evaluate(() => document.activeElement?.textContent)).toBe(section);
      await dialog(page).getByRole('tabpanel', { name: section }).waitFor();
      await page.keyboard.press('ArrowDown');
    }
    // Around again to the first.
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await changes(page)).toEqual([{ language: 'en' }]);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  });

  test('what another face changed meanwhile is what is shown', async () => {
    const page = await open('settings');
    await page.evaluate((chosen) => window.fake.answer({ 'settings.get': () => ({ ok: true, value: chosen }) }), {
      ...defaultSettings,
      density: 'comfortable' as const,
    });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect
      .poll(async () => await dialog(page).getByRole('radio', { name: 'Comfortable' }).isChecked())
      .toBe(true);
  });

  describe('accounts', () => {
    test('another way of one counts at once', async () => {
      const page = await openSection('Accounts');
      const item = dialog(page).getByRole('listitem', { name: account });
      await item.getByRole('button', { name: 'Texts come' }).click();
      await page.getByRole('option', { name: 'Only looked at' }).click();
      expect(await calls(page, 'account.add')).toEqual([{ account, mode: 'peek' }]);
    });

    test('one is checked: whether it is seen, and who holds its callback', async () => {
      const page = await openSection('Accounts');
      await page.evaluate(() =>
        window.fake.answer({
          'account.check': () => ({
            ok: true,
            value: { organization: 'Example Fleet', holder: 'other', host: 'ops.example.com' },
          }),
        }),
      );
      const item = dialog(page).getByRole('listitem', { name: account });
      await item.getByRole('button', { name: 'Check' }).click();
      await item.getByText('The API user sees this account of Example Fleet. ops.example.com holds').waitFor();
    });

    test('one is removed only after a second press that says what stays', async () => {
      const page = await openSection('Accounts');
      const item = dialog(page).getByRole('listitem', { name: account });
      await item.getByRole('button', { name: 'Remove…' }).click();
      await item.getByText('The texts that are stored stay.', { exact: false }).waitFor();
      expect(await calls(page, 'account.remove')).toEqual([]);
      await item.getByRole('button', { name: 'Remove', exact: true }).click();
      await item.waitFor({ state: 'detached' });
    });

    test('a new one is looked for first, and added all the same only when asked twice', async () => {
      const page = await openSection('Accounts');
      await page.evaluate(() =>
        window.fake.answer({
          'account.check': () => ({
            ok: false,
            error: { code: 'service-refused', message: 'ThingSpace does not know this account.', service: null },
          }),
        }),
      );
      await dialog(page).getByText('Add an account').click();
      await dialog(page).getByRole('textbox', { name: 'Account' }).fill('0000123456-00009');
      await dialog(page).getByRole('button', { name: 'Add account' }).click();
      await dialog(page).getByText('ThingSpace does not know this account.').waitFor();
      expect(await calls(page, 'account.add')).toEqual([]);
      await dialog(page).getByRole('button', { name: 'Add it all the same' }).click();
      await dialog(page).getByRole('listitem', { name: '0000123456-00009' }).waitFor();
    });
  });

  test('the way in stands in words above the choice of it', async () => {
    const page = await openSection('Public address');
    await page.evaluate(() =>
      window.fake.tell({ wayIn: { state: 'failed', sentence: 'Port 28200 on the server is taken.', port: 9001 } }),
    );
    await dialog(page).getByText('Port 28200 on the server is taken.').waitFor();
    await dialog(page).getByText('ngrok', { exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Open and check' }).click();
    await expect.poll(async () => await changes(page)).toMatchObject([{ tunnel: { kind: 'ngrok', domain: null } }]);
    await dialog(page).getByLabel('Other names of this computer').fill('a.example b.example:9001');
    await save(page);
    await expect
      .poll(async () => (await changes(page)).at(-1))
      .toEqual({ extraHosts: ['a.example', 'b.example:9001'] });
  });

  describe('the queue and keeping', () => {
    test('intervals are saved, and those out of range refused in words', async () => {
      const page = await openSection('Queue and keeping');
      await dialog(page).getByLabel('Seconds between two looks').fill('14');
      await dialog(page).getByText('A whole number from 15 to 86,400.').waitFor();
      await save(page);
      expect(await changes(page)).toEqual([]);
      await dialog(page).getByLabel('Seconds between two looks').fill('30');
      await dialog(page).getByLabel('Minutes between two looks').fill('5');
      await save(page);
      await dialog(page).getByText('Saved.').waitFor();
      expect(await changes(page)).toEqual([{ pollIntervalSeconds: 30, sweepMinutes: 5 }]);
      // What is typed then is not saved yet.
      await dialog(page).getByLabel('Seconds between two looks').fill('14');
      await dialog(page).getByText('Saved.').waitFor({ state: 'detached' });
    });

    test('a rule that deletes is shown beforehand: how many, from when to when', async () => {
      const page = await openSection('Queue and keeping');
      await dialog(page).getByLabel('Delete texts after so many days').fill('30');
      await dialog(page).getByText('214 texts, received Aug 25, 2026 to Oct 23, 2026, would be deleted').waitFor();
      expect(await changes(page)).toEqual([]);
      await dialog(page).getByRole('button', { name: 'Delete 214 texts now' }).click();
      await dialog(page).getByText('Saved.').waitFor();
      expect(await calls(page, 'retention.preview')).toContainEqual({ days: 30 });
      expect(await changes(page)).toEqual([{ keepDays: 30 }]);
    });
  });

  describe('notifications', () => {
    test('a device is muted for a time, and what is muted unmuted', async () => {
      const page = await openSection('Notifications');
      await dialog(page).getByText('Device 5551230014').waitFor();
      await choose(page, 'Mute', 'Device');
      await dialog(page).getByLabel('Any identifier of the device').fill('89148000000000000042');
      await choose(page, 'For', '8 hours');
      await dialog(page).getByRole('button', { name: 'Mute', exact: true }).click();
      await dialog(page).getByText('Device 89148000000000000042').waitFor();
      expect((await changes(page)).at(-1)).toMatchObject({
        mutes: [{}, {}, { of: { kind: 'device', id: '89148000000000000042' }, until: '2026-11-24T03:03:22.000Z' }],
      });
      await dialog(page).getByRole('button', { name: 'Unmute' }).first().click();
      await dialog(page).getByText('Device 5551230014').waitFor({ state: 'detached' });
    });

    test('quiet hours have words that break through', async () => {
      const page = await openSection('Notifications');
      await dialog(page).getByText('No notifications at certain hours').click();
      await dialog(page).getByLabel('From').fill('21:30');
      await dialog(page).getByLabel('Unless a text matches').fill('ALARM\n\ndevice:0042 low');
      await save(page);
      await dialog(page).getByText('Saved.').first().waitFor();
      expect((await changes(page)).at(-1)).toEqual({
        quietHours: { from: '21:30', to: '06:00', unless: ['ALARM', 'device:0042 low'] },
      });
      await dialog(page).getByText('No notifications at certain hours').click();
      await expect.poll(async () => (await changes(page)).at(-1)).toEqual({ quietHours: null });
    });

    test('rules are added and removed, and an empty one says what is missing', async () => {
      const page = await openSection('Notifications');
      const rules = dialog(page).getByRole('region', { name: 'Rules' });
      await rules.getByRole('button', { name: 'Add' }).click();
      await rules.getByText('Say which texts are meant').waitFor();
      await rules.getByLabel('Search').fill('heartbeat');
      await rules.getByRole('button', { name: /Notify$/ }).click();
      await page.getByRole('option', { name: 'Never' }).click();
      await rules.getByRole('button', { name: 'Add' }).click();
      await rules.getByText('heartbeat').waitFor();
      expect((await changes(page)).at(-1)).toEqual({
        notificationRules: [
          { search: 'ALARM', notify: 'always' },
          { search: 'heartbeat', notify: 'never' },
        ],
      });
      await rules.getByRole('button', { name: 'Remove' }).first().click();
      await expect
        .poll(async () => (await changes(page)).at(-1))
        .toEqual({ notificationRules: [{ search: 'heartbeat', notify: 'never' }] });
    });
  });

  test('texts are forwarded by rules, and an endpoint that is refused says why', async () => {
    const page = await openSection('Forwarding');
    await dialog(page).getByRole('button', { name: 'Add' }).click();
    await dialog(page).getByText('Give an http or https URL').waitFor();
    await dialog(page).getByRole('textbox', { name: 'Endpoint' }).fill('http://localhost:4000/in');
    await dialog(page).getByLabel('Which texts').fill('ALARM');
    await dialog(page).getByRole('button', { name: 'Add' }).click();
    await dialog(page).getByText('http://localhost:4000/in').waitFor();
    expect((await changes(page)).at(-1)).toMatchObject({
      forwards: [{ url: 'http://localhost:3000/sms' }, { url: 'http://localhost:4000/in', query: 'ALARM' }],
    });
    await page.evaluate(() =>
      window.fake.answer({
        'settings.change': () => ({
          ok: false,
          error: { code: 'bad-input', message: 'hooks.example.com is outside this computer.', service: null },
        }),
      }),
    );
    await dialog(page).getByRole('textbox', { name: 'Endpoint' }).fill('https://hooks.example.com');
    await dialog(page).getByRole('button', { name: 'Add' }).click();
    await dialog(page).getByText('hooks.example.com is outside this computer.').waitFor();
    expect(await dialog(page).getByRole('textbox', { name: 'Endpoint' }).inputValue()).toBe(
      'https://hooks.example.com',
    );
  });

  test('which releases are looked for is a choice', async () => {
    const page = await openSection('About');
    await dialog(page).getByText('Beta').click();
    expect(await changes(page)).toEqual([{ updates: 'beta' }]);
  });

  for (const [width, colorScheme] of [
    [360, 'light'],
    [1024, 'dark'],
  ] as const) {
    test(`nothing serious is found by axe, and nothing is wider than the window, at ${width} px, ${colorScheme}`, async () => {
      const page = await openSection('Look', {
        viewport: { width, height: 740 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const found: string[] = [];
      for (const section of sections) {
        await dialog(page).getByRole('tab', { name: section }).click();
        await dialog(page).getByRole('tabpanel', { name: section }).waitFor();
        if (section === 'Notifications') await dialog(page).getByText('No notifications at certain hours').click();
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: typeof axeCore };
          return (await axe.run()).violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
        });
        found.push(
          ...violations.filter((each) => /^(?:serious|critical)/.test(each)).map((each) => `${section}: ${each}`),
        );
        const wide = await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth);
        if (wide > 0) found.push(`${section}: ${wide} px too wide`);
      }
      expect(found).toEqual([]);
    }, 60_000);
  }
});
