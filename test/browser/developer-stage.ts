import type { Page } from 'playwright-core';
import { sceneTime } from './scenes.ts';

const iso = (secondsAgo: number): string => new Date(sceneTime - secondsAgo * 1000).toISOString();

/** The bench, with two steps written. */
export async function playBench(page: Page): Promise<void> {
  await page.locator('.spacer .row').first().click();
  await page.getByRole('button', { name: 'Bench…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Command').fill('STATUS');
  await dialog.getByLabel('What it must hold').fill('ok');
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  await dialog.getByLabel('What it must hold').last().fill('boot');
}

/** The report of a run of which one step failed. */
export async function playBenchReport(page: Page): Promise<void> {
  await playBench(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  const [begun, answered, ended] = [iso(70), iso(61), iso(1)];
  await page.evaluate(
    async ([begun, answered, ended]) => {
      const page = await window.fake.bridge.call('bench.runs', {});
      const run = page.ok ? page.value.runs[0] : undefined;
      if (!run) throw new Error('Nothing was run.');
      const reply = { messageId: 'm1', text: 'STATUS OK BAT 87% RSSI -67', receivedAt: answered };
      const steps = run.steps.map((step, index) =>
        index === 0
          ? { ...step, result: 'passed' as const, startedAt: begun, endedAt: answered, reply }
          : {
              ...step,
              result: 'failed' as const,
              startedAt: answered,
              endedAt: ended,
              reason: 'No such answer came within 60 s.',
            },
      );
      window.fake.sends.showBench({ ...run, result: 'failed', startedAt: begun, endedAt: ended, steps });
    },
    [begun, answered, ended] as const,
  );
  await page.getByRole('button', { name: 'Copy the report' }).waitFor();
}

/** Each step checked: one passes, one fails with what to do, one is not tried. */
export async function playDoctor(page: Page): Promise<void> {
  await page.evaluate(() => {
    const check = (hop: 'data-dir' | 'dns' | 'tls', outcome: 'pass' | 'fail' | 'not-tried', reason: string) => ({
      hop,
      account: null,
      outcome,
      code: null,
      reason,
      fix: outcome === 'fail' ? 'Check the network and the name server of this computer.' : null,
    });
    const checks = [
      check('data-dir', 'pass', 'Texts can be stored.'),
      check('dns', 'fail', 'The name of the service cannot be found (ENOTFOUND).'),
      check('tls', 'not-tried', 'A hop before it failed.'),
    ];
    window.fake.answer({ 'app.examine': () => ({ ok: true, value: { checks } }) });
  });
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'All actions' }).waitFor();
  await page.keyboard.type('check each');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Check each step' }).getByText('ENOTFOUND').waitFor();
}

/** A text that one endpoint took and another did not. */
export async function playForwards(page: Page): Promise<void> {
  await page.evaluate((at) => {
    const message = {
      id: 'forwarded',
      sequence: 1,
      account: '0000123456-00001',
      deviceIds: [{ kind: 'mdn', id: '5551230036' }],
      text: 'ALARM pump 3 stopped',
      receivedAt: at,
      platformTime: null,
      lanes: ['callback' as const],
      unread: false,
    };
    const taken = {
      url: 'http://localhost:3000/sms',
      replay: false,
      state: 'delivered' as const,
      attempts: 1,
      status: 200,
      reason: null,
      at,
    };
    const forwards = [
      taken,
      {
        ...taken,
        url: 'https://alarms.example.com/hooks/a-rather-long-path/that-does-not-end-soon',
        state: 'parked' as const,
        attempts: 5,
        status: 400,
        reason: 'The endpoint answered 400.',
      },
    ];
    window.fake.answer({
      'inbox.message': () => ({
        ok: true,
        value: { message, rawCallback: null, rawHistory: null, answeredAt: at, arrivals: [], forwards },
      }),
    });
  }, iso(20));
  await page.locator('.spacer .row').first().click();
  await page.locator('.sent-on').scrollIntoViewIfNeeded();
  await page.getByText('given up').waitFor();
}
