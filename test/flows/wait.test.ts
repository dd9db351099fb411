import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { storeTexts } from './stored-texts.ts';

const account = '0000123456-00001';

function surroundingsOf(simulator: Simulator) {
  return { dataDirectory: freshFolder(), apiBase: simulator.origin, environment: credentialsOf(simulator) };
}

function send(simulator: Simulator, text: string): Promise<unknown> {
  return simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text }).settled;
}

describe('wait', () => {
  test('begun before anybody listens: it is in nobody’s way, and sees the text through one owner after the other', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const waiting = startCommand(
      ['wait', '--query', 'pong', '--count', '2', '--timeout', '60', '--json'],
      surroundings,
    );
    const listen = async (): Promise<ReturnType<typeof startCommand>> => {
      const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
      await listening.until(() => stands(listening, account, 'live'), 'live');
      return listening;
    };
    const first = await listen();
    await send(simulator, 'ping');
    await send(simulator, 'pong 1');
    await first.until(() => first.linesOf('message').length === 2, 'two texts');
    first.signal('SIGTERM');
    expect(await first.exited).toBe(0);
    const second = await listen();
    await send(simulator, 'pong 2');
    expect(await waiting.exited).toBe(0);
    expect(waiting.lines()).toMatchObject([
      { type: 'message', text: 'pong 1' },
      { type: 'message', text: 'pong 2' },
    ]);
    second.signal('SIGTERM');
    await second.exited;
  });

  test('counts what came since a time, oldest first and no more than asked for', async () => {
    const dataDirectory = freshFolder();
    const hour = 3_600_000;
    await storeTexts(dataDirectory, [
      { text: 'alarm old', receivedAt: Date.now() - 2 * hour },
      { text: 'alarm 1', receivedAt: Date.now() - hour / 2 },
      { text: 'alarm 2', receivedAt: Date.now() - hour / 4 },
      { text: 'alarm 3', receivedAt: Date.now() - hour / 6 },
    ]);
    const args = ['wait', '--query', 'alarm', '--count', '2', '--timeout', '5', '--json'];
    const { code, command } = await runCommand([...args, '--since', '1h'], { dataDirectory });
    expect(code).toBe(0);
    expect(command.lines().map(({ text }) => text)).toEqual(['alarm 1', 'alarm 2']);
  });

  test('gives up with 124 when time runs out, with what came, and with 1 when it is stopped', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(dataDirectory, [{ text: 'alarm', receivedAt: Date.now() }]);
    const late = await runCommand(['wait', '--count', '2', '--since', '1h', '--timeout', '0.2', '--json'], {
      dataDirectory,
    });
    expect(late.code).toBe(124);
    expect(late.command.lines()).toMatchObject([{ text: 'alarm' }]);
    expect((await runCommand(['wait', '--timeout', '0'], { dataDirectory })).code).toBe(124);
    const stopped = startCommand(['wait', '--query', 'never'], { dataDirectory });
    await new Promise((resolve) => stopped.child.once('spawn', resolve));
    const asking = setInterval(() => stopped.signal('SIGTERM'), 300);
    // Before it watches for signals, the system ends it.
    expect([1, null]).toContain(await stopped.exited);
    clearInterval(asking);
  });

  test.each([
    [['--count', '0']],
    [['--count', '1.5']],
    [['--count', 'two']],
    [['--timeout', '-1']],
    [['--timeout', '1m']],
    [['--since', 'yesterday']],
    [['--since', '']],
  ])('%j is wrong usage', async (args) => {
    const { code, command } = await runCommand(['wait', ...args], { dataDirectory: freshFolder() });
    expect({ code, out: command.out }).toEqual({ code: 2, out: [] });
    expect(command.err()).not.toBe('');
  });
});

describe('listen', () => {
  test('waits for a command that has the folder for a moment, and names a process that keeps it', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    // Each of them owns the folder for a moment.
    const asking = Array.from({ length: 3 }, () => startCommand(['status'], surroundings));
    const first = startCommand(['listen', '--account', account, '--json'], surroundings);
    await first.until(() => stands(first, account, 'live'), 'live');
    for (const command of asking) expect(await command.exited).toBe(0);
    const second = await runCommand(['listen', '--account', account, '--json'], surroundings);
    expect(second.code).toBe(1);
    expect(second.command.err()).toContain(String(first.pid));
    expect(second.command.lines()).toMatchObject([{ type: 'problem', code: 'owner-busy' }]);
  });
});
