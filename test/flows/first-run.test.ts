import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { startSessionBus, whatIsMissing } from '../adapters/keychain/session-bus.ts';
import { browserSuite, hasChromium, launchChromium } from '../browser/chromium.ts';
import {
  type CommandSurroundings,
  credentialsOf,
  type RunningCommand,
  runCommand,
  stands,
  startCommand,
} from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { registerStranger, stranger } from './stranger.ts';

const account = '0000123456-00001';
const noKeyring = whatIsMissing();
const isLeftOut = noKeyring !== null && process.env['CI'] !== 'true';

interface Place {
  readonly simulator: Simulator;
  readonly surroundings: CommandSurroundings;
  readonly command: RunningCommand;
  readonly page: Page;
}

/** `serve` with an empty data directory, in a process of its own, and its window in Chromium. */
async function firstStart(environment?: NodeJS.ProcessEnv): Promise<Place> {
  const simulator = await freshSimulator();
  const surroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: environment ?? credentialsOf(simulator),
  };
  const command = startCommand(['serve', '--json', '--no-open'], surroundings);
  await command.until(() => command.linesOf('window').length === 1, 'the window');
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(String(command.linesOf('window')[0]?.['url']));
  return { simulator, surroundings, command, page };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function nameAccount(page: Page): Promise<void> {
  await button(page, 'Set up my account').click();
  await page.getByRole('textbox', { name: 'Account' }).fill(account);
  await button(page, 'Next').click();
}

/** The public address: with a service on this computer the listener itself is one. */
async function passWayIn(page: Page): Promise<void> {
  await page.getByText('None: fetch the queue').waitFor();
  await button(page, 'Next').click();
}

describe.skipIf(!hasChromium)(browserSuite('the first run, with the real core'), () => {
  test('one press from the first start to the first text; leaving it leaves nothing behind', async () => {
    const { surroundings, command, page, simulator } = await firstStart();
    const began = Date.now();
    await button(page, 'Try it with the simulator').click();
    await page.getByRole('grid').locator('.row').nth(1).waitFor();
    expect(Date.now() - began).toBeLessThan(60_000);
    await expect.poll(() => page.getByRole('listitem', { name: /0000123456-00001|FIELD_DEMO-A/ }).count()).toBe(2);
    const shown = async (): Promise<number> =>
      Number(((await page.getByText(/^[\d,]+ texts$/).textContent()) ?? '').replace(/\D/g, ''));
    const before = await shown();
    await expect.poll(shown).toBeGreaterThan(before);
    await page.getByTitle('Nothing reaches Verizon', { exact: false }).waitFor();
    await button(page, 'Leave the simulator').click();
    await page.getByText('Step 1 of 5').waitFor();
    expect(simulator.requests()).toEqual([]);
    expect(command.linesOf('message')).toEqual([]);
    const stored = await runCommand(['messages', '--json'], surroundings);
    expect({ code: stored.code, out: stored.command.out }).toEqual({ code: 0, out: [] });
  });

  test('from an account’s name to live, through each step', async () => {
    const { simulator, command, page } = await firstStart();
    await nameAccount(page);
    await page.getByText('The credentials come from the environment', { exact: false }).waitFor();
    await button(page, 'Use these').click();
    await passWayIn(page);
    await page.getByText(`Nobody holds the callback of ${account} now.`, { exact: false }).waitFor();
    expect(simulator.registrations(account)).toEqual([]);
    await button(page, 'Finish').click();
    await command.until(() => stands(command, account, 'live'), 'live');
    await simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'the first' }).settled;
    await page.getByRole('grid').getByText('the first').waitFor();
  });

  test('another holder is named, and only looked past unless taking over is chosen', async () => {
    const { simulator, command, page } = await firstStart();
    await registerStranger(simulator, account);
    await nameAccount(page);
    await button(page, 'Use these').click();
    await passWayIn(page);
    await page.getByText('ops.example.com holds the callback', { exact: false }).waitFor();
    await button(page, 'Finish').click();
    await command.until(() => stands(command, account, 'polling'), 'looking');
    expect(simulator.registrations(account)).toMatchObject([{ url: stranger.url }]);
  });

  test('an account that the API user does not see goes no further, and says why', async () => {
    const { page } = await firstStart();
    await button(page, 'Set up my account').click();
    await page.getByRole('textbox', { name: 'Account' }).fill('0000999999-00001');
    await button(page, 'Next').click();
    await button(page, 'Use these').click();
    await page.getByRole('alert').waitFor();
    await page.getByText('HTTP 400', { exact: false }).waitFor();
    await page.getByText('Step 3 of 5').waitFor();
  });
});

describe.skipIf(!hasChromium || isLeftOut)(browserSuite('the first run, with a real keyring'), () => {
  test('wrong credentials say so; the right ones go to the keyring, reach the account, and no file has them', async () => {
    const bus = await startSessionBus();
    onTestFinished(() => bus.close());
    await bus.startKeyring();
    const { simulator, page } = await firstStart(bus.environment);
    const { appKey, appSecret, username, password } = simulator.credentials;
    await nameAccount(page);
    await page.getByText('No credentials are stored.', { exact: false }).waitFor();
    const fill = async (secret: string): Promise<void> => {
      await page.getByLabel('Application key').fill(appKey);
      await page.getByLabel('Application secret').fill(appSecret);
      await page.getByLabel('API user name').fill(username);
      await page.getByLabel('API password').fill(secret);
      await button(page, 'Save and check').click();
    };
    await fill('wrong');
    await page.getByRole('alert').waitFor();
    await button(page, 'Enter others').click();
    await fill(password);
    await page.getByText('Step 4 of 5').waitFor();
    expect(bus.stored().get('credentials')).toContain(password);
  });

  test('a locked keyring is told before anything is typed', async () => {
    const bus = await startSessionBus();
    onTestFinished(() => bus.close());
    const { page } = await firstStart(bus.environment);
    await nameAccount(page);
    await button(page, 'Look again').waitFor();
    expect(await page.getByLabel('API password').count()).toBe(0);
  });
});
