import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { sceneTime } from './scenes.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('a text to a device, in Chromium'), () => {
  const { open } = windowSuite();
  const sent = (page: Page) =>
    page.evaluate(() => window.fake.calls.filter(({ name }) => name === 'message.send').map(({ input }) => input));

  async function reply(): Promise<Page> {
    const page = await open('live');
    page.setDefaultTimeout(8000);
    await page.getByRole('row').nth(1).click();
    await page.getByText('Reply to this device').waitFor();
    await page.keyboard.press('r');
    return page;
  }

  async function choose(page: Page, label: string, option: string, within = page.locator('body')): Promise<void> {
    await within.getByRole('button', { name: label }).last().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  async function expectWords(page: Page, words: string): Promise<void> {
    await page.getByText('Answer, encoding, time').click();
    await choose(page, 'Answer expected', 'With these words');
    await page.getByLabel('What it must hold').fill(words);
  }

  test('shows its states in words as the network reports them, and why it failed', async () => {
    const page = await reply();
    await page.keyboard.type('STATUS');
    await page.keyboard.press('Control+Enter');
    const item = page.locator('.send-item').first();
    await item.getByText('Taken by ThingSpace').waitFor();
    await page.locator('.composer').getByRole('status').getByText('Taken by ThingSpace at').waitFor();
    await page.evaluate(() =>
      window.fake.sends.change({ kind: 'reported', meaning: 'sent', fault: null, at: Date.now() }),
    );
    await item.getByText('Sent by the network').waitFor();
    await page.evaluate(() =>
      window.fake.sends.change({ kind: 'reported', meaning: 'expired', fault: 'X.Expired', at: Date.now() }),
    );
    await item.getByText('Expired: not delivered in time').waitFor();
    await item.getByText('X.Expired').waitFor();
    expect(await page.getByLabel('Text to send').inputValue()).toBe('');
    await item.getByRole('button', { name: 'Use again' }).click();
    expect(await page.getByLabel('Text to send').inputValue()).toBe('STATUS');
  });

  test('that is being written is there again after each move, until it is sent', async () => {
    const page = await reply();
    const field = page.getByLabel('Text to send');
    const to = await page.locator('.composer-to').textContent();
    await page.keyboard.type('REBOOT now');
    for (let turn = 0; turn < 2; turn += 1) await page.keyboard.press('Escape');
    await page.locator('.composer').waitFor({ state: 'detached' });
    await page.getByRole('row').nth(2).click();
    await expect.poll(async () => await page.locator('.composer-to').textContent()).not.toBe(to);
    expect(await field.inputValue()).toBe('');
    await page.getByRole('row').nth(1).click();
    await expect.poll(async () => await field.inputValue()).toBe('REBOOT now');
    await page.getByRole('button', { name: 'Conversation with this device' }).click();
    await page.getByRole('complementary', { name: 'Conversation' }).waitFor();
    expect(await field.inputValue()).toBe('REBOOT now');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(async () => await field.inputValue()).toBe('');
    await page.getByRole('row').nth(1).click();
    await page.getByRole('complementary', { name: 'Text' }).waitFor();
    expect(await field.inputValue()).toBe('');
  });

  test.each([
    { width: 1200, height: 760 },
    { width: 360, height: 640 },
    { width: 640, height: 400 },
  ])('leaves the opened text most of its pane at $width x $height, however much was sent', async (viewport) => {
    const page = await open('live', { viewport });
    await page.getByRole('row').nth(1).click();
    for (const text of ['STATUS', 'REBOOT', 'LOCATE']) {
      await page.getByLabel('Text to send').fill(text);
      await page.keyboard.press('Control+Enter');
      await page.locator('.send-item').getByText(text, { exact: true }).waitFor();
    }
    const heightOf = async (part: string): Promise<number> => (await page.locator(part).boundingBox())?.height ?? 0;
    const whole = await heightOf('.detail');
    expect(await heightOf('.composer')).toBeLessThanOrEqual(whole * 0.4 + 1);
    expect(await heightOf('.detail-body')).toBeGreaterThan(whole * 0.45);
    await page.locator('.send-item').last().scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Copy link' }).scrollIntoViewIfNeeded();
    expect(await page.locator('.detail-body .send-item').count()).toBe(3);
  });

  test('is measured as ThingSpace does, and what speaks against it is said', async () => {
    const page = await reply();
    const field = page.getByLabel('Text to send');
    await field.fill('€');
    await page.getByText('2 / 160 in 7-bit').waitFor();
    await field.fill('żółć');
    await page.getByText('8 / 140 in 8-bit-UTF-8').waitFor();
    await field.fill('x'.repeat(161));
    await page.getByText('161 / 160 in 7-bit: too long').waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await field.fill("it's <ok>");
    await page.getByText("ThingSpace may refuse a text with ' <.").waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(false);
    await page.getByText('Answer, encoding, time').click();
    const hint = (await page.getByText('By itself: 7-bit where').boundingBox()) ?? { y: 0, height: 0 };
    const next = await page.getByText('ThingSpace tries for').first().boundingBox();
    expect((next?.y ?? 0) - hint.y - hint.height).toBeGreaterThanOrEqual(8);
    await choose(page, 'Encoding', '8-bit-ASCII');
    await field.fill('é');
    await page.getByText('8-bit-ASCII does not hold “é”').waitFor();
  });

  test('waits for its answer with a countdown that ends in a pass, the answer beside it', async () => {
    const page = await reply();
    await page.keyboard.type('STATUS');
    await expectWords(page, 'ok');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('timer').waitFor();
    expect(await sent(page)).toMatchObject([{ expect: { pattern: { kind: 'text', value: 'ok' }, seconds: 60 } }]);
    await page.getByText('60 seconds left').waitFor();
    await page.clock.setFixedTime(sceneTime + 12_000);
    await page.getByText('48 seconds left').waitFor();
    await page.evaluate(() =>
      window.fake.sends.change({
        kind: 'answered',
        at: Date.now(),
        message: {
          id: 'm1',
          sequence: 1,
          account: 'A',
          deviceIds: [],
          text: 'OK <b>now</b>',
          receivedAt: new Date().toISOString(),
          platformTime: null,
          lanes: ['callback'],
          unread: true,
        },
      }),
    );
    await page.locator('.send-awaited').getByText('Passed').waitFor();
    await page.locator('.send-reply').getByText('OK <b>now</b>').waitFor();
    expect(await page.getByRole('timer').count()).toBe(0);
  });

  test('fails when the time is over, and waiting can be stopped', async () => {
    const page = await reply();
    await page.keyboard.type('STATUS');
    await expectWords(page, 'ok');
    for (const end of ['Not waited for', 'Failed'] as const) {
      await page.getByLabel('Text to send').fill('STATUS');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      const item = page.locator('.send-item').first();
      await item.getByRole('timer').waitFor();
      if (end === 'Failed') await page.evaluate(() => window.fake.sends.change({ kind: 'time-over', at: Date.now() }));
      else await item.getByRole('button', { name: 'Stop waiting' }).click();
      await item.getByText(end, { exact: true }).waitFor();
    }
  });

  test('is chosen among kept commands by keyboard, its places filled before it can be sent', async () => {
    const page = await reply();
    await page.keyboard.press('Tab');
    const button = page.getByRole('button', { name: 'Commands' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Text to send').inputValue()).toBe('APN {apn}');
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Value for {apn}').fill('internet');
    await page.getByText('12 / 160').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => sent(page)).toMatchObject([{ text: 'APN internet' }]);
    await page.getByLabel('Text to send').fill('PING');
    await button.click();
    await page.getByRole('menuitem', { name: 'Keep this text as a command' }).click();
    await expect
      .poll(() =>
        page.evaluate(() => JSON.stringify(window.fake.calls.filter(({ name }) => name === 'settings.change'))),
      )
      .toContain('PING');
  });

  test('has a bench: steps are written, run, told, stopped and reported', async () => {
    const page = await reply();
    await page.getByRole('button', { name: 'Bench…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Command').fill('STATUS');
    await dialog.getByLabel('What it must hold').fill('ok');
    await dialog.getByRole('button', { name: 'Add a step' }).click();
    expect(await dialog.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('What it must hold').last().fill('boot');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await dialog.getByRole('button', { name: 'Stop' }).waitFor();
    const started = await page.evaluate(() => window.fake.calls.find(({ name }) => name === 'bench.start')?.input);
    expect(started).toMatchObject({
      script: {
        steps: [
          { send: 'STATUS', expect: { kind: 'text', value: 'ok' }, within: 60 },
          { expect: { kind: 'text', value: 'boot' }, within: 60 },
        ],
      },
    });
    // The text that was being written is not sent by it.
    expect(await sent(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByText('stopped').first().waitFor();
    await dialog.getByRole('button', { name: 'Copy the report' }).waitFor();
    await dialog.getByRole('button', { name: 'Back to the steps' }).click();
    await dialog.getByRole('button', { name: 'Run', exact: true }).waitFor();
    // Escape ends no script: it is there when the bench is opened again.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Bench…' }).click();
    expect(await dialog.getByLabel('What it must hold').last().inputValue()).toBe('boot');
  });
});
