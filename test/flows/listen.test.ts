import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { credentialsOf, type Line, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const accounts = ['0000123456-00001', 'FIELD_DEMO-A'] as const;
const perAccount = 500;

function textsOf(lines: readonly Line[], account: string): readonly string[] {
  return lines.filter((line) => line['account'] === account).map((line) => String(line['text']));
}

function queueTexts(simulator: Simulator): void {
  for (const account of accounts) {
    for (let index = 0; index < perAccount; index += 1) {
      simulator.queueText(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: `queued ${index}` });
    }
  }
}

async function sendTexts(simulator: Simulator): Promise<void> {
  const settled = accounts.flatMap((account) =>
    Array.from(
      { length: perAccount },
      (_, index) =>
        simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: `live ${index}` })
          .settled,
    ),
  );
  await Promise.all(settled);
}

const expected = ['queued', 'live']
  .flatMap((word) => Array.from({ length: perAccount }, (_, index) => `${word} ${index}`))
  .sort();

function startListening(simulator: Simulator, dataDirectory: string, ...rest: readonly string[]): RunningCommand {
  const named = accounts.flatMap((account) => ['--account', account]);
  return startCommand(['listen', ...named, '--json', ...rest], {
    dataDirectory,
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
}

async function storedTexts(dataDirectory: string, account: string): Promise<readonly string[]> {
  const { command } = await runCommand(['messages', '--limit', '0', '--json', '--query', `account:"${account}"`], {
    dataDirectory,
  });
  return textsOf(command.lines(), account);
}

describe('1,000 texts queued before the start and 1,000 sent live, on an account with leading zeros and one that is no number', () => {
  test.each([
    { way: 'by both ways', mode: 'auto', settled: 'live' },
    { way: 'by callbacks alone', mode: 'callback', settled: 'live' },
    { way: 'by polling alone', mode: 'poll', settled: 'polling' },
  ])('each text comes once, $way', async ({ mode, settled }) => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    const dataDirectory = freshFolder();
    queueTexts(simulator);
    const command = startListening(simulator, dataDirectory, '--mode', mode, '--poll-interval', '1');
    await command.until(() => accounts.every((account) => stands(command, account, settled)), `state ${settled}`);
    await sendTexts(simulator);
    await command.until(() => command.linesOf('message').length >= 4 * perAccount, '2,000 texts');
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    for (const account of accounts) {
      expect(textsOf(command.linesOf('message'), account).toSorted()).toEqual(expected);
      expect((await storedTexts(dataDirectory, account)).toSorted()).toEqual(expected);
      expect(simulator.counts(account).queued).toBe(0);
    }
  });
});

describe('kill -9 in the middle', () => {
  test('nothing that was acknowledged is missing and nothing is doubled after the restart', async () => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    const dataDirectory = freshFolder();
    queueTexts(simulator);
    const first = startListening(simulator, dataDirectory);
    await first.until(() => first.linesOf('message').length > 300, 'the first texts');
    const sending = sendTexts(simulator);
    await first.until(() => first.linesOf('message').length > 700, 'more texts');
    first.signal('SIGKILL');
    await first.exited;
    await sending;
    const second = startListening(simulator, dataDirectory);
    await second.until(() => accounts.every((account) => stands(second, account, 'live')), 'live again');
    second.signal('SIGTERM');
    expect(await second.exited).toBe(0);
    for (const account of accounts) expect((await storedTexts(dataDirectory, account)).toSorted()).toEqual(expected);
  });
});

describe('what a run asks of ThingSpace', () => {
  test('it reads who holds the callback, registers, reads back, and only then asks to start callbacks', async () => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    const command = startListening(simulator, freshFolder(), '--mode', 'callback');
    await command.until(() => accounts.every((account) => stands(command, account, 'live')), 'live');
    const asked = simulator.requests().filter((request) => request.path.includes('0000123456-00001'));
    expect(asked.map(({ route }) => route)).toEqual([
      'list-callbacks',
      'list-callbacks',
      'register-callback',
      'list-callbacks',
      'start-callbacks',
    ]);
    const put = asked.at(-1);
    expect(put?.method).toBe('PUT');
    expect(put?.path).toBe('/api/m2m/v1/sms/0000123456-00001/startCallbacks');
    expect(put?.body).toBe('');
    expect(put?.sent).toMatchObject({ authorization: true, sessionToken: true, contentType: 'application/json' });
  });

  test('nothing leaves the queue when it is only looked at', async () => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    queueTexts(simulator);
    const command = startListening(simulator, freshFolder(), '--mode', 'peek');
    await command.until(() => accounts.every((account) => stands(command, account, 'polling')), 'polling');
    await command.until(() => command.linesOf('note').length === accounts.length, 'what waits');
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
    expect(command.linesOf('message')).toEqual([]);
    const text = 'The queue was looked at, and nothing was taken out of it. At least 100 texts wait in it.';
    const notes = Object.fromEntries(command.linesOf('note').map((line) => [line['account'], line['text']]));
    expect(notes).toEqual(Object.fromEntries(accounts.map((account) => [account, text])));
    expect(simulator.counts(accounts[0])).toMatchObject({ queued: perAccount, acknowledged: 0 });
    expect(simulator.requests().filter(({ path }) => path.includes('next='))).toEqual([]);
  });
});

describe('a second signal', () => {
  test('ends it at once, and says what that means', async () => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    const command = startListening(simulator, freshFolder());
    await command.until(() => accounts.every((account) => stands(command, account, 'live')), 'live');
    // Giving the callbacks back takes longer than the half second within which it would be the same Ctrl-C.
    simulator.setSwitches({ latencyMs: 10_000 });
    command.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 800));
    command.signal('SIGTERM');
    expect(await command.exited).toBe(1);
    expect(command.err()).toContain('Ended at once, as asked a second time.');
  });
});

describe('the first lines', () => {
  test('say where it listens, with the pid, and each message has what the contract names', async () => {
    const simulator = await freshSimulator({ accounts: [...accounts] });
    const command = startListening(simulator, freshFolder());
    await command.until(() => stands(command, accounts[0], 'live'), 'live');
    const [listening] = command.linesOf('listening');
    expect(listening).toMatchObject({ pid: command.pid, port: expect.any(Number) });
    expect(listening?.['publicOrigin']).toBe(`http://127.0.0.1:${String(listening?.['port'])}`);
    await simulator.deviceTexts(accounts[0], { deviceIds: [{ id: '0012345', kind: 'MDN' }], text: 'hello' }).settled;
    await command.until(() => command.linesOf('message').length === 1, 'the text');
    expect(command.linesOf('message')[0]).toEqual({
      type: 'message',
      id: expect.any(String),
      account: accounts[0],
      deviceIds: [{ id: '0012345', kind: 'mdn' }],
      text: 'hello',
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      platformTime: null,
      lanes: ['callback'],
    });
  });
});
