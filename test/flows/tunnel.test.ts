import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectToOwner } from '../../main/adapters/owner.ts';
import { beganAt } from '../../main/adapters/tunnel/processes.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import type { TunnelChoice } from '../../preload/contract/tunnel.ts';
import { freeCallbackPort } from '../adapters/tunnel/place.ts';
import { startSshd, type TestSshd } from '../adapters/tunnel/sshd.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const proxy = join(import.meta.dirname, '..', 'adapters', 'tunnel', 'stand-ins', 'rotating-proxy.ts');

function listen(simulator: Simulator, dataDirectory: string, ...rest: readonly string[]): RunningCommand {
  return startCommand(['listen', '--account', account, '--json', ...rest], {
    dataDirectory,
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
}

function options(given: Readonly<Record<string, string | number>>): readonly string[] {
  return Object.entries(given).flatMap(([key, value]) => ['--tunnel-option', `${key}=${value}`]);
}

function throughSshd(
  sshd: TestSshd,
  remotePort: number,
  change: Readonly<Record<string, string>> = {},
): readonly string[] {
  const { port, user, keyFile } = sshd;
  return ['--tunnel', 'ssh', ...options({ host: '127.0.0.1', port, user, keyFile, remotePort, ...change })];
}

/** How often our URL was registered. */
function registrations(simulator: Simulator): number {
  return simulator.requests().filter(({ route, status }) => route === 'register-callback' && status === 200).length;
}

function send(simulator: Simulator, word: string, count: number): readonly Promise<unknown>[] {
  return Array.from(
    { length: count },
    (_, index) =>
      simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: `${word} ${index}` })
        .settled,
  );
}

function texts(word: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index}`);
}

function printed(command: RunningCommand): readonly string[] {
  return command
    .linesOf('message')
    .map((line) => String(line['text']))
    .toSorted();
}

async function stored(dataDirectory: string): Promise<readonly string[]> {
  const { command } = await runCommand(['messages', '--limit', '0', '--json'], { dataDirectory });
  return printed(command);
}

function tunnelProblems(command: RunningCommand): string {
  return command
    .linesOf('problem')
    .filter((line) => line['code'] === 'tunnel-failed')
    .map((line) => String(line['message']))
    .join('\n');
}

describe('through an SSH server', () => {
  test('texts come by callback; the server stops and starts, the connection is cut, and nothing is lost', async () => {
    const [simulator, sshd, remotePort] = [await freshSimulator(), await startSshd(), await freeCallbackPort()];
    const dataDirectory = freshFolder();
    const command = listen(simulator, dataDirectory, ...throughSshd(sshd, remotePort));
    await command.until(() => stands(command, account, 'live'), 'live');
    expect(command.linesOf('listening')).toMatchObject([{ publicOrigin: `http://127.0.0.1:${remotePort}` }]);
    expect(command.linesOf('note').some((line) => String(line['text']).includes(sshd.fingerprint()))).toBe(true);
    await Promise.all(send(simulator, 'calm', 200));
    expect(command.linesOf('message').every((line) => String(line['lanes']) === 'callback')).toBe(true);

    const before = command.linesOf('account').length;
    await sshd.stop();
    await command.until(() => command.linesOf('account').length > before, 'a state that says so');
    await command.until(() => stands(command, account, 'degraded') || stands(command, account, 'starting'), 'not live');
    const sent = send(simulator, 'down', 100);
    await command.until(() => tunnelProblems(command).includes('It is tried again'), 'the words');
    const status = async (): Promise<string> =>
      (await runCommand(['status', '--json'], { dataDirectory })).command.out.join('\n');
    await expect.poll(status, { timeout: 15_000 }).toContain('No SSH server answers');
    await sshd.start();
    await command.until(() => stands(command, account, 'live'), 'live again');
    await Promise.all(sent);
    await command.until(() => command.linesOf('message').length === 300, 'what came meanwhile');

    const flood = send(simulator, 'cut', 300);
    sshd.cut();
    await Promise.all(flood);
    await command.until(() => command.linesOf('message').length === 600, 'what came during the cut');
    await command.until(() => stands(command, account, 'live'), 'live after the cut');
    // The name stayed the same, so what was registered did too.
    expect(registrations(simulator)).toBe(1);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    const expected = [...texts('calm', 200), ...texts('down', 100), ...texts('cut', 300)].toSorted();
    expect(printed(command)).toEqual(expected);
    expect(await stored(dataDirectory)).toEqual(expected);
    expect(simulator.registrations(account)).toEqual([]);
  });

  test.each([
    { wrong: 'a host key that changed', mode: 'callback', state: 'needs-you', says: 'another host key than before' },
    { wrong: 'a key that is refused', mode: 'callback', state: 'needs-you', says: 'does not accept the key' },
    { wrong: 'a port that is taken', mode: 'callback', state: 'starting', says: 'is taken' },
    { wrong: 'a key that is refused', mode: 'auto', state: 'degraded', says: 'does not accept the key' },
  ])('$wrong, in $mode: $state, with what to do, and nothing is registered', async ({ wrong, mode, state, says }) => {
    const [simulator, sshd, remotePort] = [await freshSimulator(), await startSshd(), await freeCallbackPort()];
    const dataDirectory = freshFolder();
    if (wrong === 'a host key that changed') {
      const value = { [`127.0.0.1:${sshd.port}`]: 'SHA256:of-another-server' };
      writeFileSync(join(dataDirectory, 'known-hosts.json'), JSON.stringify({ version: 1, value }));
    }
    if (wrong === 'a port that is taken') {
      const blocker = createServer();
      await new Promise<void>((resolve) => blocker.listen(remotePort, '127.0.0.1', resolve));
      onTestFinished(() => void blocker.close());
    }
    const change = wrong === 'a key that is refused' ? { keyFile: sshd.strangeKeyFile } : {};
    const command = listen(simulator, dataDirectory, '--mode', mode, ...throughSshd(sshd, remotePort, change));
    await command.until(() => tunnelProblems(command).includes(says), says);
    await command.until(() => stands(command, account, state), state);
    expect(registrations(simulator)).toBe(0);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
  });
});

describe('through a tunnel that changes its address', () => {
  async function startRotating(): Promise<{
    readonly simulator: Simulator;
    readonly dataDirectory: string;
    readonly command: RunningCommand;
    readonly rotate: () => Promise<void>;
  }> {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const pidFile = join(dataDirectory, 'proxy-pid');
    const line = `${process.execPath} ${proxy} {port} ${pidFile}`;
    const command = listen(simulator, dataDirectory, '--tunnel', 'command', ...options({ command: line }));
    await command.until(() => stands(command, account, 'live'), 'live');
    const origins = (): readonly string[] => command.linesOf('listening').map((entry) => String(entry['publicOrigin']));
    async function rotate(): Promise<void> {
      const before = origins().length;
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGUSR2');
      await command.until(() => origins().length > before, 'another address');
    }
    return { simulator, dataDirectory, command, rotate };
  }

  const isRegistered = ({
    simulator,
    command,
  }: Pick<Awaited<ReturnType<typeof startRotating>>, 'simulator' | 'command'>) => {
    const origin = String(command.linesOf('listening').at(-1)?.['publicOrigin']);
    return simulator.registrations(account).some(({ url }) => url.startsWith(`${origin}/`));
  };

  test('mid-flood, nothing is lost, nothing is doubled, and each address is registered at most once', async () => {
    const { simulator, dataDirectory, command, rotate } = await startRotating();
    const sent: Promise<unknown>[] = [];
    for (let round = 0; round < 5; round += 1) {
      sent.push(...send(simulator, `round${round}`, 200));
      await rotate();
    }
    await Promise.all(sent);
    await command.until(() => command.linesOf('message').length >= 1000, '1,000 texts');
    await expect.poll(() => isRegistered({ simulator, command }), { timeout: 15_000 }).toBe(true);
    expect(registrations(simulator)).toBeLessThanOrEqual(6);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    const expected = Array.from({ length: 5 }, (_, round) => texts(`round${round}`, 200))
      .flat()
      .toSorted();
    expect(printed(command)).toEqual(expected);
    expect(await stored(dataDirectory)).toEqual(expected);
    const { total, delivered, acknowledged, queued } = simulator.counts(account);
    expect({ total, settled: delivered + acknowledged, queued }).toEqual({ total: 1000, settled: 1000, queued: 0 });
  });

  test('50 times under load, each registered within its time', { timeout: 120_000 }, async () => {
    const { simulator, dataDirectory, command, rotate } = await startRotating();
    const sent: Promise<unknown>[] = [];
    const began = Date.now();
    for (let round = 0; round < 50; round += 1) {
      sent.push(...send(simulator, `turn${round}`, 20));
      await rotate();
      await expect.poll(() => isRegistered({ simulator, command }), { timeout: 10_000, interval: 10 }).toBe(true);
    }
    expect(Date.now() - began).toBeLessThan(60_000);
    await Promise.all(sent);
    await command.until(() => command.linesOf('message').length >= 1000, '1,000 texts');
    expect(registrations(simulator)).toBeLessThanOrEqual(51);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    const expected = Array.from({ length: 50 }, (_, round) => texts(`turn${round}`, 20))
      .flat()
      .toSorted();
    expect(printed(command)).toEqual(expected);
    expect(await stored(dataDirectory)).toEqual(expected);
  });
});

describe('another choice in the settings, while it runs', () => {
  test('opens the way in anew: the tunnel comes and goes, and texts come all along', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const pidFile = join(dataDirectory, 'proxy-pid');
    const command = listen(simulator, dataDirectory);
    await command.until(() => stands(command, account, 'live'), 'live');
    const owner = await connectToOwner(dataDirectory);
    if (!owner) throw new Error('the run does not answer');
    onTestFinished(() => owner.close());
    const origin = (): string => String(command.linesOf('listening').at(-1)?.['publicOrigin']);
    const registered = (): boolean =>
      simulator.registrations(account).some(({ url }) => url.startsWith(`${origin()}/`));
    const choose = async (tunnel: TunnelChoice): Promise<void> => {
      const before = command.linesOf('listening').length;
      expect(await owner.call('settings.change', { tunnel })).toMatchObject({ ok: true });
      await command.until(() => command.linesOf('listening').length > before, 'another way in');
      await expect.poll(registered, { timeout: 10_000 }).toBe(true);
      await command.until(() => stands(command, account, 'live'), 'live again');
    };
    const line = `${process.execPath} ${proxy} {port} ${pidFile}`;
    await choose({ kind: 'command', command: line, pattern: null, publicUrl: null });
    expect(origin()).toMatch(/:282\d\d$/);
    await Promise.all(send(simulator, 'through', 50));
    await choose({ kind: 'none' });
    expect(origin()).toMatch(/:(?:900[1-6]|5055\d)$/);
    expect(beganAt(Number(readFileSync(pidFile, 'utf8')), {})).toBeNull();
    await Promise.all(send(simulator, 'without', 50));
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(printed(command)).toEqual([...texts('through', 50), ...texts('without', 50)].toSorted());
  });
});

describe('an address that ThingSpace would not call', () => {
  test('is refused before anything is sent when it is known beforehand', async () => {
    const simulator = await freshSimulator();
    const given = options({ command: 'mine {port}', publicUrl: 'https://sms.example.com:8443' });
    const { code, command } = await runCommand(['listen', '--account', account, '--tunnel', 'command', ...given], {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    expect(code).toBe(2);
    expect(command.err()).toContain('does not call port 8443');
    expect(simulator.requests()).toEqual([]);
  });

  test('is refused before it is registered when the tunnel opens it, and the tunnel is closed', async () => {
    const simulator = await freshSimulator();
    const line = `${process.execPath} -e "console.log('https://mine.example.com:4711'); setInterval(() => 0, 1000)"`;
    const command = listen(
      simulator,
      freshFolder(),
      '--mode',
      'callback',
      '--tunnel',
      'command',
      ...options({ command: line }),
    );
    await command.until(() => command.linesOf('problem').length > 0, 'the problem');
    expect(stands(command, account, 'needs-you')).toBe(true);
    const [problem] = command.linesOf('problem');
    expect(problem).toMatchObject({
      code: 'public-url-refused',
      message: expect.stringContaining('does not call port 4711'),
    });
    expect(registrations(simulator)).toBe(0);
  });

  test('`--public-url` stands in the place of a tunnel', async () => {
    const simulator = await freshSimulator();
    const command = listen(
      simulator,
      freshFolder(),
      '--tunnel',
      'cloudflared',
      '--public-url',
      'http://127.0.0.1:9003',
      '--mode',
      'callback',
    );
    await command.until(() => command.linesOf('listening').length > 0, 'listening');
    expect(command.linesOf('listening')).toMatchObject([{ publicOrigin: 'http://127.0.0.1:9003' }]);
  });
});
