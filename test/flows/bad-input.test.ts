import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const listen = ['listen', '--account', account];
const send = ['send', '--account', account, '--to', 'mdn:7022895555'];
const noStackTrace = /\n\s+at .*\.ts:\d+/;

async function takenPort(): Promise<number> {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void blocker.close());
  const address = blocker.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('wrong usage ends with 2, before anything is sent', () => {
  test.each([
    { args: ['listen'], says: '--account' },
    { args: ['listen', '--account', 'a/b'], says: 'no slash' },
    { args: ['listen', '--account', account, '--mode', 'peek', '--max', '2'], says: '--mode peek takes none' },
    { args: ['listen', '--account', account, '--mode', 'often'], says: 'auto, callback, poll, peek' },
    {
      args: ['listen', '--account', account, '--public-url', 'https://sms.example.com:8443'],
      says: 'does not call port 8443',
    },
    { args: ['listen', '--account', account, '--public-url', 'http://sms.example.com:9001'], says: 'only on port 80' },
    { args: ['listen', '--account', account, '--public-url', 'https://192.168.1.20'], says: 'calls from outside' },
    { args: ['listen', '--account', account, '--public-url', 'ftp://sms.example.com'], says: 'https' },
    { args: [...listen, '--public-url', 'https://user:pw@x.example/'], says: /^(?!.*pw).*no URL/ },
    { args: [...listen, '--public-url', 'https://user:p/w@x.example/'], says: /^(?!.*p\/w).*no URL/ },
    { args: [...listen, '--forward-to', 'ftp://user:pw@x.example/'], says: /^(?!.*pw).*no http or https URL/ },
    { args: [...listen, '--api-base', 'https://user:pw@ x/'], says: /^(?!.*pw).*no URL/ },
    { args: [...send, '--text', 'x'.repeat(161)], says: 'takes 161 places' },
    { args: [...send, '--text', 'ж', '--encoding', '7-bit'], says: '7-bit does not hold the character "ж"' },
    { args: [...send, '--text', 'x', '--wait-reply', '9', '--expect', '/(/'], says: 'missing closing ): `(`.' },
    { args: ['listen', '--account', account, '--tunnel', 'teleport'], says: 'teleport' },
    { args: ['listen', '--account', account, '--max', 'many'], says: '--max' },
    { args: ['listen', '--account', account, '--nonsense'], says: 'nonsense' },
    { args: ['send', '--account', account, '--to', '7022895555', '--text', 'x'], says: 'KIND:ID' },
    { args: ['send', '--account', account, '--to', 'mdm:7022895555', '--text', 'x'], says: 'kinds are imei, meid' },
    {
      args: ['messages', '--limit', '-1'],
      says: /^--limit takes a whole number of at least 0, not "-1"\.\n$/,
    },
    { args: ['simulate', '--port', '-1'], says: /^--port takes a whole number from 0 to 65535, not "-1"\.\n$/ },
    {
      args: ['messages', '--query', '--hello'],
      says: /^--query needs a value\. Where that begins with two dashes, write --query=--hello\n$/,
    },
    { args: ['wait', '--since', 'yesterday-ish'], says: '--since' },
    { args: ['accounts', 'add'], says: 'accounts add NAME' },
    { args: ['demmo'], says: 'demo' },
    { args: ['start', '--account', account, '--api-base', 'http://thingspace.verizon.com'], says: 'https' },
  ])('$args', async ({ args, says }) => {
    const { code, command } = await runCommand(args, { dataDirectory: freshFolder() });
    expect(command.err()).toMatch(says);
    expect({ code, out: command.out }).toEqual({ code: 2, out: [] });
  });

  test('half of the credentials in the environment', async () => {
    const { code, command } = await runCommand(['start', '--account', account], {
      dataDirectory: freshFolder(),
      environment: { THINGSPACE_APP_KEY: 'k' },
    });
    expect(code).toBe(2);
    expect(command.err()).toContain('THINGSPACE_PASSWORD');
  });
});

describe('what is refused is told in words', () => {
  test('no credentials at all: exit 3, the way to give them, and no request', async () => {
    const simulator = await freshSimulator();
    const { code, command } = await runCommand(['listen', '--account', account], {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    });
    expect(code).toBe(3);
    expect(command.err()).toMatch(/THINGSPACE_APP_KEY|login/);
    expect(command.err()).not.toMatch(noStackTrace);
    expect(simulator.requests()).toEqual([]);
  });

  test('wrong password: exit 3, once for each of two runs, and the third run asks nothing', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const surroundings = {
      dataDirectory,
      apiBase: simulator.origin,
      environment: { ...credentialsOf(simulator), THINGSPACE_PASSWORD: 'wrong' },
    };
    for (let run = 0; run < 3; run += 1) {
      const { code, command } = await runCommand(['listen', '--account', account], surroundings);
      expect(code).toBe(3);
      expect(command.err()).not.toMatch(noStackTrace);
      expect(command.err()).toContain('They come from the environment: correct the THINGSPACE_ variables there');
    }
    expect(simulator.requests().filter(({ route }) => route === 'login')).toHaveLength(2);
    expect(simulator.isLocked()).toBe(false);
  });

  test('an account that ThingSpace does not know: what it means, and the service’s own words', async () => {
    const simulator = await freshSimulator();
    const { code, command } = await runCommand(['start', '--account', '123456-00001'], {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    expect(code).toBe(1);
    expect(command.err()).toContain('leading zeros');
    expect(command.err()).toContain('AccountNotFound');
  });

  test('the simulator’s port is taken: it is named, and is no error of this program', async () => {
    const port = await takenPort();
    const { code, command } = await runCommand(['simulate', '--port', String(port)], { dataDirectory: freshFolder() });
    expect(command.err()).toBe(
      `Port ${port} is in use by another program. Choose another port, or none to take a free one.\n`,
    );
    expect({ code, out: command.out }).toEqual({ code: 1, out: [] });
  });

  test('the listener’s port is taken: it is named, and freed it is used', async () => {
    const simulator = await freshSimulator();
    const port = await takenPort();
    const command = startCommand(
      [
        'listen',
        '--account',
        account,
        '--json',
        '--mode',
        'callback',
        '--port',
        String(port),
        '--public-url',
        'http://127.0.0.1:9003',
      ],
      { dataDirectory: freshFolder(), apiBase: simulator.origin, environment: credentialsOf(simulator) },
    );
    await command.until(
      () =>
        command
          .linesOf('problem')
          .some((line) => line['code'] === 'listener-failed' && String(line['message']).includes(String(port))),
      'listener-failed',
    );
  });

  test('a second listen on the same data directory: exit 1, and the first is named by pid', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const first = startCommand(['listen', '--account', account, '--json'], surroundings);
    await first.until(() => stands(first, account, 'live'), 'live');
    const { code, command } = await runCommand(['listen', '--account', account], surroundings);
    expect(code).toBe(1);
    expect(command.err()).toContain(String(first.pid));
  });

  test('settings that cannot be read are kept aside, and the run goes on', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    writeFileSync(join(dataDirectory, 'settings.json'), '{"version": 1, "accounts": [');
    const command = startCommand(['listen', '--account', account, '--json'], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(command.linesOf('problem')).toMatchObject([{ code: 'settings-set-aside' }]);
  });

  test('a store that cannot be read is kept aside, and the run goes on', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    writeFileSync(join(dataDirectory, 'messages.db'), 'this is no database, whatever its name says '.repeat(200));
    const command = startCommand(['listen', '--account', account, '--json'], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(command.linesOf('problem')).toMatchObject([{ code: 'store-set-aside' }]);
  });

  test('a command that only asks tells of what it kept aside, and it stands in the timeline', async () => {
    const dataDirectory = freshFolder();
    writeFileSync(join(dataDirectory, 'settings.json'), 'no settings');
    writeFileSync(join(dataDirectory, 'messages.db'), 'no database');
    const { code, command } = await runCommand(['messages', '--json'], { dataDirectory });
    expect({ code, out: command.out }).toEqual({ code: 0, out: [] });
    expect(command.err()).toContain('The message store could not be read. It is kept as');
    expect(command.err()).toContain('The settings could not be read. They are kept as');
    const later = await runCommand(['timeline', '--json'], { dataDirectory });
    expect(later.command.err()).toBe('');
    expect(later.command.lines()).toMatchObject([{ kind: 'problem' }, { kind: 'problem' }]);
  });

  test('that no text is stored, or none matches, is said to people alone', async () => {
    const dataDirectory = freshFolder();
    const none = await runCommand(['messages'], { dataDirectory });
    expect({ code: none.code, out: none.command.out }).toEqual({ code: 0, out: [] });
    expect(none.command.err()).toContain('900060005010');
    const unmatched = await runCommand(['messages', '--json', '--query', 'door'], { dataDirectory });
    expect({ code: unmatched.code, out: unmatched.command.out }).toEqual({ code: 0, out: [] });
    expect(unmatched.command.err()).toBe('No stored text matches: door\n');
  });

  test('conditions of a search that are none are told, and the rest goes on', async () => {
    const { code, command } = await runCommand(
      ['messages', '--json', '--query', 'is:foo -via:"x y" after:2026-02-30 is:read after:2h http://a b:c'],
      { dataDirectory: freshFolder() },
    );
    const none = ['is:foo', '-via:"x y"', 'after:2026-02-30'];
    expect(command.err().split('\n')).toEqual([
      ...none.map((written) => `"${written}" is no condition of a search: it is looked for as plain words.`),
      expect.stringMatching(/^No stored text matches: /),
      '',
    ]);
    expect({ code, out: command.out }).toEqual({ code: 0, out: [] });
  });

  test('a data directory that is no directory', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    const { code, command } = await runCommand(['messages', '--data-dir', join(folder, 'file')], {
      dataDirectory: folder,
    });
    expect(code).toBe(1);
    expect(command.err()).toContain('--data-dir');
    expect(command.err()).not.toMatch(noStackTrace);
    const listening = await runCommand(['listen', '--account', account, '--json'], {
      dataDirectory: join(folder, 'file'),
      environment: {
        THINGSPACE_APP_KEY: 'a',
        THINGSPACE_APP_SECRET: 'b',
        THINGSPACE_USERNAME: 'c',
        THINGSPACE_PASSWORD: 'd',
      },
    });
    expect(listening.code).toBe(1);
    expect(listening.command.lines()).toMatchObject([{ type: 'problem', code: 'storage-failed' }]);
    expect(listening.command.err()).toBe(command.err());
  });

  test('the service is not there: the account says so and goes on trying', async () => {
    const command = startCommand(['listen', '--account', account, '--json'], {
      dataDirectory: freshFolder(),
      apiBase: 'http://127.0.0.1:9',
      environment: {
        THINGSPACE_APP_KEY: 'a',
        THINGSPACE_APP_SECRET: 'b',
        THINGSPACE_USERNAME: 'c',
        THINGSPACE_PASSWORD: 'd',
      },
    });
    await command.until(() => command.linesOf('problem').some((line) => line['code'] === 'network'), 'network');
    expect(stands(command, account, 'starting')).toBe(true);
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
  });
});

describe('stopping', () => {
  test('ends within 5 s though the service hangs, and the next start restores what was registered', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    simulator.addFault({ route: 'any', kind: 'hang' });
    const asked = Date.now();
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5000);
    simulator.clearFaults();
    expect(simulator.registrations(account)).toHaveLength(1);
    const next = startCommand(['listen', '--account', 'FIELD_DEMO-A', '--json'], surroundings);
    await expect.poll(() => simulator.registrations(account), { timeout: 15_000 }).toEqual([]);
    next.signal('SIGTERM');
    await next.exited;
  });
});
