import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import { type SessionBus, startSessionBus, whatIsMissing } from '../adapters/keychain/session-bus.ts';
import { type CommandSurroundings, credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { registerStranger, stranger } from './stranger.ts';

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

/** A service, and a session with an open keyring in which nobody has logged in yet. */
async function freshPlace() {
  const simulator = await freshSimulator();
  const bus = await freshBus();
  const surroundings: CommandSurroundings = {
    dataDirectory: freshFolder(),
    apiBase: simulator.origin,
    environment: bus.environment,
  };
  return { simulator, bus, surroundings };
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
    const { simulator, surroundings } = await freshPlace();
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
    const { simulator, surroundings } = await freshPlace();
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
    const { simulator, bus, surroundings } = await freshPlace();
    await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    await bus.lock();
    const { code, command } = await runCommand(['start', '--account', account], surroundings);
    expect(code).toBe(3);
    expect(command.err()).toMatch(/locked|unlock/i);
    expect((await runCommand(['messages'], surroundings)).code).toBe(0);
    expect(simulator.requests()).toEqual([]);
  });
});

/** A callback of somebody else's that a run with a real keyring has taken over. */
async function takenOver() {
  const { simulator, bus, surroundings } = await freshPlace();
  await registerStranger(simulator, account);
  await runCommand(['login'], { ...surroundings, input: answers(simulator) });
  const command = startCommand(['listen', '--account', account, '--take-over', '--json'], surroundings);
  await command.until(() => stands(command, account, 'live'), 'live');
  return { simulator, bus, surroundings, command };
}

const holderOf = (simulator: Simulator) =>
  simulator.registrations(account).map(({ url, username, password }) => ({ url, username, password }));
const before = [{ url: stranger.url, username: stranger.username, password: stranger.password }];

describe.skipIf(isLeftOut)(`a keyring that changes under a run${missing === null ? '' : ` (${missing})`}`, () => {
  test('locked when the callback is to be given back: nothing is put back without its password, and the next start does', async () => {
    const { simulator, bus, surroundings, command } = await takenOver();
    await bus.lock();
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(command.linesOf('problem')).toContainEqual(
      expect.objectContaining({ account, message: expect.stringMatching(/keychain.*Unlock/i) }),
    );
    expect(holderOf(simulator)).not.toEqual(before);
    await bus.stopKeyring();
    await bus.startKeyring();
    const restored = await runCommand(['callbacks', '--account', account, '--restore'], surroundings);
    expect(restored.code).toBe(0);
    expect(holderOf(simulator)).toEqual(before);
  });

  test('emptied by another program: the password that is gone is told, and no callback is put back without it', async () => {
    const { simulator, bus, surroundings, command } = await takenOver();
    command.signal('SIGKILL');
    await command.exited;
    bus.empty();
    expect([...bus.stored()]).toEqual([]);
    const started = await runCommand(['start', '--account', account], surroundings);
    expect({ code: started.code, err: started.command.err() }).toMatchObject({
      code: 3,
      err: expect.stringMatching(/keychain/),
    });
    expect((await runCommand(['messages'], surroundings)).code).toBe(0);
    const environment = { ...bus.environment, ...credentialsOf(simulator) };
    const restored = await runCommand(['callbacks', '--account', account, '--restore'], {
      ...surroundings,
      environment,
    });
    expect(restored.code).not.toBe(0);
    expect(restored.command.err()).toMatch(/keychain/);
    expect(holderOf(simulator)).not.toEqual(before);
  });

  test('replaced by a new one while the app listens: texts go on, and the new one is used from then on', async () => {
    const { simulator, bus, surroundings, command } = await takenOver();
    await bus.stopKeyring();
    await bus.startKeyring();
    await simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'hello' }).settled;
    await command.until(() => command.linesOf('message').length === 1, 'the text');
    expect((await runCommand(['login'], { ...surroundings, input: answers(simulator) })).code).toBe(0);
    command.signal('SIGTERM');
    expect(await command.exited).toBe(0);
    expect(holderOf(simulator)).toEqual(before);
  });

  test('frozen: a run says so and ends in time, and stored texts can be read', async () => {
    const { bus, surroundings, command } = await takenOver();
    command.signal('SIGTERM');
    await command.exited;
    bus.freeze(true);
    const started = await runCommand(['start', '--account', account], surroundings);
    expect(started.code).toBe(3);
    expect(started.command.err()).toMatch(/did not answer.*Unlock/);
    expect((await runCommand(['messages'], surroundings)).code).toBe(0);
    bus.freeze(false);
  });

  test('new credentials take the place of the old ones', async () => {
    const { simulator, bus, surroundings, command } = await takenOver();
    command.signal('SIGTERM');
    await command.exited;
    expect(bus.stored().get('credentials')).toContain(simulator.credentials.password);
    const others = await freshSimulator({
      credentials: { appKey: 'other-key', appSecret: 'other-secret', username: 'other-user', password: 'other-pass' },
    });
    await runCommand(['login'], { ...surroundings, input: answers(others) });
    expect(bus.stored().get('credentials')).toContain('other-pass');
    expect(JSON.stringify([...bus.stored()])).not.toContain(simulator.credentials.password);
    const start = await runCommand(['start', '--account', account], { ...surroundings, apiBase: others.origin });
    expect(start.code).toBe(0);
  });

  test('logout leaves nothing there, but what is owed to another server until it has it back', async () => {
    const { simulator, bus, surroundings, command } = await takenOver();
    command.signal('SIGKILL');
    await command.exited;
    expect([...bus.stored().keys()].toSorted()).toEqual([`credentials`, `displaced ${account}`, `listener ${account}`]);
    const left = await runCommand(['logout'], surroundings);
    expect(left.command.out.join(' ')).toContain(account);
    expect([...bus.stored()]).toEqual([[`displaced ${account}`, stranger.password]]);
    await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    await runCommand(['callbacks', '--account', account, '--restore'], surroundings);
    expect(holderOf(simulator)).toEqual(before);
    const out = await runCommand(['logout'], surroundings);
    expect(out.command.out).toEqual(['Nothing of this app is left in the keychain.']);
    expect([...bus.stored()]).toEqual([]);
  });
});

describe('no keyring at all', () => {
  test('login says so and how to go on; nothing is stored in the clear', async () => {
    const simulator = await freshSimulator();
    const surroundings: CommandSurroundings = { dataDirectory: freshFolder(), apiBase: simulator.origin };
    const { code, command } = await runCommand(['login'], { ...surroundings, input: answers(simulator) });
    expect(code).not.toBe(0);
    expect(command.err()).toContain('THINGSPACE_APP_KEY');
    const examined = await runCommand(['doctor'], surroundings);
    expect(examined.command.out.join('\n')).toContain('Start a keychain, or give all four THINGSPACE_ variables');
    expect(textUnder(surroundings.dataDirectory)).not.toContain(simulator.credentials.password);
  });
});
