import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createFakeBridge } from '../fakes/fake-bridge.ts';
import { browserSuite, hasChromium } from './chromium.ts';
import { createHttpFace } from './http-face.ts';
import { hostileTexts, type SceneName, scene } from './scenes.ts';
import { windowSuite } from './window-suite.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!hasChromium)(browserSuite('the window in Chromium'), () => {
  const { browser, server, open } = windowSuite();

  const rows = (page: Page) => page.locator('.spacer .row');
  const arrive = async (page: Page, text: string, times = 1): Promise<void> =>
    await page.evaluate(
      ([text, times]) => {
        for (let index = 0; index < times; index += 1) window.fake.arrive({ text });
      },
      [text, times] as const,
    );
  /** The row at the top of the view, and where it stands. */
  const topRow = async (page: Page): Promise<{ id: string; y: number }> =>
    await page.evaluate(() => {
      const head = document.querySelector('.list-head')?.getBoundingClientRect().bottom ?? 0;
      const seen = [...document.querySelectorAll('.spacer .row')]
        .map((row) => ({ id: row.id, box: row.getBoundingClientRect() }))
        .filter(({ box }) => box.bottom > head + 1)
        .sort((one, other) => one.box.top - other.box.top)[0];
      return { id: seen?.id ?? '', y: seen?.box.top ?? 0 };
    });
  const scrollBy = async (page: Page, pixels: number): Promise<void> => {
    await page.getByRole('grid').hover();
    await page.mouse.wheel(0, pixels);
  };

  describe('the list', () => {
    test('shows each text that arrives above the others', async () => {
      const page = await open('live');
      await rows(page).first().waitFor();
      for (let turn = 0; turn < 9; turn += 1) {
        await arrive(page, `the newest of all ${turn}`);
        await rows(page).first().getByText(`the newest of all ${turn}`).waitFor();
      }
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1214');
    });

    test('pauses when the reader scrolls away, counts what is new, and moves nothing', async () => {
      const page = await open('live');
      await scrollBy(page, 1230);
      await page.getByText('Paused').waitFor();
      await page.waitForFunction(() => (document.querySelector('[role=grid]')?.scrollTop ?? 0) === 1230);
      const before = await topRow(page);
      await arrive(page, 'unseen', 40);
      await page.getByRole('button', { name: '40 new' }).waitFor();
      expect(await topRow(page)).toEqual(before);
      await scrollBy(page, -300);
      await page.getByRole('button', { name: '40 new' }).click();
      await page.getByText('Following').waitFor();
      expect(await rows(page).first().textContent()).toContain('unseen');
      expect((await topRow(page)).id).toBe('row-1244');
    });

    test('keeps a row under the pointer that presses it, so that it is the one that opens', async () => {
      const page = await open('live');
      await rows(page).nth(3).hover();
      const pressed = await rows(page).nth(3).getAttribute('id');
      await page.mouse.down();
      await arrive(page, 'meanwhile', 2);
      await page.getByRole('button', { name: '2 new' }).waitFor();
      await page.mouse.up();
      await expect.poll(async () => await page.locator('.row[data-opened]').getAttribute('id')).toBe(pressed);
    });

    test('has a surface of its own, without which it is drawn anew as a whole for each scroll', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open('live', { colorScheme });
        // Without a fourth part, which would be how much shines through.
        const surface = await page.getByRole('grid').evaluate((list) => getComputedStyle(list).backgroundColor);
        expect(surface).toMatch(/^rgb\(\d+, \d+, \d+\)$/);
      }
    });

    test('is paused and resumed by Space, at the top too', async () => {
      const page = await open('live');
      const before = await topRow(page);
      await page.keyboard.press('Space');
      await arrive(page, 'held back', 2);
      await page.getByRole('button', { name: '2 new' }).waitFor();
      expect(await topRow(page)).toEqual(before);
      await page.keyboard.press('Space');
      await page.getByText('held back').first().waitFor();
    });

    test('reaches the last of 1,000,000 rows by the End key, and the first again by Home', async () => {
      const page = await open('million');
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await page.locator('#row-1').waitFor();
      expect(await page.locator('#row-1').getAttribute('aria-rowindex')).toBe('1000001');
      expect(await page.locator('#row-1').getAttribute('aria-selected')).toBe('true');
      const [last, list] = [await page.locator('#row-1').boundingBox(), await page.getByRole('grid').boundingBox()];
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeCloseTo((list?.y ?? 0) + (list?.height ?? 0), 0);
      await page.keyboard.press('k');
      expect(await page.getByRole('grid').getAttribute('aria-activedescendant')).toBe('row-2');
      await page.keyboard.press('Home');
      await page.locator('#row-1000000').waitFor();
    });

    test('shows every row on the way while the wheel turns in the middle of a million', async () => {
      const page = await open('million');
      await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 4_000_000));
      await page.waitForFunction(() => {
        const drawn = [...document.querySelectorAll('.spacer .row')];
        return drawn.filter((row) => Number(row.getAttribute('aria-rowindex')) > 100_000).length > 20;
      });
      const before = Number((await topRow(page)).id.slice(4));
      for (let turn = 0; turn < 10; turn += 1) await scrollBy(page, 300);
      await expect.poll(async () => Number((await topRow(page)).id.slice(4))).toBe(before - 100);
    });

    test('finds what is searched, and says what was searched when nothing is', async () => {
      const page = await open('live');
      await page.keyboard.press('/');
      await page.keyboard.type('pump 3');
      await page.getByText('151 found').waitFor();
      expect(await rows(page).first().textContent()).toContain('pump 3');
      await page.getByLabel('Search texts').first().fill('no such words');
      await page.getByText('Nothing found').waitFor();
      expect(await page.locator('.searched').textContent()).toBe('no such words');
      await page.keyboard.press('Escape');
      await page.getByText('1,204 texts').waitFor();
    });

    test('keeps its search when the page is opened again', async () => {
      const page = await open('live');
      await page.getByLabel('Search texts').first().fill('pump');
      await page.reload();
      await page.getByText('151 found').waitFor();
    });

    test('copies the chosen row by c', async () => {
      const page = await open('live');
      await page.keyboard.press('j');
      await page.keyboard.press('c');
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(async () => await navigator.clipboard.readText())).toMatch(
        /^2026-11-23 14:03:21\.000 UTC−5 {2}mdn \d{10} {2}\S/,
      );
    });

    test('shows what failed in words, and tries again', async () => {
      const page = await open('live');
      await page.evaluate(() => {
        window.fake.answer({
          'inbox.page': () => ({
            ok: false,
            error: { code: 'storage-failed', message: 'The disk is full.', service: null },
          }),
        });
      });
      await page.getByLabel('Search texts').first().fill('pump');
      await page.getByText('The disk is full.').waitFor();
    });
  });

  describe('an opened text', () => {
    test('is shown whole, marked as read, and closed by Escape', async () => {
      const page = await open('live');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      const detail = page.getByRole('complementary', { name: 'Text' });
      await detail.getByText('Pushed by callback').waitFor();
      await detail.getByText('"smsMessage"').waitFor();
      const facts = await detail
        .locator('.fact')
        .evaluateAll((all) => all.map((fact) => Math.round(fact.getBoundingClientRect().left)));
      expect(new Set(facts).size).toBe(1);
      const calls = await page.evaluate(() => window.fake.calls);
      expect(calls).toContainEqual({ name: 'inbox.markRead', input: { ids: ['m1204'] } });
      expect(await page.locator('#row-1204').getAttribute('data-unread')).toBeNull();
      await page.keyboard.press('j');
      await detail.getByText('Fetched from the account’s queue').waitFor();
      await page.keyboard.press('Escape');
      await detail.waitFor({ state: 'detached' });
    });

    test('is answered, and shows what the network reports', async () => {
      const page = await open('live');
      await rows(page).first().click();
      await page.getByText('Reply to this device').waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type('STATUS {1}');
      await page.getByText('12 / 160 in 7-bit').waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('595f5c44-c31c-4552-8670-020a1545a84d').waitFor();
      await page.evaluate(() =>
        window.fake.sends.change({ kind: 'reported', meaning: 'sent', fault: null, at: Date.now() }),
      );
      await page.locator('.send-item').getByText('Sent by the network').waitFor();
      const sent = await page.evaluate(() => window.fake.calls.find(({ name }) => name === 'message.send')?.input);
      expect(sent).toMatchObject({ to: { kind: 'mdn' }, text: 'STATUS {1}' });
    });

    test('that is hostile is text and nothing else', async () => {
      const page = await open('hostile');
      for (const [index, text] of Object.values(hostileTexts).entries()) {
        await page.locator(`#row-${21 + index}`).click();
        await expect
          .poll(async () => (await page.locator('.full-text').textContent())?.slice(0, 6))
          .toBe(text.slice(0, 6).replaceAll(/\p{C}/gu, '\\'));
      }
      expect(await page.evaluate(() => 'hostile' in window)).toBe(false);
      expect(await page.locator('.messages script, .messages img, .messages b').count()).toBe(0);
    });

    test('shows what is invisible as marks', async () => {
      const page = await open('hostile');
      await page.locator('#row-22').click();
      expect(await page.locator('.full-text .mark').allTextContents()).toEqual([
        '\\u202E',
        '\\u202C',
        '\\u2066',
        '\\u2069',
        '\\u200B',
      ]);
      await page.locator('#row-23').click();
      await page.locator('.full-text .mark').first().waitFor();
      expect(await page.locator('.full-text .mark').allTextContents()).toEqual(['\\0×3', '\\u0007', '\\u001B', '\\t']);
    });

    test('of 100 kB is shown in part, and whole on demand', async () => {
      const page = await open('hostile');
      await page.locator('#row-24').click();
      await page.getByRole('button', { name: 'Show the other 80,000 characters' }).click();
      await expect.poll(async () => (await page.locator('.full-text').textContent())?.length).toBe(100_000);
    });
  });

  describe('accounts', () => {
    test('Start callbacks reaches the core, and its outcome is said in words', async () => {
      const page = await open('degraded');
      const account = page.getByRole('listitem', { name: '0000123456-00001' });
      await account.getByRole('img', { name: 'Degraded' }).waitFor();
      await account.getByRole('button', { name: 'Start callbacks' }).click();
      await account.getByText('ThingSpace started callbacks at 14:03:22.').waitFor();
      await account.getByRole('img', { name: 'Live' }).waitFor();
      expect(await page.evaluate(() => window.fake.calls)).toContainEqual({
        name: 'account.startCallbacks',
        input: { account: '0000123456-00001' },
      });
    });

    test('the queue is fetched from the menu, by keyboard', async () => {
      const page = await open('live');
      await page.getByRole('button', { name: 'More for 0000123456-00001' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Fetch the queue now' }).waitFor();
      await page.keyboard.press('Enter');
      const outcome = page.getByText('3 texts fetched, 2 of them new.');
      await outcome.waitFor();
      // It holds while the account works on, and says nothing of one that was stopped since.
      await page.evaluate(() => window.fake.tellAccount('0000123456-00001', { state: 'catching-up' }));
      expect(await outcome.count()).toBe(1);
      await page.getByRole('button', { name: 'More for 0000123456-00001' }).click();
      await page.getByRole('menuitem', { name: 'Stop' }).click();
      await outcome.waitFor({ state: 'detached' });
    });

    test('what failed is over once the account stands otherwise', async () => {
      const page = await open('live');
      await page.evaluate(() =>
        window.fake.answer({
          'account.drain': () => ({
            ok: false,
            error: { code: 'service-failed', message: 'ThingSpace has trouble.', service: null },
          }),
        }),
      );
      await page.getByRole('button', { name: 'More for 0000123456-00001' }).click();
      await page.getByRole('menuitem', { name: 'Fetch the queue now' }).click();
      const failure = page.getByText('ThingSpace has trouble.');
      await failure.waitFor();
      await page.evaluate(() => window.fake.tellAccount('0000123456-00001', { state: 'degraded' }));
      await failure.waitFor({ state: 'detached' });
    });

    test('an account that is only looked at is not called live, and fetching says that it takes out', async () => {
      const page = await open('single');
      await page.evaluate(() => {
        const sentence = 'Only looking at the queue every 60 s; nothing is taken out of it. It is empty.';
        window.fake.tell({ sentence });
        window.fake.tellAccount('0000123456-00001', { state: 'polling', mode: 'peek', sentence });
      });
      await page
        .getByRole('listitem', { name: '0000123456-00001' })
        .getByText('Only looking', { exact: true })
        .waitFor();
      await page.getByRole('button', { name: 'More for 0000123456-00001' }).click();
      await page.getByRole('menuitem', { name: 'Take what waits out of the queue' }).waitFor();
    });

    test('a callback is taken over only after a yes that names its holder', async () => {
      const page = await open('other-holder');
      await page.getByRole('button', { name: 'Take it over…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('ops.example.com holds the callback for 0000123456-00001').waitFor();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(await page.evaluate(() => window.fake.calls.some(({ name }) => name === 'account.takeOver'))).toBe(false);
      await page.getByRole('button', { name: 'Take it over…' }).click();
      await dialog.getByRole('button', { name: 'Take it over' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'Listening.' }).waitFor();
    });

    test('an account is added with its leading zeros, and a wrong name is refused at once', async () => {
      const page = await open('live');
      await page.getByRole('button', { name: 'Add account' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Account').first().fill('0000/123');
      await page.keyboard.press('Enter');
      await dialog.getByText('no slash or space').waitFor();
      await dialog.getByLabel('Account').first().fill('0000123456-00009');
      await page.keyboard.press('Enter');
      await page.getByRole('listitem', { name: '0000123456-00009' }).waitFor();
      expect(await page.evaluate(() => window.fake.calls)).toContainEqual({
        name: 'account.add',
        input: { account: '0000123456-00009', mode: 'auto' },
      });
    });

    test('an account that is there already is named as such, and nothing of it changes', async () => {
      const page = await open('live');
      const { name, mode } = await page.evaluate(() => window.fake.snapshot().accounts[0] ?? { name: '', mode: '' });
      await page.getByRole('button', { name: 'Add account' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Account').first().fill(name);
      await dialog.getByText('Only looked at').click();
      await dialog.getByRole('button', { name: 'Add account' }).click();
      await dialog.getByText(`${name} is there already.`, { exact: false }).waitFor();
      expect(await page.evaluate(() => window.fake.calls.map((call) => call.name))).not.toContain('account.add');
      expect(await page.evaluate(() => window.fake.snapshot().accounts[0]?.mode)).toBe(mode);
    });

    test('credentials are saved whole, and not kept in the page', async () => {
      const page = await open('needs-you');
      await page.getByRole('button', { name: 'Enter credentials…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Five wrong logins').waitFor();
      // Why they are asked for.
      await dialog.getByText('No third try is made').waitFor();
      await dialog.getByRole('button', { name: 'Save and sign in' }).click();
      expect(await dialog.getByText('This is needed.').count()).toBe(4);
      for (const label of ['Application key', 'Application secret', 'API user name', 'API password'])
        await dialog.getByLabel(label).fill(`the ${label}`);
      await dialog.getByRole('button', { name: 'Save and sign in' }).click();
      await dialog.getByText('Saved.').waitFor();
      expect(await dialog.getByLabel('API password').inputValue()).toBe('');
    });

    test('credentials of the environment are not asked for, because what is saved would not count', async () => {
      const page = await open('needs-you');
      await page.evaluate(() =>
        window.fake.answer({
          'credentials.state': () => ({
            ok: true,
            value: { state: 'given', sentence: 'The credentials come from the environment, for this run.' },
          }),
        }),
      );
      await page.getByRole('button', { name: 'Enter credentials…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('The credentials come from the environment').waitFor();
      expect(await dialog.getByLabel('API password').count()).toBe(0);
    });

    test('theme and density count at once', async () => {
      const page = await open('live');
      await page.getByRole('button', { name: 'Settings' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Dark', { exact: true }).click();
      await dialog.getByText('Comfortable').click();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
      await expect.poll(async () => (await rows(page).first().boundingBox())?.height).toBe(40);
    });

    test('stand behind a button in a narrow window', async () => {
      const page = await open('live', { viewport: { width: 360, height: 640 } });
      expect(await page.getByRole('navigation', { name: 'Accounts' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Show accounts' }).click();
      await page.getByRole('navigation', { name: 'Accounts' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('navigation', { name: 'Accounts' }).waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  });

  describe('in a browser', () => {
    const token = 'one-time-token';

    async function openHttp(hash: string) {
      const fake = createFakeBridge(scene('live'));
      const face = createHttpFace(fake, token);
      const served = await server().serve(face);
      const context = await browser().newContext();
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${served.port}/${hash}`);
      return { fake, face, served, page };
    }

    test('the token is taken out of the address, and snapshots arrive', async () => {
      const { fake, served, page } = await openHttp(`#token=${token}`);
      await page.getByText('1,204 texts').waitFor();
      expect(page.url()).toBe(`http://127.0.0.1:${served.port}/`);
      fake.arrive({ text: 'over the wire' });
      await page.getByText('over the wire').waitFor();
      await page.reload();
      await page.getByText('1,205 texts').waitFor();
      await served.close();
    });

    test('the end of the app is told, and its return is noticed', async () => {
      const { face, served, page } = await openHttp(`#token=${token}`);
      await page.getByText('1,204 texts').waitFor();
      await served.close();
      await page.getByText('The app is not running any more').waitFor();
      const again = await server().serve(face, served.port);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('1,204 texts').waitFor();
      await again.close();
    });

    test('a line that broke is opened again without being asked', async () => {
      const { face, fake, served, page } = await openHttp(`#token=${token}`);
      await page.getByText('1,204 texts').waitFor();
      face.end();
      fake.arrive({ text: 'while nobody listened' });
      await page.getByText('while nobody listened').waitFor();
      await served.close();
      await page.getByText('The app is not running any more').waitFor();
      const again = await server().serve(face, served.port);
      await page.getByText('1,205 texts').waitFor();
      await again.close();
    });

    test('a page without a session is told to open the printed address', async () => {
      const { served, page } = await openHttp('#token=guessed');
      await page.getByText('Open the address that the app printed in the terminal.').waitFor();
      await served.close();
    });
  });

  describe('is accessible', () => {
    const states: readonly { readonly scene: SceneName; readonly play?: (page: Page) => Promise<void> }[] = [
      { scene: 'live' },
      { scene: 'live', play: async (page) => await rows(page).nth(2).click() },
      { scene: 'hostile', play: async (page) => await page.locator('#row-22').click() },
      { scene: 'live', play: async (page) => await page.getByRole('button', { name: 'Settings' }).click() },
      { scene: 'live', play: async (page) => await page.getByRole('button', { name: 'Credentials' }).click() },
      { scene: 'live', play: async (page) => await page.getByRole('button', { name: 'Add account' }).click() },
      { scene: 'live', play: async (page) => await page.getByRole('button', { name: 'More for' }).first().click() },
      { scene: 'live', play: async (page) => await page.getByRole('combobox').pressSequentially('pump dev') },
      { scene: 'coded', play: async (page) => await page.locator('#row-21').click() },
      { scene: 'coded', play: async (page) => await page.locator('#row-26').click() },
      { scene: 'proved', play: async (page) => await page.keyboard.press('h') },
      { scene: 'live', play: async (page) => await page.keyboard.press('Control+k') },
      { scene: 'live', play: async (page) => await page.keyboard.press('e') },
      { scene: 'needs-you' },
      { scene: 'other-holder' },
      { scene: 'empty' },
      { scene: 'no-account' },
      { scene: 'first-run' },
      { scene: 'demo' },
      {
        scene: 'first-run',
        play: async (page) => await page.getByRole('button', { name: 'Set up my account' }).click(),
      },
      { scene: 'paused' },
    ];

    for (const colorScheme of ['light', 'dark'] as const) {
      test(`in every main state, ${colorScheme}`, async () => {
        const found: string[] = [];
        for (const { scene, play } of states) {
          const page = await open(scene, { colorScheme, reducedMotion: 'reduce' });
          await play?.(page);
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { axe } = window as unknown as { axe: typeof axeCore };
            return (await axe.run()).violations.map(
              ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
            );
          });
          found.push(...violations.map((violation) => `${scene}: ${violation}`));
          await page.context().close();
        }
        expect(found.filter((violation) => /^[\w-]+: (serious|critical)/.test(violation))).toEqual([]);
      }, 120_000);
    }

    test('with one polite live region that does not hurry', async () => {
      const page = await open('live');
      const said = page.getByRole('status');
      await arrive(page, 'first');
      await said.filter({ hasText: '1 new text.' }).waitFor({ state: 'attached' });
      await arrive(page, 'more', 50);
      await page.getByText('1,255 texts').waitFor();
      expect(await said.textContent()).toBe('1 new text.');
      await said.filter({ hasText: '50 new texts.' }).waitFor({ state: 'attached' });
    });
  });
});
