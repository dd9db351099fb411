import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { hops } from '../../preload/contract/examination.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

function surroundingsOf(simulator: Simulator, dataDirectory = freshFolder()) {
  return { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
}

function outcomes(command: RunningCommand): Readonly<Record<string, unknown>> {
  return Object.fromEntries(command.linesOf('check').map((line) => [line['hop'], line['outcome']]));
}

function countOf(simulator: Simulator, route: string): number {
  return simulator.requests().filter((request) => request.route === route).length;
}

/** A proxy that lets nobody through. */
async function refusingProxy(): Promise<string> {
  const server = createServer();
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('doctor', () => {
  test('looks at each hop in order, signs in once and changes nothing', async () => {
    const simulator = await freshSimulator();
    simulator.queueText(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'waits' });
    const before = simulator.counts(account);
    const { code, command } = await runCommand(['doctor', '--account', account, '--json'], surroundingsOf(simulator));
    expect(command.linesOf('check').map((line) => line['hop'])).toEqual(hops);
    expect(outcomes(command)).toMatchObject({
      clock: 'pass',
      tls: 'pass',
      session: 'pass',
      account: 'pass',
      queue: 'pass',
    });
    expect(outcomes(command)).toMatchObject({
      listener: 'not-tried',
      tunnel: 'not-tried',
      'public-probe': 'not-tried',
    });
    expect(command.linesOf('doctor')).toEqual([{ type: 'doctor', firstFailure: null }]);
    expect(code).toBe(0);
    expect(countOf(simulator, 'login')).toBe(1);
    expect(simulator.counts(account)).toEqual(before);
    expect(simulator.registrations(account)).toEqual([]);
    const asked = simulator.requests().map(({ method, route }) => `${method} ${route}`);
    expect(asked.filter((request) => /register|start-callbacks|send/.test(request))).toEqual([]);
    expect(simulator.requests().filter(({ path }) => path.includes('next='))).toEqual([]);
  });

  test('asks the owner for what it knows, without another login', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until(() => stands(listening, account, 'live'), 'live');
    const { code, command } = await runCommand(['doctor', '--json'], surroundings);
    expect(outcomes(command)).toEqual(Object.fromEntries(hops.map((hop) => [hop, 'pass'])));
    const named = command.linesOf('check').filter((check) => check['account'] !== null);
    expect(named.map((check) => [check['hop'], check['account']])).toEqual(
      ['account', 'registration', 'queue'].map((hop) => [hop, 'account 1']),
    );
    expect(code).toBe(0);
    expect(countOf(simulator, 'login')).toBe(1);
  });

  test('a refused password: named as the first failure, exit 3, and what comes after is not tried', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const environment = { ...surroundings.environment, THINGSPACE_PASSWORD: 'wrong' };
    const { code, command } = await runCommand(['doctor', '--account', account, '--json'], {
      ...surroundings,
      environment,
    });
    expect(command.linesOf('doctor')).toMatchObject([{ firstFailure: 'session' }]);
    expect(outcomes(command)).toMatchObject({
      oauth: 'pass',
      session: 'fail',
      account: 'not-tried',
      queue: 'not-tried',
    });
    expect(JSON.stringify(command.lines())).toContain(
      'They come from the environment: correct the THINGSPACE_ variables',
    );
    expect(JSON.stringify(command.lines())).not.toContain('thingspace-sms login');
    expect(code).toBe(3);
    expect(countOf(simulator, 'login')).toBe(1);
  });

  test('a refused application key, an account that is not there, and a callback that another holds', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const wrongKey = await runCommand(['doctor', '--json'], {
      ...surroundings,
      environment: { ...surroundings.environment, THINGSPACE_APP_SECRET: 'wrong' },
    });
    expect(wrongKey.command.linesOf('doctor')).toMatchObject([{ firstFailure: 'oauth' }]);
    expect(countOf(simulator, 'login')).toBe(0);
    const stranger = await runCommand(['doctor', '--account', '123456-00001', '--json'], surroundings);
    expect(stranger.command.linesOf('doctor')).toMatchObject([{ firstFailure: 'account' }]);
    expect(stranger.code).toBe(1);
  });

  test('without a network: the connection fails, and nothing that needs it is tried', async () => {
    const { code, command } = await runCommand(['doctor', '--account', account, '--json'], {
      dataDirectory: freshFolder(),
      apiBase: 'http://127.0.0.1:9',
      environment: {
        THINGSPACE_APP_KEY: 'a',
        THINGSPACE_APP_SECRET: 'b',
        THINGSPACE_USERNAME: 'c',
        THINGSPACE_PASSWORD: 'd',
      },
    });
    expect(command.linesOf('doctor')).toMatchObject([{ firstFailure: 'tls' }]);
    expect(outcomes(command)).toMatchObject({ dns: 'pass', oauth: 'not-tried', clock: 'not-tried' });
    expect(code).toBe(1);
  });

  test('signs in no second time, though what it has ends meanwhile', async () => {
    for (const route of ['account', 'list-callbacks', 'history'] as const) {
      const simulator = await freshSimulator();
      simulator.addFault({ route, kind: 'unauthorized', times: 1 });
      const { code, command } = await runCommand(['doctor', '--account', account, '--json'], surroundingsOf(simulator));
      expect(countOf(simulator, 'login')).toBe(1);
      expect(code).toBe(1);
      expect(command.linesOf('doctor')[0]?.['firstFailure']).not.toBeNull();
    }
  });

  test('goes by the proxy that the app goes by', async () => {
    const { code, command } = await runCommand(['doctor', '--account', account, '--json'], {
      dataDirectory: freshFolder(),
      apiBase: 'https://thingspace.invalid',
      environment: {
        HTTPS_PROXY: await refusingProxy(),
        THINGSPACE_APP_KEY: 'a',
        THINGSPACE_APP_SECRET: 'b',
        THINGSPACE_USERNAME: 'c',
        THINGSPACE_PASSWORD: 'd',
      },
    });
    // The name, which there is not, is for the proxy to find.
    expect(command.linesOf('doctor')).toMatchObject([{ firstFailure: 'tls' }]);
    expect(code).toBe(1);
  });

  test('writes a report of all it knows, with nothing private, for its user alone', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until(() => stands(listening, account, 'live'), 'live');
    await simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'private words' })
      .settled;
    const path = join(surroundings.dataDirectory, 'report.txt');
    const { code, command } = await runCommand(['doctor', '--report', path], surroundings);
    expect(code).toBe(0);
    expect(command.err()).toContain(path);
    const report = readFileSync(path, 'utf8');
    for (const part of ['problem report', 'hops\n', 'queue, account 1: pass', 'log\n', 'signed-in', 'node 24'])
      expect(report).toContain(part);
    const { appKey, appSecret, username, password } = simulator.credentials;
    for (const word of [account, '7022895555', 'private words', '127.0.0.1', appKey, appSecret, username, password])
      expect(report).not.toContain(word);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const nowhere = await runCommand(['doctor', '--report', join(path, 'x')], surroundings);
    expect(nowhere.code).toBe(1);
    expect(nowhere.command.err()).toContain('cannot be written');
  });

  test('nothing private is in what it prints', async () => {
    const simulator = await freshSimulator();
    const surroundings = surroundingsOf(simulator);
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until(() => stands(listening, account, 'live'), 'live');
    for (const args of [['doctor'], ['doctor', '--account', '123456-00001'], ['doctor', '--json']]) {
      const { command } = await runCommand(args, surroundings);
      const printed = command.out.join('\n') + command.err();
      const { appKey, appSecret, username, password } = simulator.credentials;
      for (const word of [account, '123456-00001', appKey, appSecret, username, password, surroundings.dataDirectory])
        expect(printed).not.toContain(word);
    }
  });

  test('a data folder that cannot be used is what fails', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    const { code, command } = await runCommand(['doctor', '--data-dir', join(folder, 'file'), '--json'], {
      dataDirectory: folder,
    });
    expect(command.linesOf('doctor')).toMatchObject([{ firstFailure: 'data-dir' }]);
    expect(code).toBe(1);
    expect(command.linesOf('check').map((line) => line['hop'])).toEqual(hops);
    expect(command.out.join()).not.toContain(folder);
  });

  test('a report is made also where the data folder cannot be used, with that as what was found', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'report.txt');
    const args = ['doctor', '--data-dir', join(folder, 'file'), '--report', path];
    const { code, command } = await runCommand(args, { dataDirectory: folder });
    expect(code).toBe(1);
    expect(command.err()).toContain(path);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines).toEqual(expect.arrayContaining(['  node: pass', '  data-dir: fail', '  queue: not-tried']));
    expect(lines).toContain('the data folder could not be opened');
    expect(lines.join()).toMatch(/app \d+\.\d+\.\d+/);
    expect(lines.join()).not.toContain(folder);
  });
});
