import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFailed, test, vi } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { credentialsOf, type RunningCommand, stands, startCommand } from '../flows/command.ts';
import { freshSimulator } from '../flows/place.ts';
import type { notices, SeenItem } from './person.ts';
import { type RunningApp, runBuiltApp } from './running-app.ts';

const account = '0000123456-00001';
const patience = { timeout: 20_000, interval: 50 };

let home: string;
let simulator: Simulator;
let running: RunningApp | null = null;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'attached-'));
  simulator = await freshSimulator();
});

afterEach(async () => {
  running?.kill();
  await running?.ended;
  running = null;
  await rm(home, { recursive: true, force: true });
});

async function listening(): Promise<RunningCommand> {
  const owner = startCommand(['listen', '--account', account, '--json'], {
    dataDirectory: join(home, 'data'),
    apiBase: simulator.origin,
    environment: credentialsOf(simulator),
  });
  await owner.until(() => stands(owner, account, 'live'), 'live');
  return owner;
}

function startTray(): RunningApp {
  const app = runBuiltApp(
    home,
    {
      ...credentialsOf(simulator),
      THINGSPACE_SMS_DATA_DIR: join(home, 'data'),
      THINGSPACE_API_BASE: simulator.origin,
    },
    ['--hidden'],
  );
  running = app;
  onTestFailed(() => void process.stderr.write(app.output()));
  return app;
}

describe('a tray beside a terminal that listens', () => {
  test('shows it, tells its texts, clicks in it, and leaves it running', { timeout: 60_000 }, async () => {
    const owner = await listening();
    const app = startTray();
    await vi.waitFor(async () => {
      const menu = await app.ask<readonly SeenItem[]>('menu');
      expect(menu.some(({ label }) => label.startsWith(account))).toBe(true);
    }, patience);
    const starts = () => simulator.requests().filter(({ route }) => route === 'start-callbacks').length;
    const before = starts();
    await app.ask('clickMenu', account, 'Start callbacks');
    await vi.waitFor(() => expect(starts()).toBeGreaterThan(before), patience);
    simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'Door open' });
    await vi.waitFor(async () => {
      expect(await app.ask<ReturnType<typeof notices>>('notices')).toMatchObject([{ body: 'Door open' }]);
    }, patience);
    const asked = app.ask('clickMenu', 'Quit').catch(() => undefined);
    expect(await app.ended).toBe(0);
    await asked;
    simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'Door shut' });
    await owner.until(() => owner.linesOf('message').length === 2, 'the second text');
  });

  test('goes on in its place when it ends', { timeout: 60_000 }, async () => {
    const owner = await listening();
    const app = startTray();
    await vi.waitFor(async () => expect(await app.ask('menu')).not.toEqual([]), patience);
    owner.signal('SIGTERM');
    expect(await owner.exited).toBe(0);
    await app.ask('secondInstance', ['app']);
    await vi.waitFor(async () => {
      expect(await app.ask('call', 'account.add', { account, mode: 'auto' })).toMatchObject({ ok: true });
    }, patience);
    await vi.waitFor(async () => {
      const now = await app.ask<{ value: Snapshot }>('call', 'snapshot.get', {});
      expect(['live', 'polling']).toContain(now.value.accounts[0]?.state);
    }, patience);
  });
});
