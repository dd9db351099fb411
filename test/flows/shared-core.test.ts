import { describe, expect, onTestFinished, test } from 'vitest';
import { type Environment, readInvocation } from '../../main/config.ts';
import type { Core, Happening } from '../../main/services/core.ts';
import { openSharedCore } from '../../main/shared-core.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

interface Face {
  readonly core: Core;
  readonly texts: () => readonly string[];
  readonly snapshots: readonly Snapshot[];
}

/** What the tray opens, but for its own store thread and settings backend. */
async function openFace(environment: Environment): Promise<Face> {
  const read = readInvocation(['serve'], environment);
  if (!read.ok || read.value.kind !== 'run') throw new Error('no surroundings');
  const request = { wishes: null, port: null, publicUrl: null, tunnel: null };
  const opened = await openSharedCore(read.value.surroundings, request);
  if (!opened.ok) throw new Error(opened.error.message);
  const core = opened.value;
  onTestFinished(() => core.stop());
  const happenings: Happening[] = [];
  const snapshots: Snapshot[] = [];
  core.onHappening((happening) => happenings.push(happening));
  core.onSnapshot((snapshot) => snapshots.push(snapshot));
  core.start();
  const texts = () => happenings.flatMap((one) => (one.type === 'message' ? [one.message.text] : []));
  return { core, texts, snapshots };
}

async function placeOf(simulator: Simulator) {
  const dataDirectory = freshFolder();
  const surroundings = { dataDirectory, apiBase: simulator.origin, environment: credentialsOf(simulator) };
  // The tray listens for the accounts of the settings.
  expect((await runCommand(['accounts', 'add', account], surroundings)).code).toBe(0);
  const environment = {
    ...credentialsOf(simulator),
    THINGSPACE_SMS_DATA_DIR: dataDirectory,
    THINGSPACE_API_BASE: simulator.origin,
  };
  const listen = async (): Promise<RunningCommand> => {
    const command = startCommand(['listen', '--account', account, '--json'], surroundings);
    await command.until(() => stands(command, account, 'live'), 'live');
    return command;
  };
  return { surroundings, environment, listen };
}

describe('a tray on the core of a terminal', () => {
  test('shows what the terminal gets, takes over when that ends under load, and misses nothing', async () => {
    const simulator = await freshSimulator();
    const { surroundings, environment, listen } = await placeOf(simulator);
    const terminal = await listen();
    const face = await openFace(environment);
    expect(face.core.snapshot()).toMatchObject({ light: 'live' });
    expect(face.core.settings().accounts).toMatchObject([{ name: account }]);
    const count = 600;
    const flood = simulator.flood(account, count);
    await expect.poll(() => face.texts().length, { timeout: 20_000 }).toBeGreaterThan(50);
    terminal.signal('SIGTERM');
    expect(await terminal.exited).toBe(0);
    await flood;
    const state = () => face.core.snapshot().accounts.find(({ name }) => name === account)?.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('live');
    await expect.poll(() => face.core.snapshot().inbox.total, { timeout: 20_000 }).toBe(count);
    await expect.poll(() => face.texts().length, { timeout: 20_000 }).toBe(count);
    expect(new Set(face.texts()).size).toBe(count);
    const numbers = face.snapshots.map(({ number }) => number);
    expect(numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))).toBe(true);
    // Now the tray is the owner, and other commands talk to it.
    const { command } = await runCommand(['status', '--json'], surroundings);
    expect(command.lines()).toMatchObject([{ listening: true, pid: process.pid }]);
    expect((await runCommand(['listen', '--account', account], surroundings)).code).toBe(1);
  });

  test('parts with it without ending it, and takes over from one that was killed', async () => {
    const simulator = await freshSimulator();
    const { environment, listen } = await placeOf(simulator);
    const first = await listen();
    const face = await openFace(environment);
    const other = await openFace(environment);
    await other.core.stop();
    const send = (text: string) =>
      simulator.deviceTexts(account, { deviceIds: [{ id: '1', kind: 'mdn' }], text }).settled;
    expect(await send('one')).toBe('delivered');
    await expect.poll(() => face.texts()).toEqual(['one']);
    expect(other.texts()).toEqual([]);
    first.signal('SIGKILL');
    await first.exited;
    await expect.poll(() => face.core.snapshot().accounts[0]?.state, { timeout: 20_000 }).toBe('live');
    await send('two');
    await expect.poll(() => face.texts(), { timeout: 20_000 }).toEqual(['one', 'two']);
  });

  test('asks it in the name of a window: what is for terminals alone is refused, what fails is told', async () => {
    const simulator = await freshSimulator();
    const { environment, listen } = await placeOf(simulator);
    const terminal = await listen();
    const { core } = await openFace(environment);
    const ask = (name: string, input: unknown = {}) => core.router.handle('window', name, input);
    expect(await ask('store.backup', { path: '/x' })).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await ask('no.such')).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await ask('inbox.page', { limit: 'x' })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await ask('settings.change', { theme: 'dark' })).toMatchObject({ ok: true });
    expect(core.settings().theme).toBe('dark');
    await ask('app.pause');
    await terminal.until(() => stands(terminal, account, 'off') || stands(terminal, account, 'paused'), 'paused');
  });
});
