import type { Page } from 'playwright-core';
import { playCommands } from './command-stage.ts';
import { playBench, playBenchReport, playDoctor, playForwards } from './developer-stage.ts';
import type { SceneName } from './scenes.ts';

/** Pictures of what takes a press to see: the scene, a name for it, and the presses. */
export interface StagedPicture {
  readonly scene: SceneName;
  readonly name: string;
  readonly play: (page: Page) => Promise<void>;
}

export const stagedPictures: readonly StagedPicture[] = [
  { scene: 'live', name: 'opened', play: async (page) => await page.locator('.spacer .row').nth(3).click() },
  { scene: 'hostile', name: 'hostile-opened', play: async (page) => await page.locator('#row-23').click() },
  { scene: 'hostile', name: 'hostile-bidi', play: async (page) => await page.locator('#row-22').click() },
  { scene: 'live', name: 'sent', play: send },
  { scene: 'live', name: 'tail-away', play: away },
  {
    scene: 'live',
    name: 'no-hit',
    play: async (page) => await page.getByRole('combobox').fill('device:0042 "door open"'),
  },
  { scene: 'coded', name: 'decoded-pairs', play: async (page) => await page.locator('#row-21').click() },
  { scene: 'coded', name: 'decoded-track', play: async (page) => await page.locator('#row-22').click() },
  { scene: 'coded', name: 'decoded-hex', play: async (page) => await page.locator('#row-23').click() },
  { scene: 'coded', name: 'decoded-parts', play: async (page) => await page.locator('#row-28').click() },
  { scene: 'coded', name: 'link', play: link },
  { scene: 'live', name: 'found', play: found },
  {
    scene: 'live',
    name: 'completion',
    play: async (page) => await page.getByRole('combobox').pressSequentially('pump dev'),
  },
  { scene: 'live', name: 'saved', play: saved },
  { scene: 'live', name: 'settings', play: async (page) => await press(page, 'Settings') },
  { scene: 'live', name: 'credentials', play: async (page) => await press(page, 'Credentials') },
  { scene: 'live', name: 'add-account', play: async (page) => await press(page, 'Add account') },
  { scene: 'live', name: 'unverified', play: async (page) => await press(page, '2 not trusted') },
  { scene: 'live', name: 'keys', play: async (page) => await page.keyboard.press('?') },
  { scene: 'live', name: 'conversation', play: conversation },
  { scene: 'visit', name: 'commands', play: playCommands },
  { scene: 'live', name: 'commands-menu', play: commandsMenu },
  { scene: 'live', name: 'send-options', play: sendOptions },
  { scene: 'live', name: 'bench', play: playBench },
  { scene: 'live', name: 'bench-report', play: playBenchReport },
  { scene: 'live', name: 'doctor', play: playDoctor },
  { scene: 'live', name: 'forwards', play: playForwards },
  { scene: 'live', name: 'device-dialog', play: deviceDialog },
  { scene: 'live', name: 'grouped', play: async (page) => await page.keyboard.press('g') },
  { scene: 'proved', name: 'timeline', play: async (page) => await page.keyboard.press('h') },
  { scene: 'proved', name: 'gap', play: async (page) => await showAccounts(page) },
  { scene: 'live', name: 'rail', play: async (page) => await press(page, 'Start callbacks') },
  { scene: 'live', name: 'menu', play: async (page) => await press(page, 'More for 0000123456-00001') },
  {
    scene: 'other-holder',
    name: 'take-over',
    play: async (page) => await page.getByRole('button', { name: 'Take it over…' }).click(),
  },
  { scene: 'million', name: 'million-end', play: end },
  ...['Accounts', 'Public address', 'Queue and keeping', 'Notifications', 'Forwarding', 'About'].map((section) => ({
    scene: 'settings' as const,
    name: `settings-${section.toLowerCase().replaceAll(' ', '-')}`,
    play: async (page: Page) => await settingsSection(page, section),
  })),
  { scene: 'first-run', name: 'set-up-account', play: async (page) => await setUp(page, 2) },
  { scene: 'first-run', name: 'set-up-sign-in', play: async (page) => await setUp(page, 3) },
  { scene: 'first-run', name: 'set-up-way-in', play: async (page) => await setUp(page, 4) },
  { scene: 'first-run', name: 'set-up-way-in-ssh', play: setUpSsh },
  { scene: 'first-run', name: 'set-up-holder', play: async (page) => await setUp(page, 5) },
  { scene: 'live', name: 'palette', play: async (page) => await page.keyboard.press('Control+k') },
  { scene: 'live', name: 'export', play: exported },
];

async function showAccounts(page: Page): Promise<void> {
  const rail = page.getByRole('button', { name: 'Show accounts' });
  if (await rail.isVisible()) await rail.click();
}

async function press(page: Page, name: string): Promise<void> {
  await showAccounts(page);
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** A device with a name and a note, and what was said with it. */
async function conversation(page: Page): Promise<void> {
  await showAccounts(page);
  await page.evaluate(async () => {
    const { bridge } = window.fake;
    const page = await bridge.call('devices.page', {});
    const device = page.ok ? page.value.devices[0]?.id : undefined;
    if (device !== undefined)
      await bridge.call('devices.change', { device, nickname: 'Pump 3 north', note: 'Behind the gate, key 12' });
  });
  await page.getByRole('region', { name: 'Devices' }).getByRole('button', { name: 'Pump 3 north' }).click();
}

async function deviceDialog(page: Page): Promise<void> {
  await conversation(page);
  await page.getByRole('button', { name: 'Name and note…' }).click();
}

async function send(page: Page): Promise<void> {
  await page.locator('.spacer .row').first().click();
  await page.getByLabel('Text to send').fill('STATUS?');
  await page.getByRole('button', { name: 'Send' }).click();
}

async function away(page: Page): Promise<void> {
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 600));
  await page.waitForTimeout(100);
  await page.evaluate(() => {
    for (let count = 0; count < 17; count += 1) window.fake.arrive({ text: 'ALARM pump 3 stopped' });
  });
}

async function end(page: Page): Promise<void> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
}

async function found(page: Page): Promise<void> {
  await page.getByRole('combobox').fill('pump press device:38');
  await page.keyboard.press('Enter');
  await page.locator('.spacer .row').first().click();
}

async function saved(page: Page): Promise<void> {
  for (const query of ['is:unread', 'via:history after:24h', 'alarm "pump 3"']) {
    await page.getByRole('combobox').fill(query);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page.getByRole('menuitem', { name: 'Save this search' }).click();
  }
  await page.getByRole('button', { name: 'Saved searches' }).click();
}

/** Goes to a step of the first run. */
async function setUp(page: Page, step: number): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' });
  await page.getByRole('button', { name: 'Set up my account' }).click();
  if (step < 3) return;
  await page.getByRole('textbox', { name: 'Account' }).fill('0000123456-00001');
  await next.click();
  await page.getByLabel('Application key').waitFor();
  if (step < 4) return;
  for (const label of ['Application key', 'Application secret', 'API user name', 'API password'])
    await page.getByLabel(label).fill('secret');
  await page.getByRole('button', { name: 'Save and check' }).click();
  await page.getByRole('radio', { name: 'cloudflared' }).waitFor();
  if (step < 5) return;
  await next.click();
  await page.getByRole('radio', { name: 'Take it over' }).waitFor();
}

/** A section of the settings. */
async function settingsSection(page: Page, name: string): Promise<void> {
  await press(page, 'Settings');
  await page.getByRole('tab', { name }).click();
  if (name === 'Queue and keeping') await page.getByLabel('Delete texts after so many days').fill('30');
  if (name === 'Notifications') await page.getByText('No notifications at certain hours').click();
}

async function setUpSsh(page: Page): Promise<void> {
  await setUp(page, 4);
  await page.getByText('Own server over SSH').click();
  await page.getByLabel('Server', { exact: true }).fill('sms.example.com');
}

async function exported(page: Page): Promise<void> {
  await page.getByRole('combobox').fill('alarm pump');
  await page.keyboard.press('Enter');
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
}

async function link(page: Page): Promise<void> {
  await page.locator('#row-26').click();
  await page.locator('.text-link').last().click();
}

async function commandsMenu(page: Page): Promise<void> {
  await page.locator('.spacer .row').first().click();
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.getByRole('menu').waitFor();
}

/** A text with a place in it that ThingSpace may refuse, and what can be chosen for it. */
async function sendOptions(page: Page): Promise<void> {
  await page.locator('.spacer .row').first().click();
  await page.getByLabel('Text to send').fill("APN {apn} it's");
  await page.getByText('Answer, encoding, time').click();
}
