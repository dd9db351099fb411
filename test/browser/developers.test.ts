import { describe, expect, test } from 'vitest';
import { browserSuite, hasChromium } from './chromium.ts';
import { playBenchReport, playDoctor } from './developer-stage.ts';
import { windowSuite } from './window-suite.ts';

describe.skipIf(!hasChromium)(browserSuite('for developers, in Chromium'), () => {
  const { open } = windowSuite();

  test('a text tells what became of sending it on, and is sent again, to another endpoint and edited', async () => {
    const page = await open('live');
    await page.evaluate(() => {
      const message = {
        id: 'x-1',
        sequence: 1,
        account: '0000123456-00001',
        deviceIds: [{ kind: 'mdn', id: '7022895555' }],
        text: 'as it came',
        receivedAt: '2026-11-23T19:00:00.000Z',
        platformTime: null,
        lanes: ['callback' as const],
        unread: false,
      };
      const parked = {
        url: 'http://localhost:3000/sms',
        replay: false,
        state: 'parked' as const,
        attempts: 5,
        status: 400,
        reason: 'The endpoint answered 400.',
        at: '2026-11-23T19:00:20.000Z',
      };
      const forwards = [parked];
      window.fake.answer({
        'inbox.message': () => ({
          ok: true,
          value: {
            message,
            rawCallback: null,
            rawHistory: null,
            answeredAt: null,
            arrivals: [],
            forwards: [...forwards],
          },
        }),
        'forward.replay': () => {
          forwards.splice(1, 1, { ...parked, replay: true, state: 'parked', attempts: 1 });
          return { ok: true, value: { url: parked.url, status: 200 } };
        },
      });
    });
    await page.locator('[role="row"]').nth(1).click();
    const section = page.locator('.sent-on');
    await section.getByText('given up').waitFor();
    expect(await section.innerText()).toContain('http://localhost:3000/sms');
    expect(await section.innerText()).toContain('The endpoint answered 400.');
    await section.getByRole('button', { name: 'Send again' }).first().click();
    await section.getByText('The endpoint took it (200).').waitFor();
    await section.getByText('Send to an endpoint…').click();
    const send = section.getByRole('button', { name: 'Send', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await section.getByLabel('Endpoint').fill('http://localhost:4000/');
    await section.getByLabel('Text, if another than the device sent').fill('changed');
    await send.click();
    const asked = await page.evaluate(() =>
      window.fake.calls.filter(({ name }) => name === 'forward.replay').map(({ input }) => input),
    );
    expect(asked).toMatchObject([
      { to: 'http://localhost:3000/sms', text: null },
      { to: 'http://localhost:4000/', text: 'changed' },
    ]);
  });

  test('each step is checked from the palette, with the reason and what to do', async () => {
    const page = await open('live');
    await playDoctor(page);
    const dialog = page.getByRole('dialog', { name: 'Check each step' });
    await dialog.getByText('The name of the service cannot be found (ENOTFOUND).').waitFor();
    expect(
      await dialog.locator('.hops li').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-outcome'))),
    ).toEqual(['pass', 'fail', 'not-tried']);
    expect(await dialog.innerText()).toContain('Check the network');
    await dialog.getByRole('button', { name: 'Look again' }).click();
    await dialog.locator('.hops').waitFor();
  });

  test('a dialog higher than the window scrolls to its last button', async () => {
    const page = await open('live', { viewport: { width: 360, height: 740 } });
    await playBenchReport(page);
    expect(await page.getByRole('dialog').innerText()).toContain('No such answer came within 60 s.');
  });
});
