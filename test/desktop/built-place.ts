import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFailed, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../main/simulator/server.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { SeenItem } from './person.ts';
import { type RunningApp, runBuiltApp } from './running-app.ts';

/* The bundle that ships, in a process of its own, against the simulator over real sockets. Only Electron is a stand-in. */

export const appAddress = 'app://thingspace-sms/index.html';
export const patience = { timeout: 20_000, interval: 50 };

export interface BuiltPlace {
  readonly home: string;
  readonly simulator: Simulator;
  /** Starts the app with the simulator's credentials; more of its environment and command line on request. */
  start(environment?: Readonly<Record<string, string>>, options?: readonly string[]): RunningApp;
  /** The same, and waits until tray and window are there. */
  started(): Promise<RunningApp>;
  close(): Promise<void>;
}

export async function freshPlace(): Promise<BuiltPlace> {
  const home = await mkdtemp(join(tmpdir(), 'built-app-'));
  const simulator = await startSimulator({ port: 0 });
  const running: RunningApp[] = [];
  const start: BuiltPlace['start'] = (environment = {}, options = []) => {
    const { appKey, appSecret, username, password } = simulator.credentials;
    const own = {
      THINGSPACE_SMS_DATA_DIR: join(home, 'data'),
      THINGSPACE_API_BASE: simulator.origin,
      THINGSPACE_APP_KEY: appKey,
      THINGSPACE_APP_SECRET: appSecret,
      THINGSPACE_USERNAME: username,
      THINGSPACE_PASSWORD: password,
    };
    const app = runBuiltApp(home, { ...own, ...environment }, options);
    running.push(app);
    onTestFailed(() => {
      process.stderr.write(app.output());
    });
    return app;
  };
  return {
    home,
    simulator,
    start,
    async started() {
      const app = start();
      await vi.waitFor(async () => {
        expect(await app.ask<readonly SeenItem[]>('menu')).not.toEqual([]);
      }, patience);
      return app;
    },
    async close() {
      for (const app of running) {
        app.kill();
        await app.ended;
      }
      await simulator.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What the window would see. */
export async function snapshot(app: RunningApp): Promise<Snapshot> {
  const result = await app.ask<Result<Snapshot, unknown>>('call', 'snapshot.get', {});
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

/** Adds the sample account and waits until its texts arrive. */
export async function listening(app: RunningApp, simulator: Simulator): Promise<string> {
  const account = simulator.accounts[0] ?? '';
  expect(await app.ask('call', 'account.add', { account, mode: 'auto' })).toMatchObject({ ok: true });
  await vi.waitFor(async () => {
    expect(['live', 'polling']).toContain((await snapshot(app)).accounts[0]?.state);
  }, patience);
  return account;
}
