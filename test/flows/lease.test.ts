import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { registerStranger, stranger } from './stranger.ts';

const account = '0000123456-00001';
function listen(simulator: Simulator, dataDirectory: string, ...rest: readonly string[]): RunningCommand {
  return startCommand(['listen', '--account', account, '--json', ...rest], {
    dataDirectory,
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
}

function holder(simulator: Simulator) {
  return simulator.registrations(account).map(({ url, username, password }) => ({ url, username, password }));
}

const before = [{ url: stranger.url, username: stranger.username, password: stranger.password }];
const changes = (simulator: Simulator): readonly string[] =>
  simulator
    .requests()
    .map(({ route }) => route)
    .filter((route) => route === 'deregister-callback' || route === 'start-callbacks' || route === 'history');

/** Our callback stands where a stranger's stood, and nobody is there to give it back. */
async function takenAndKilled(): Promise<{ readonly simulator: Simulator; readonly dataDirectory: string }> {
  const simulator = await freshSimulator();
  await registerStranger(simulator, account);
  const dataDirectory = freshFolder();
  const first = listen(simulator, dataDirectory, '--take-over');
  await first.until(() => stands(first, account, 'live'), 'live');
  first.signal('SIGKILL');
  await first.exited;
  return { simulator, dataDirectory };
}

describe('a callback that another server holds', () => {
  test('is left alone without --take-over, and the account says who holds it', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    simulator.queueText(account, { deviceIds: [{ id: '1', kind: 'mdn' }], text: 'theirs' });
    const command = listen(simulator, freshFolder());
    await command.until(
      () => stands(command, account, 'needs-you') && command.linesOf('problem').length > 0,
      'needs-you',
    );
    expect(command.linesOf('problem')).toMatchObject([
      { code: 'callback-held', account, message: expect.stringContaining('ops.example.com') },
    ]);
    expect(command.linesOf('problem')[0]?.['message']).toContain('listen --take-over');
    expect(holder(simulator)).toEqual(before);
    expect(changes(simulator)).toEqual([]);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(holder(simulator)).toEqual(before);
  });

  test('is taken with --take-over, and put back with its password on SIGTERM', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    const command = listen(simulator, freshFolder(), '--take-over');
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(holder(simulator)[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback\//);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(holder(simulator)).toEqual(before);
  });

  test('is put back by the next start after kill -9, though that start wants another account', async () => {
    const { simulator, dataDirectory } = await takenAndKilled();
    expect(holder(simulator)).not.toEqual(before);
    const second = startCommand(['listen', '--account', 'FIELD_DEMO-A', '--json'], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await second.until(() => stands(second, 'FIELD_DEMO-A', 'live'), 'live');
    await expect.poll(() => holder(simulator)).toEqual(before);
  });

  test('is gone on with after kill -9 when the same account is wanted, without a second yes', async () => {
    const { simulator, dataDirectory } = await takenAndKilled();
    const second = listen(simulator, dataDirectory);
    await second.until(() => stands(second, account, 'live'), 'live');
    second.signal('SIGTERM');
    await second.exited;
    expect(holder(simulator)).toEqual(before);
  });

  test('is shown with its URL, but never with a password in it', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account, { ...stranger, url: 'https://ops:sekret@ops.example.com/sms?as=x@y' });
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const { command } = await runCommand(['callbacks', '--account', account, '--json'], surroundings);
    expect(command.lines()).toMatchObject([{ url: 'https://…@ops.example.com/sms?as=x@y', hasPassword: true }]);
  });

  test('is put back by `callbacks --restore`', async () => {
    const { simulator, dataDirectory } = await takenAndKilled();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const shown = await runCommand(['callbacks', '--account', account, '--json'], surroundings);
    expect(shown.command.lines()).toMatchObject([
      { serviceName: 'EnhancedConnectivityService', ours: true, hasPassword: true },
    ]);
    const restored = await runCommand(['callbacks', '--account', account, '--restore', '--json'], surroundings);
    expect(restored.command.lines()).toEqual([{ type: 'restored', account, restored: true }]);
    expect(holder(simulator)).toEqual(before);
  });

  test('is told apart by `callbacks --restore` from none, and from one that came after ours', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const restored = async (meanwhile: () => Promise<void>): Promise<readonly string[]> => {
      const command = listen(simulator, surroundings.dataDirectory);
      await command.until(() => stands(command, account, 'live'), 'live');
      command.signal('SIGKILL');
      await command.exited;
      await meanwhile();
      return (await runCommand(['callbacks', '--account', account, '--restore'], surroundings)).command.out;
    };
    expect(await restored(async () => {})).toEqual([
      `Our callback of ${account} was taken away; nothing stood there before.`,
    ]);
    expect(holder(simulator)).toEqual([]);
    expect(await restored(() => registerStranger(simulator, account))).toEqual([
      `Nothing was to be restored on ${account}; our own callback is not registered there.`,
    ]);
    expect(holder(simulator)).toEqual(before);
  });

  test('is put back when our own registration is refused', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    simulator.addFault({ route: 'register-callback', kind: 'status', status: 500, times: 1 });
    const command = listen(simulator, freshFolder(), '--take-over');
    await command.until(
      () =>
        simulator.requests().filter(({ route, status }) => route === 'register-callback' && status === 500).length ===
        1,
      'the refused registration',
    );
    await expect.poll(() => holder(simulator)).toEqual(before);
  });

  test('is remembered on disk before anything is changed, and put back though the app is killed in the middle', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    simulator.addFault({ route: 'register-callback', kind: 'hang', times: 1 });
    const dataDirectory = freshFolder();
    const first = listen(simulator, dataDirectory, '--take-over');
    await expect.poll(() => holder(simulator), { timeout: 20_000 }).toEqual([]);
    const remembered = readFileSync(join(dataDirectory, 'claims.json'), 'utf8');
    expect(remembered).toContain(stranger.url);
    first.signal('SIGKILL');
    await first.exited;
    simulator.clearFaults();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const second = startCommand(['listen', '--account', 'FIELD_DEMO-A', '--json'], surroundings);
    await second.until(() => stands(second, 'FIELD_DEMO-A', 'live'), 'live');
    await expect.poll(() => holder(simulator)).toEqual(before);
  });

  test('is told as still ours when the service does not answer at the end', async () => {
    const simulator = await freshSimulator();
    const command = listen(simulator, freshFolder());
    await command.until(() => stands(command, account, 'live'), 'live');
    simulator.addFault({ route: 'any', kind: 'hang' });
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
    expect(command.linesOf('problem')).toMatchObject([
      {
        code: 'network',
        account,
        message: `The callback of ${account} could not be given back and is still ours: ThingSpace did not answer in time. The next start gives it back, and so does callbacks --restore.`,
      },
    ]);
  });

  test('is told as still ours to people too, each in its own line, and nothing is told twice', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const linesWith = (command: RunningCommand, words: string): number => command.err().split(words).length - 1;
    const held = startCommand(['listen', '--account', account], surroundings);
    await held.until(() => held.err().includes('Another server holds'), 'the holder');
    held.signal('SIGINT');
    await held.exited;
    expect(linesWith(held, 'Another server holds')).toBe(1);
    const command = startCommand(['listen', '--account', account, '--take-over'], surroundings);
    await command.until(() => command.err().includes('live'), 'live');
    simulator.addFault({ route: 'any', kind: 'status', status: 503 });
    command.signal('SIGINT');
    await command.exited;
    expect(linesWith(command, `The callback of ${account} could not be given back and is still ours`)).toBe(1);
    expect(command.err()).not.toContain('tried again');
  });

  test('is put back on Ctrl-C, and when the run ends by itself', async () => {
    for (const end of ['SIGINT', '--max'] as const) {
      const simulator = await freshSimulator();
      await registerStranger(simulator, account);
      const command = listen(simulator, freshFolder(), '--take-over', ...(end === '--max' ? ['--max', '1'] : []));
      await command.until(() => stands(command, account, 'live'), 'live');
      if (end === '--max')
        await simulator.deviceTexts(account, { deviceIds: [{ id: '1', kind: 'mdn' }], text: 'x' }).settled;
      else command.signal(end);
      expect(await command.exited).toBe(0);
      expect(holder(simulator)).toEqual(before);
    }
  });
});

describe('ThingSpace that goes on sending the credentials of before for a while', () => {
  const send = (simulator: Simulator, count: number) =>
    Promise.all(
      Array.from(
        { length: count },
        (_, index) =>
          simulator.deviceTexts(account, { deviceIds: [{ id: '1', kind: 'mdn' }], text: `text ${index}` }).settled,
      ),
    );
  const texts = (command: RunningCommand) => command.linesOf('message').map((line) => line['text']);

  test('is understood after a take-over: the texts are taken as they come, and no password of another is kept', async () => {
    const simulator = await freshSimulator({ switches: { staleCredentialDeliveries: 8 } });
    await registerStranger(simulator, account);
    const dataDirectory = freshFolder();
    const command = listen(simulator, dataDirectory, '--take-over');
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(new Set(await send(simulator, 12))).toEqual(new Set(['delivered']));
    await command.until(() => texts(command).length === 12, 'the texts');
    const apart = await runCommand(['unverified', '--json'], { dataDirectory });
    expect(apart.command.lines()).toEqual([]);
    for (const name of readdirSync(dataDirectory).filter((file) => file.startsWith('messages')))
      expect(readFileSync(join(dataDirectory, name)).includes(stranger.password)).toBe(false);
    command.signal('SIGTERM');
    await command.exited;
  });

  test('is understood after a restart whose credentials are new', async () => {
    const simulator = await freshSimulator({ switches: { staleCredentialDeliveries: 8 } });
    const dataDirectory = freshFolder();
    const first = listen(simulator, dataDirectory);
    await first.until(() => stands(first, account, 'live'), 'live');
    first.signal('SIGKILL');
    await first.exited;
    const second = listen(simulator, dataDirectory);
    await second.until(() => stands(second, account, 'live'), 'live');
    expect(new Set(await send(simulator, 12))).toEqual(new Set(['delivered']));
    second.signal('SIGTERM');
    await second.exited;
  });
});
