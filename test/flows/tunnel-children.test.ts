import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freeCallbackPort } from '../adapters/tunnel/place.ts';
import { type CommandSurroundings, credentialsOf, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { canary, findSecrets } from './secret-search.ts';

const account = '0000123456-00001';
const standIn = join(import.meta.dirname, '..', 'adapters', 'tunnel', 'stand-ins', 'stand-in.ts');

/** Long enough to be found nowhere by chance. */
const longCredentials = {
  appKey: canary('key'),
  appSecret: canary('secret'),
  username: canary('user'),
  password: canary('password'),
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The whole app with a tunnel's program that reports what it was given, and starts a process of its own. */
async function throughProgram(extra: NodeJS.ProcessEnv = {}) {
  const simulator = await freshSimulator({ credentials: longCredentials });
  const [folder, port] = [freshFolder(), await freeCallbackPort()];
  const [report, pidFile] = [join(folder, 'report.json'), join(folder, 'pid')];
  const script = JSON.stringify([{ report }, { spawn: pidFile }, { print: 'open: http://127.0.0.1:{port}' }]);
  const surroundings: CommandSurroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: { ...credentialsOf(simulator), ...extra },
  };
  const tunnel = `command=${process.execPath} ${standIn} '${script}' {port}`;
  const run = (...rest: readonly string[]) =>
    startCommand(['listen', '--account', account, '--json', ...rest], surroundings);
  const command = run('--port', String(port), '--tunnel', 'command', '--tunnel-option', tunnel, '--mode', 'callback');
  await command.until(() => stands(command, account, 'live'), 'live');
  const child = Number(readFileSync(pidFile, 'utf8'));
  onTestFinished(() => {
    if (isRunning(child)) process.kill(child, 'SIGKILL');
  });
  return { simulator, command, run, report, child };
}

describe('the program of a tunnel', () => {
  test('sees no secret of ours, neither in its arguments nor in its environment', async () => {
    const tunnelSecret = 'a-tunnel-secret-of-this-test';
    const { simulator, command, report } = await throughProgram({
      THINGSPACE_TUNNEL_SECRET: tunnelSecret,
      THINGSPACE_FORWARD_SECRET: 'whsec_YS1mb3J3YXJkLXNlY3JldC1vZi10aGlz',
    });
    const [registration] = simulator.registrations(account);
    const secrets = {
      ...simulator.credentials,
      tunnelSecret,
      forwardSecret: 'whsec_YS1mb3J3YXJkLXNlY3JldC1vZi10aGlz',
      callbackPassword: registration?.password ?? '',
      secretPath: registration?.url.split('/').at(-1) ?? '',
    };
    const given = readFileSync(report);
    expect(given.includes('PATH')).toBe(true);
    expect(findSecrets(secrets, new Map([['what the program was given', given]]))).toEqual([]);
    expect(Object.keys(JSON.parse(String(given)).environment).filter((name) => name.startsWith('THINGSPACE'))).toEqual(
      [],
    );
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
  });

  test('ends with the run, with everything that it started', async () => {
    const { command, child } = await throughProgram();
    expect(isRunning(child)).toBe(true);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  test('that kill -9 left behind is ended by the next start, whatever that start uses', async () => {
    const { command, run, child } = await throughProgram();
    command.signal('SIGKILL');
    await command.exited;
    expect(isRunning(child)).toBe(true);
    const next = run('--mode', 'poll');
    await expect.poll(() => isRunning(child), { timeout: 15_000 }).toBe(false);
    await next.until(() => stands(next, account, 'polling'), 'polling');
  });
});

test('a public URL of one’s own is only checked and proved', async () => {
  const [simulator, port] = [await freshSimulator(), await freeCallbackPort()];
  const publicUrl = `http://127.0.0.1:${port}`;
  const command = startCommand(
    [
      'listen',
      '--account',
      account,
      '--json',
      '--port',
      String(port),
      '--tunnel',
      'url',
      '--tunnel-option',
      `publicUrl=${publicUrl}`,
    ],
    { dataDirectory: freshFolder(), apiBase: simulator.origin, environment: credentialsOf(simulator) },
  );
  await command.until(() => stands(command, account, 'live'), 'live');
  expect(command.linesOf('listening')).toMatchObject([{ publicOrigin: publicUrl, port }]);
  expect(simulator.registrations(account)[0]?.url.startsWith(`${publicUrl}/`)).toBe(true);
});
