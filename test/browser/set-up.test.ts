import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { windowSuite } from './window-suite.ts';

const account = '0000123456-00001';

describe.skipIf(!hasChromium)(browserSuite('the first run in Chromium'), () => {
  const { open } = windowSuite();

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const calls = async (page: Page, name: string): Promise<readonly unknown[]> =>
    await page.evaluate(
      (wanted) => window.fake.calls.filter((call) => call.name === wanted).map(({ input }) => input),
      name,
    );
  const step = async (page: Page, number: number): Promise<void> =>
    await page.getByText(`Step ${number} of 5`).waitFor();

  async function toSignIn(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Set up my account' }).click();
    await page.getByRole('textbox', { name: 'Account' }).fill(account);
    await page.keyboard.press('Enter');
    await step(page, 3);
  }

  async function signIn(page: Page): Promise<void> {
    for (const label of ['Application key', 'Application secret', 'API user name', 'API password'])
      await page.getByLabel(label).fill(`the ${label}`);
    await page.keyboard.press('Enter');
  }

  async function toWayIn(page: Page): Promise<void> {
    await toSignIn(page);
    await signIn(page);
    await step(page, 4);
    await page.getByText('Own server over SSH').waitFor();
  }

  test('begins with the simulator: one key shows texts, a button leads back, and the window stands meanwhile', async () => {
    const page = await open('first-run');
    await step(page, 1);
    await page.evaluate(() => {
      const watch = new MutationObserver(() => {
        if (document.querySelector('.waiting')) Object.assign(window, { hasWaited: true });
      });
      watch.observe(document, { childList: true, subtree: true });
    });
    await page.keyboard.press('Enter');
    await button(page, 'Leave the simulator').waitFor();
    await page.getByRole('grid').waitFor();
    await page.evaluate(() => window.fake.arrive({ text: 'from the simulator' }));
    await page.getByText('from the simulator').waitFor();
    await button(page, 'Leave the simulator').click();
    await step(page, 1);
    expect(await page.evaluate(() => 'hasWaited' in window)).toBe(false);
  });

  test('what was opened in the simulator is left with it', async () => {
    const page = await open('demo');
    await page.locator('.spacer .row').first().click();
    await page.getByRole('complementary', { name: 'Text' }).waitFor();
    await button(page, 'Leave the simulator').click();
    await step(page, 1);
    await expect.poll(() => new URL(page.url()).hash).toBe('#/');
  });

  test('in the simulator nothing is set up for good: adding an account offers to leave it', async () => {
    const page = await open('demo');
    await button(page, 'Credentials').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing is set up for good here.', { exact: false }).waitFor();
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Leave the simulator' }).click();
    await step(page, 1);
  });

  test('goes from nothing to an account by keyboard alone, and takes no callback that was not chosen', async () => {
    const page = await open('first-run');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await step(page, 2);
    await page.keyboard.type(account);
    await page.keyboard.press('Enter');
    await step(page, 3);
    await page.getByText('Five wrong logins').waitFor();
    await expect.poll(async () => await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    for (const value of ['key', 'secret', 'user', 'word']) {
      await page.keyboard.type(value);
      await page.keyboard.press('Tab');
    }
    await button(page, 'Save and check').focus();
    await page.keyboard.press('Enter');
    await step(page, 4);
    await page.getByText('Own server over SSH').waitFor();
    await button(page, 'Next').focus();
    await page.keyboard.press('Enter');
    await step(page, 5);
    await page.getByText(`ops.example.com holds the callback of ${account} now`).waitFor();
    await button(page, 'Finish').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listitem', { name: account }).waitFor();
    await expect.poll(async () => await page.evaluate(() => document.activeElement?.role)).toBe('grid');
    expect(await calls(page, 'credentials.save')).toMatchObject([
      { appKey: 'key', appSecret: 'secret', username: 'user', password: 'word' },
    ]);
    expect(await calls(page, 'account.add')).toEqual([{ account, mode: 'peek' }]);
    expect(await calls(page, 'account.takeOver')).toEqual([]);
  });

  test('takes the callback over when that is chosen', async () => {
    const page = await open('first-run');
    await toWayIn(page);
    await button(page, 'Next').click();
    await page.getByText('Take it over').click();
    await button(page, 'Finish').click();
    await page.getByRole('listitem', { name: account }).waitFor();
    expect(await calls(page, 'account.add')).toEqual([{ account, mode: 'auto' }]);
    expect(await calls(page, 'account.takeOver')).toEqual([{ account }]);
  });

  test('the last step proposes what can work with the way in that was chosen', async () => {
    const page = await open('first-run');
    await page.evaluate(() =>
      window.fake.answer({
        'account.check': () => ({ ok: true, value: { organization: null, holder: 'nobody', host: null } }),
      }),
    );
    const proposed = page.getByRole('radio', { checked: true });
    await toWayIn(page);
    await page.getByText('None: fetch the queue').click();
    await button(page, 'Next').click();
    await step(page, 5);
    await expect.poll(async () => await proposed.getAttribute('value')).toBe('poll');
    await button(page, 'Back').click();
    await page.getByText('cloudflared', { exact: true }).click();
    await button(page, 'Open and check').click();
    await page.getByText('leads here').waitFor();
    await button(page, 'Next').click();
    await step(page, 5);
    await expect.poll(async () => await proposed.getAttribute('value')).toBe('listen');
    await button(page, 'Back').click();
    await page.evaluate(() =>
      window.fake.tell({ wayIn: { state: 'failed', sentence: 'The name cannot be found.', port: 9001 } }),
    );
    await page.getByText('The name cannot be found.').waitFor();
    await button(page, 'Next').click();
    await step(page, 5);
    await expect.poll(async () => await proposed.getAttribute('value')).toBe('poll');
  });

  test('each step can be gone back on, and keeps what was typed but the secrets', async () => {
    const page = await open('first-run');
    await page.getByRole('button', { name: 'Set up my account' }).click();
    await page.getByRole('textbox', { name: 'Account' }).fill('00001');
    await button(page, 'Back').click();
    await page.getByRole('button', { name: 'Set up my account' }).click();
    expect(await page.getByRole('textbox', { name: 'Account' }).inputValue()).toBe('00001');
    await button(page, 'Back').click();
    await toWayIn(page);
    await page.getByText('Own server over SSH').click();
    await page.getByLabel('User there').fill('sms');
    await button(page, 'Back').click();
    await button(page, 'Save and check').waitFor();
    await signIn(page);
    await step(page, 4);
    expect(await page.getByLabel('User there').inputValue()).toBe('sms');
    await page.getByText('None: fetch the queue').click();
    await button(page, 'Next').click();
    for (const number of [4, 3, 2]) {
      await button(page, 'Back').click();
      await step(page, number);
      if (number === 3) expect(await page.getByLabel('API password').inputValue()).toBe('');
    }
    expect(await page.getByRole('textbox', { name: 'Account' }).inputValue()).toBe(account);
    await button(page, 'Back').click();
    await step(page, 1);
  });

  test('a bad answer says what to do, and goes no further', async () => {
    const page = await open('first-run');
    await page.getByRole('button', { name: 'Set up my account' }).click();
    await page.getByRole('textbox', { name: 'Account' }).fill('0000/1');
    await page.keyboard.press('Enter');
    await page.getByText('no slash or space').waitFor();
    await page.getByRole('textbox', { name: 'Account' }).fill(account);
    await page.keyboard.press('Enter');
    await button(page, 'Save and check').click();
    expect(await page.getByText('This is needed.').count()).toBe(4);
    await page.evaluate(() =>
      window.fake.answer({
        'account.check': () => ({
          ok: false,
          error: {
            code: 'sign-in-refused',
            message: 'ThingSpace does not accept this user name and password. Compare them with those in ThingSpace.',
            service: { errorCode: 'UnifiedWebService.REQUEST_FAILED.Login.Failed', errorMessage: null, status: 400 },
          },
        }),
      }),
    );
    await signIn(page);
    await page.getByRole('alert').getByText('Compare them with those in ThingSpace.').waitFor();
    await page.getByText('HTTP 400 · UnifiedWebService').waitFor();
    await step(page, 3);
    // One wrong letter does not cost the others.
    expect(await page.getByLabel('API user name').inputValue()).toBe('the API user name');
    expect(await page.getByLabel('API password').inputValue()).toBe('the API password');
    expect(await button(page, 'Use these').count()).toBe(0);
    await page.evaluate(() =>
      window.fake.answer({
        'account.check': () => ({ ok: true, value: { organization: null, holder: 'nobody', host: null } }),
      }),
    );
    await page.getByLabel('API password').fill('the right one');
    await page.keyboard.press('Enter');
    await step(page, 4);
    expect(await calls(page, 'credentials.save')).toMatchObject([
      { password: 'the API password' },
      { username: 'the API user name', password: 'the right one' },
    ]);
  });

  test('credentials that were refused twice are tried once more only after a yes', async () => {
    const page = await open('first-run');
    await page.evaluate(() =>
      window.fake.answer({
        'credentials.save': ({ confirmed }) =>
          confirmed
            ? { ok: true, value: {} }
            : { ok: false, error: { code: 'sign-in-stopped', message: 'Refused twice.', service: null } },
      }),
    );
    await toSignIn(page);
    await signIn(page);
    await page.getByText('Refused twice.').waitFor();
    await step(page, 3);
    await button(page, 'Try them once more').click();
    await step(page, 4);
  });

  test('a keychain that does not answer is told before anything is typed', async () => {
    const page = await open('first-run');
    await page.evaluate(() =>
      window.fake.answer({
        'credentials.state': () => ({
          ok: true,
          value: { state: 'locked', sentence: 'The keychain is locked. Unlock it, then look again.' },
        }),
      }),
    );
    await toSignIn(page);
    await page.getByText('Unlock it, then look again.').waitFor();
    expect(await page.getByLabel('API password').count()).toBe(0);
    await page.evaluate(() =>
      window.fake.answer({
        'credentials.state': () => ({ ok: true, value: { state: 'present', sentence: 'They are in the keychain.' } }),
      }),
    );
    await button(page, 'Look again').click();
    await button(page, 'Use these').click();
    await step(page, 4);
  });

  describe('the public address', () => {
    test('what this computer has stands first, with why, what it needs and what a random name costs', async () => {
      const page = await open('first-run');
      await toWayIn(page);
      const titles = await page.locator('.tunnel-title').allTextContents();
      expect(titles).toEqual([
        'cloudflared',
        'ngrok',
        'Own server over SSH',
        'A public URL that is there already',
        'Pinggy',
        'Any other command',
        'Tailscale Funnel',
        'Microsoft dev tunnel',
        'None: fetch the queue',
      ]);
      await page.getByText('cloudflared is on this computer (/usr/local/bin/cloudflared)', { exact: false }).waitFor();
      await page.getByText('80, 443, 9001–9006', { exact: false }).waitFor();
      await page.getByText('Pinggy').click();
      await page.getByText('A random name costs a re-registration at each start', { exact: false }).waitFor();
      await page.getByText('ngrok', { exact: true }).click();
      expect(await page.getByText('A random name costs').count()).toBe(0);
    });

    test('a server over SSH: its fields are checked, its key shown and forgotten, and it is opened before going on', async () => {
      const page = await open('first-run');
      await toWayIn(page);
      await page.getByText('Own server over SSH').click();
      await button(page, 'Open and check').click();
      expect(await page.getByText('This is needed.').count()).toBe(3);
      const server = page.getByLabel('Server', { exact: true });
      const hasFocus = async (): Promise<boolean> => await server.evaluate((field) => field === document.activeElement);
      await expect.poll(hasFocus).toBe(true);
      await button(page, 'Open and check').click();
      await expect.poll(hasFocus).toBe(true);
      expect(await button(page, 'Next').isDisabled()).toBe(true);
      await page.getByLabel('Server', { exact: true }).fill('sms.example.com');
      await page.getByLabel('User there').fill('sms');
      await page.getByLabel('Port on the server').fill('99999');
      await page.getByText('A port is a number').waitFor();
      await page.getByLabel('Port on the server').fill('28200');
      await page.getByText('SHA256:q2mGkW3dH8yYt1cFQn7sJr5bV0eZx9uLa4TgPoKi6Mw').waitFor();
      await button(page, 'Forget this key').click();
      expect(await calls(page, 'tunnel.forgetHost')).toEqual([{ host: 'sms.example.com:22' }]);
      await button(page, 'Open and check').click();
      await page.getByText('https://sms.example.com leads here.').waitFor();
      expect((await calls(page, 'settings.change')).at(-1)).toMatchObject({
        tunnel: { kind: 'ssh', host: 'sms.example.com', user: 'sms', port: 22, remotePort: 28200, auth: 'key' },
        publicUrl: null,
      });
      await button(page, 'Next').click();
      await step(page, 5);
    });

    test('a secret goes to the keychain and out of the page', async () => {
      const page = await open('first-run');
      await toWayIn(page);
      await page.getByText('ngrok', { exact: true }).click();
      await page.getByLabel('Authtoken of ngrok').fill('2abc_token');
      await button(page, 'Store in the keychain').click();
      await expect.poll(async () => await page.getByLabel('Authtoken of ngrok').inputValue()).toBe('');
      expect(await calls(page, 'tunnel.saveSecret')).toEqual([{ kind: 'ngrok', secret: '2abc_token' }]);
      expect(JSON.stringify(await calls(page, 'settings.change'))).not.toContain('2abc_token');
    });

    test('a command has a pattern for its URL, which is checked', async () => {
      const page = await open('first-run');
      await toWayIn(page);
      await page.getByText('Any other command').click();
      await page.getByRole('textbox', { name: 'Command' }).fill('mytunnel --port {port}');
      await page.getByLabel('Pattern of its URL').fill('url: (');
      await page.getByText('This is no regular expression.').waitFor();
      await page.getByLabel('Pattern of its URL').fill('url: (\\S+)');
      await button(page, 'Open and check').click();
      await page.getByText('leads here').waitFor();
      expect((await calls(page, 'settings.change')).at(-1)).toMatchObject({
        tunnel: { kind: 'command', command: 'mytunnel --port {port}', pattern: 'url: (\\S+)', publicUrl: null },
      });
    });

    test('an address that ThingSpace would not call is refused with the reason, and nothing is opened', async () => {
      const page = await open('first-run');
      await page.evaluate(() =>
        window.fake.answer({
          'settings.change': () => ({
            ok: false,
            error: {
              code: 'public-url-refused',
              message: 'ThingSpace does not call port 8443. Use port 80, 443 or another of the list.',
              service: null,
            },
          }),
        }),
      );
      await toWayIn(page);
      await page.getByText('A public URL that is there already').click();
      await page.getByLabel('Public address').last().fill('https://sms.example.com:8443');
      await button(page, 'Open and check').click();
      await page.getByText('ThingSpace does not call port 8443.', { exact: false }).waitFor();
      expect(await calls(page, 'wayIn.try')).toEqual([]);
    });
  });
});
