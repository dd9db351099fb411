import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { type SessionBus, startSessionBus, whatIsMissing } from '../adapters/keychain/session-bus.ts';
import { type CommandSurroundings, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const missing = whatIsMissing();
const isLeftOut = missing !== null && process.env['CI'] !== 'true';

function answers({ credentials }: Simulator): string {
  return [credentials.appKey, credentials.appSecret, credentials.username, credentials.password, ''].join('\n');
}

async function freshBus(): Promise<SessionBus> {
  const bus = await startSessionBus();
  onTestFinished(() => bus.close());
  await bus.startKeyring();
  return bus;
}

/** Everything that is stored under a folder, as one text. */
function textUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe.skipIf(isLeftOut)(`a real keyring${missing === null ? '' : ` (${missing})`}`, () => {
  test('login, and another process has the credentials; logout, and they are gone', async () => {
    const simulator = await freshSimulator();
    const bus = await freshBus();
    const surroundings: CommandSurroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: bus.environment,
    };
    const login = await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    expect({ code: login.code, out: login.command.out }).toEqual({
      code: 0,
      out: ['The credentials are in the keychain.'],
    });
    const start = await runCommand(['start', '--account', account], surroundings);
    expect({ code: start.code, out: start.command.out }).toEqual({ code: 0, out: ['{"success":true}'] });
    const stored = textUnder(surroundings.dataDirectory);
    for (const secret of Object.values(simulator.credentials)) expect(stored).not.toContain(secret);
    expect((await runCommand(['logout'], surroundings)).code).toBe(0);
    expect((await runCommand(['start', '--account', account], surroundings)).code).toBe(3);
  });

  test('a displaced or own callback password is never in the data directory', async () => {
    const simulator = await freshSimulator();
    const bus = await freshBus();
    const surroundings: CommandSurroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: bus.environment,
    };
    await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    await simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'hello' }).settled;
    await command.until(() => command.linesOf('message').length === 1, 'the text');
    const [registration] = simulator.registrations(account);
    const stored = `${textUnder(surroundings.dataDirectory)}\n${command.out.join('\n')}\n${command.err()}`;
    expect(registration?.password).not.toBe('');
    expect(stored).not.toContain(registration?.password);
    expect(stored).not.toContain(registration?.url.split('/').at(-1));
  });

  test('locked: a run says what to do and ends with 3; the stored texts can still be read', async () => {
    const simulator = await freshSimulator();
    const bus = await freshBus();
    const surroundings: CommandSurroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: bus.environment,
    };
    await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    await bus.lock();
    const { code, command } = await runCommand(['start', '--account', account], surroundings);
    expect(code).toBe(3);
    expect(command.err()).toMatch(/locked|unlock/i);
    expect((await runCommand(['messages'], surroundings)).code).toBe(0);
    expect(simulator.requests()).toEqual([]);
  });
});

describe('no keyring at all', () => {
  test('login says so and how to go on; nothing is stored in the clear', async () => {
    const simulator = await freshSimulator();
    const surroundings: CommandSurroundings = { dataDirectory: freshFolder(), apiBase: simulator.origin };
    const { code, command } = await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    expect(code).not.toBe(0);
    expect(command.err()).toContain('THINGSPACE_APP_KEY');
    expect(textUnder(surroundings.dataDirectory)).not.toContain(simulator.credentials.password);
  });
});
