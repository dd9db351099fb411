import type { Page } from 'playwright-core';
import { sceneTime } from './scenes.ts';

/** The device with which the pictures of commands are played. */
const number = '5551230101';
const account = '0000123456-00001';

interface Played {
  /** s before the scene's time */
  readonly before: number;
  readonly send: string;
  /** What the answer must hold; left out, none is waited for. */
  readonly expect?: string;
  /** s until the network and the device report */
  readonly sent?: number;
  readonly delivered?: number;
  readonly expired?: number;
  /** s until the answer, and what it says */
  readonly answer?: { readonly after: number; readonly text: string };
}

const visit: readonly Played[] = [
  { before: 1500, send: 'LOCATE', expect: 'fix', sent: 2, expired: 600 },
  { before: 700, send: 'APN internet', sent: 2, delivered: 6 },
  {
    before: 420,
    send: 'STATUS',
    expect: 'ok',
    sent: 1,
    delivered: 4,
    answer: { after: 7, text: 'STATUS OK BAT 87% RSSI -67 APN internet' },
  },
  { before: 14, send: 'REBOOT', expect: 'boot', sent: 2, delivered: 5 },
];

/** A device with a name and a note to which commands were sent, each in another state, and its conversation. */
export async function playCommands(page: Page): Promise<void> {
  await arrive(page, 2400, 'ALARM pump 3 stopped, pressure 1.2 bar, see panel B');
  await page.evaluate(async (number) => {
    const { bridge } = window.fake;
    const page = await bridge.call('devices.page', { find: number });
    const device = page.ok ? page.value.devices[0]?.id : undefined;
    if (device === undefined) throw new Error('The device is not there.');
    await bridge.call('devices.change', { device, nickname: 'Pump 3 north', note: 'Behind the gate, key 12' });
    await bridge.call('devices.markRead', { device });
  }, number);
  for (const command of visit) await playCommand(page, command);
  await page.clock.setFixedTime(sceneTime);
  const rail = page.getByRole('button', { name: 'Show accounts' });
  if (await rail.isVisible()) await rail.click();
  await page
    .getByRole('region', { name: 'Devices', exact: true })
    .getByRole('button', { name: 'Pump 3 north' })
    .click();
  await page.getByRole('complementary', { name: 'Conversation' }).getByText('REBOOT').waitFor();
}

async function arrive(page: Page, secondsBefore: number, text: string): Promise<void> {
  const receivedAt = new Date(sceneTime - secondsBefore * 1000).toISOString();
  await page.evaluate(
    ([account, number, text, receivedAt]) =>
      window.fake.arrive({
        id: `played-${receivedAt}`,
        account,
        text,
        receivedAt,
        lanes: ['callback'],
        unread: false,
        deviceIds: [
          { id: `89148000000${number}`, kind: 'iccid' },
          { id: number, kind: 'mdn' },
        ],
      }),
    [account, number, text, receivedAt] as const,
  );
}

async function playCommand(page: Page, { before, send, expect, answer, ...reported }: Played): Promise<void> {
  const begun = sceneTime - before * 1000;
  await page.clock.setFixedTime(begun);
  await page.evaluate(
    async ([account, number, text, value]) => {
      await window.fake.bridge.call('message.send', {
        account,
        to: { id: number, kind: 'mdn' },
        text,
        ...(value === undefined ? {} : { expect: { pattern: { kind: 'text', value }, seconds: 60 } }),
      });
    },
    [account, number, send, expect] as const,
  );
  for (const meaning of ['sent', 'delivered', 'expired'] as const) {
    const after = reported[meaning];
    if (after !== undefined)
      await page.evaluate(([meaning, at]) => window.fake.sends.change({ kind: 'reported', meaning, fault: null, at }), [
        meaning,
        begun + after * 1000,
      ] as const);
  }
  if (!answer) return;
  await arrive(page, before - answer.after, answer.text);
  await page.evaluate(
    ([account, text, at]) =>
      window.fake.sends.change({
        kind: 'answered',
        at,
        message: {
          id: `played-${new Date(at).toISOString()}`,
          sequence: 1,
          account,
          deviceIds: [],
          text,
          receivedAt: new Date(at).toISOString(),
          platformTime: null,
          lanes: ['callback'],
          unread: false,
        },
      }),
    [account, answer.text, begun + answer.after * 1000] as const,
  );
}
