import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const other = 'FIELD_DEMO-A';

interface Served {
  readonly simulator: Simulator;
  readonly dataDirectory: string;
  readonly command: RunningCommand;
  readonly page: Page;
}

/** The whole app in a browser: the simulator, `serve` in a process of its own, and a page of it in Chromium. */
async function serveWindow(): Promise<Served> {
  const simulator = await freshSimulator();
  const surroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  };
  for (const name of [account, other]) expect((await runCommand(['accounts', 'add', name], surroundings)).code).toBe(0);
  const command = startCommand(['serve', '--json', '--no-open'], surroundings);
  await command.until(() => stands(command, account, 'live') && stands(command, other, 'live'), 'live');
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(String(command.linesOf('window')[0]?.['url']));
  return { simulator, dataDirectory: surroundings.dataDirectory, command, page };
}

function deviceTexts(simulator: Simulator, text: string): Promise<unknown> {
  return simulator.deviceTexts(account, {
    deviceIds: [
      { id: '7022895555', kind: 'mdn' },
      { id: '990013907835573', kind: 'imei' },
    ],
    text,
  }).settled;
}

describe.skipIf(!hasChromium)(browserSuite('the window in a browser, with the real core'), () => {
  test('texts arrive in it as they come; one is opened; callbacks are started for an account', async () => {
    const { simulator, page } = await serveWindow();
    await page.getByText('Listening on 2 accounts', { exact: false }).first().waitFor();
    await deviceTexts(simulator, 'engine started <script>alert(1)</script>');
    await deviceTexts(simulator, 'engine stopped');
    const grid = page.getByRole('grid');
    await grid.getByText('engine stopped').waitFor();
    await grid.getByText('engine started <script>alert(1)</script>').click();
    await page.getByText('990013907835573').first().waitFor();

    simulator.queueText(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'was waiting in the queue' });
    const asked = () =>
      simulator.requests().filter(({ route, path }) => route === 'start-callbacks' && path.includes(account)).length;
    const before = asked();
    await page.getByRole('listitem', { name: account }).getByRole('button', { name: 'Start callbacks' }).click();
    // The list holds still for who reads.
    await page.getByRole('button', { name: '1 new' }).click();
    await grid.getByText('was waiting in the queue').waitFor();
    await expect.poll(asked).toBe(before + 1);
    expect(simulator.counts(account).queued).toBe(0);
  });

  test('code that another program on this port gave the browser to keep does not run', async () => {
    const { page } = await serveWindow();
    await page.getByRole('grid').waitFor();
    const complaints: string[] = [];
    page.on('console', (line) => complaints.push(line.text()));
    await page.route('**/assets/*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'document.title = "taken over";' }),
    );
    await page.reload();
    await expect.poll(() => complaints.join(' ')).toContain('integrity');
    expect(await page.title()).toBe('ThingSpace SMS Tray');
    await page.unroute('**/assets/*.js');
    await page.reload();
    await page.getByRole('grid').waitFor();
  });

  test('a problem report is saved from its palette, and tells no account and no text', async () => {
    const { simulator, page } = await serveWindow();
    await deviceTexts(simulator, 'a secret of the device');
    await page.getByRole('grid').getByText('a secret of the device').waitFor();
    const saved = page.waitForEvent('download');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('problem report');
    await page.getByRole('menuitem', { name: 'Save a problem report…' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('thingspace-sms-tray-report.txt');
    const report = readFileSync(await file.path(), 'utf8');
    expect(report).toContain('account 1');
    for (const secret of [account, other, 'a secret', '7022895555']) expect(report).not.toContain(secret);
  });

  test('what is searched is what is listed, counted, marked and obeyed by what arrives', async () => {
    const { simulator, page } = await serveWindow();
    const found = (query: string) => page.getByRole('combobox', { name: 'Search texts' }).fill(query);
    const rows = page.locator('.spacer .row');
    for (const text of ['pump 3 stopped', 'Pumpe läuft', 'door open', 'unpumped']) await deviceTexts(simulator, text);
    await page.getByText('4 texts').waitFor();
    await found('PUMP -stopped');
    await page.getByText('1 found').waitFor();
    await expect.poll(() => rows.locator('.hit').allTextContents()).toEqual(['Pump']);
    await deviceTexts(simulator, 'pump 4 läuft');
    await deviceTexts(simulator, 'pump 5 stopped');
    await page.getByText('2 found').waitFor();
    expect(await rows.count()).toBe(2);
    for (const [query, count] of [
      ['device:5555 via:callback', 6],
      ['is:unread "door open"', 1],
      ['LAUFT', 2],
      ['account:0000123456 after:1h', 6],
      ['before:2020-01-01', 0],
    ] as const) {
      await found(query);
      await page.getByText(`${count} found`, { exact: true }).waitFor();
      await expect.poll(() => rows.count()).toBe(count);
    }
  });

  test('a link opens its text, and what happened is told', async () => {
    const { simulator, page } = await serveWindow();
    await deviceTexts(simulator, 'lat=47.26 long=-122.44');
    await page.getByRole('grid').getByText('lat=47.26').click();
    await page.getByRole('img', { name: '47.26000° N, 122.44000° W' }).waitFor();
    const link = new URL(page.url()).hash;
    expect(link).toMatch(/^#\/message\/./);
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/');
    await page.evaluate((fragment) => {
      location.hash = fragment;
    }, link);
    await page.getByRole('complementary', { name: 'Text' }).getByText('990013907835573').first().waitFor();
    await page.getByRole('button', { name: 'What happened' }).click();
    await page.getByRole('dialog').getByText('Listening', { exact: false }).first().waitFor();
  });

  test('an account that is stopped says so, gives its callback back, and is live again when resumed', async () => {
    const { simulator, page, command } = await serveWindow();
    const item = page.getByRole('listitem', { name: account });
    await item
      .getByRole('button', { name: new RegExp(account) })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Stop' }).click();
    await command.until(() => stands(command, account, 'off'), 'off');
    await expect.poll(() => simulator.registrations(account)).toEqual([]);
    await item
      .getByRole('button', { name: new RegExp(account) })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(simulator.registrations(account)).toHaveLength(1);
  });

  test('the address works once: a second browser is not let in', async () => {
    const { command } = await serveWindow();
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(String(command.linesOf('window')[0]?.['url']));
    await page.getByText('printed in the terminal', { exact: false }).first().waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
  });

  test('what the filter shows is exported as the terminal would, byte for byte, and verifies', async () => {
    const { simulator, dataDirectory, page } = await serveWindow();
    for (const text of ['pump 3 stopped', '=SUM(A1)', 'pump, "door"\nopen', 'unrelated'])
      await deviceTexts(simulator, text);
    await page.getByText('4 texts').waitFor();
    await page.getByRole('combobox', { name: 'Search texts' }).fill('pump');
    await page.getByText('2 found').waitFor();
    for (const format of ['CSV', 'NDJSON'] as const) {
      await page.getByRole('button', { name: 'Export what is shown' }).click();
      const dialog = page.getByRole('dialog', { name: 'Export texts' });
      await dialog.getByRole('radio', { name: format, exact: true }).check({ force: true });
      const downloading = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^thingspace-texts-[\\d-]{10}\\.${format.toLowerCase()}$`),
      );
      await dialog.getByText('Exported.').waitFor();
      const path = join(freshFolder(), download.suggestedFilename());
      await download.saveAs(path);
      const byTerminal = `${path}.terminal`;
      const words = ['export', '--format', format.toLowerCase(), '--query', 'pump', '--output', byTerminal];
      expect((await runCommand(words, { dataDirectory })).code).toBe(0);
      expect(readFileSync(path, 'utf8')).toBe(readFileSync(byTerminal, 'utf8'));
      expect(await dialog.locator('.export-hash .mono').textContent()).toBe(
        /[0-9a-f]{64}(?="?\}?\s*$)/.exec(readFileSync(path, 'utf8'))?.[0],
      );
      expect((await runCommand(['verify', path], { dataDirectory })).code).toBe(0);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  });
});
