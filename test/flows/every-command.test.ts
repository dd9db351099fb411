import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandTable } from '../../main/terminal/command-table.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { storeTexts } from './stored-texts.ts';

const account = '0000123456-00001';
const withoutCredentials = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
const someCredentials = {
  THINGSPACE_APP_KEY: 'a',
  THINGSPACE_APP_SECRET: 'b',
  THINGSPACE_USERNAME: 'c',
  THINGSPACE_PASSWORD: 'd',
};
const noStackTrace = /\n\s+at /;
/** Commands that ask ThingSpace once, with what they need. */
const asking: readonly (readonly string[])[] = [
  ['start', '--account', account],
  ['drain', '--account', account],
  ['callbacks', '--account', account],
  ['send', '--account', account, '--to', 'mdn:7022895555', '--text', 'x'],
  ['doctor', '--account', account],
  ['devices', 'refresh', '--account', account],
];

describe('every command', () => {
  test.each(commandTable.map(({ name }) => name))(
    '%s has help, and refuses what it does not know with 2',
    async (name) => {
      const dataDirectory = freshFolder();
      const help = await runCommand([name, '--help'], { dataDirectory });
      expect(help.code).toBe(0);
      expect(help.command.out.join('\n')).toContain(`thingspace-sms ${name}`);
      expect(help.command.err()).toBe('');
      const wrong = await runCommand([name, '--no-such-option'], { dataDirectory });
      expect(wrong.code).toBe(2);
      expect(wrong.command.out).toEqual([]);
      expect(wrong.command.err()).not.toMatch(noStackTrace);
    },
  );

  test.each(asking)('%s without credentials: exit 3 and the way to give them', async (...args) => {
    const { code, command } = await runCommand(args, {
      dataDirectory: freshFolder(),
      apiBase: 'http://127.0.0.1:9',
      environment: withoutCredentials,
    });
    expect(code).toBe(3);
    expect(command.err() + command.out.join('\n')).toMatch(/login|THINGSPACE_APP_KEY/);
  });

  test.each(asking)('%s without a network: exit 1, in words', async (...args) => {
    const { code, command } = await runCommand(args, {
      dataDirectory: freshFolder(),
      apiBase: 'http://127.0.0.1:9',
      environment: someCredentials,
    });
    expect(code).toBe(1);
    expect(command.err() + command.out.join('\n')).not.toBe('');
    expect(command.err()).not.toMatch(noStackTrace);
  });
});

describe('Ctrl-C', () => {
  test.each([
    ['simulate', ['simulate']],
    ['demo', ['demo', '--no-open', '--json']],
  ])('%s ends with 0', async (_, args) => {
    const command = startCommand(args, { dataDirectory: freshFolder() });
    await command.until(() => command.out.length > 0, 'the first line');
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
  });

  test('twice at once is one: what was accepted is finished and the callback given back', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    command.signal('SIGINT');
    command.signal('SIGINT');
    expect(await command.exited).toBe(0);
    expect(simulator.registrations(account)).toEqual([]);
  });

  test('a second one later ends it at once, though the service hangs', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    simulator.addFault({ route: 'any', kind: 'hang' });
    const asked = Date.now();
    command.signal('SIGINT');
    await expect.poll(() => Date.now() - asked, { interval: 50 }).toBeGreaterThan(600);
    command.signal('SIGINT');
    expect(await command.exited).toBe(1);
    expect(Date.now() - asked).toBeLessThan(2500);
  });
});

/** Commands that print what is stored or known, with what they need. */
const printing: readonly (readonly string[])[] = [
  ['messages', '--limit', '0', '--json'],
  ['export', '--format', 'csv'],
  ['status', '--json'],
  ['doctor', '--json'],
  ['wait', '--since', '400d', '--timeout', '5', '--json'],
  ['completion', 'bash'],
  ['--version'],
];

/** Starts a command with its output in a file or pipe of the test's own. */
function runInto(target: number | 'pipe', args: readonly string[], dataDirectory: string) {
  const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
  const environment = { PATH: process.env['PATH'], HOME: dataDirectory, THINGSPACE_API_BASE: 'http://127.0.0.1:9' };
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...environment, ...someCredentials, THINGSPACE_SMS_DATA_DIR: dataDirectory },
    stdio: ['ignore', target, 'pipe'],
  });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    err += String(chunk);
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, exited, err: () => err };
}

describe.each(printing.map((args) => [args.join(' '), args] as const))('%s', (_, args) => {
  test('ends quietly when its reader goes away', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(dataDirectory, [{ text: 'a text', receivedAt: Date.now() }]);
    const { child, exited, err } = runInto('pipe', args, dataDirectory);
    child.stdout?.destroy();
    // Where nothing was lost that anybody waited for, it is no failure; what it looked at may have been one.
    expect([0, 1]).toContain(await exited);
    expect(err()).not.toMatch(noStackTrace);
    expect(err()).not.toContain('EPIPE');
  });

  test.skipIf(!existsSync('/dev/full'))('says in words that the disk behind its output is full, with 1', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(dataDirectory, [{ text: 'a text', receivedAt: Date.now() }]);
    const full = openSync('/dev/full', 'w');
    const { exited, err } = runInto(full, args, dataDirectory);
    expect(await exited).toBe(1);
    closeSync(full);
    expect(err()).toContain('disk is full');
    expect(err()).not.toMatch(noStackTrace);
  });
});

describe('a reader that goes away', () => {
  test('listen gives the callback back and ends with 0', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    command.child.stdout?.destroy();
    void simulator.deviceTexts(account, { deviceIds: [{ kind: 'mdn', id: '1' }], text: 'nobody reads this' });
    expect(await command.exited).toBe(0);
    expect(simulator.registrations(account)).toEqual([]);
  });
});
