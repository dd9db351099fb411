import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import {
  type CommandSurroundings,
  credentialsOf,
  type RunningCommand,
  runCommand,
  stands,
  startCommand,
} from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

interface Scene {
  readonly simulator: Simulator;
  /** The owner; null without one. */
  readonly listening: RunningCommand | null;
  /** `send` to the simulator's first device. */
  send(...options: readonly string[]): ReturnType<typeof runCommand>;
}

/** With an owner, a `listen` has the folder and the callback; without, the command listens for itself. */
async function scene(owned: boolean, switches: Partial<Switches> = {}): Promise<Scene> {
  const simulator = await freshSimulator({ switches });
  const surroundings: CommandSurroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  };
  const listening = owned ? startCommand(['listen', '--account', account, '--json'], surroundings) : null;
  await listening?.until(() => stands(listening, account, 'live'), 'live');
  const device = simulator.devices()[0]?.deviceIds[0];
  const to = ['--to', `${device?.kind}:${device?.id}`];
  return {
    simulator,
    listening,
    send: (...options) => runCommand(['send', '--account', account, ...to, ...options], surroundings),
  };
}

describe.each([
  ['while another process listens', true],
  ['while none does', false],
] as const)('send --wait-reply, %s', (_when, owned) => {
  test('ends with 0 and the line of the answer', async () => {
    const { send } = await scene(owned);
    const answers = ['--wait-reply', '30', '--expect', 'status ok', '--json'];
    const { code, command } = await send('--text', 'STATUS', ...answers);
    expect({ code, lines: command.lines() }).toMatchObject({
      code: 0,
      lines: [
        { type: 'sent', account, requestId: expect.any(String) },
        { type: 'message', account, text: expect.stringMatching(/^STATUS OK/) },
      ],
    });
  });

  test('ends with 124 where the device is silent, and where its answer is another one', async () => {
    const { send, simulator } = await scene(owned, { deviceReplies: 'no' });
    const { code, command } = await send('--text', 'STATUS', '--wait-reply', '1', '--json');
    expect({ code, types: command.lines().map(({ type }) => type) }).toEqual({ code: 124, types: ['sent'] });
    expect(command.err()).toContain('No such answer came within 1 s.');
    simulator.setSwitches({ deviceReplies: 'yes' });
    const other = await send('--text', 'STATUS', '--wait-reply', '2', '--expect', '/^PONG/', '--json');
    expect({ code: other.code, types: other.command.lines().map(({ type }) => type) }).toEqual({
      code: 124,
      types: ['sent'],
    });
  });

  test('ends with 1 and what ThingSpace said where it refuses the text, without waiting', async () => {
    const { send } = await scene(owned);
    const began = Date.now();
    const { code, command } = await send('--text', "it's", '--wait-reply', '600', '--json');
    expect({ code, types: command.lines().map(({ type }) => type) }).toEqual({ code: 1, types: ['problem'] });
    expect(command.err()).toContain('InvalidCharacter');
    expect(Date.now() - began).toBeLessThan(300_000);
  });
});

test('who listens is told of each report what it means for the text', async () => {
  for (const [switches, told] of [
    [{}, ['sent', 'delivered']],
    [{ sendOutcome: 'expired' }, ['sent', 'expired']],
    [{ sendOutcome: 'network-failure' }, ['failed']],
  ] as const) {
    const { send, listening } = await scene(true, switches);
    expect((await send('--text', 'STATUS')).code).toBe(0);
    const meanings = () => listening?.linesOf('delivery').map((line) => line['meaning']);
    await expect.poll(meanings, { timeout: 10_000 }).toEqual(told);
  }
});
