import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createCallbackListener } from '../../main/adapters/callback-listener.ts';
import { type AppConfig, createApp } from '../../main/app.ts';
import { createSecret } from '../../main/core/secret.ts';
import { openRealPorts } from '../../main/real-ports.ts';
import type { Core, Happening } from '../../main/services/core.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';

export interface RunningApp {
  readonly core: Core;
  readonly clock: FakeClock;
  readonly happenings: readonly Happening[];
  /** Lets the app's time pass in small steps, and real answers come in between, until `condition` holds. */
  until(condition: () => boolean, what?: string): Promise<void>;
  stateOf(account: string): string | undefined;
  texts(): readonly string[];
}

export interface AppOptions {
  readonly dataDirectory: string;
  readonly accounts: readonly string[];
  readonly config?: Partial<AppConfig>;
}

/** The whole app in this process against the simulator: real store, listener and HTTP, but a clock that the test moves. */
export async function startApp(simulator: Simulator, options: AppOptions): Promise<RunningApp> {
  const { appKey, appSecret, username, password } = simulator.credentials;
  const opened = await openRealPorts({
    dataDirectory: options.dataDirectory,
    apiBase: simulator.origin,
    settingsBackend: 'file',
    tunnels: { environment: {}, secret: null, sshAgent: null },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const clock = createFakeClock();
  const core = createApp(
    { ...opened.value, clock, listener: createCallbackListener(clock) },
    {
      appVersion: '0.0.0',
      simulated: true,
      run: { accounts: options.accounts, mode: 'auto', takeOver: false, pollIntervalMs: 60_000 },
      environmentCredentials: {
        appKey: createSecret(appKey),
        appSecret: createSecret(appSecret),
        username: createSecret(username),
        password: createSecret(password),
      },
      wayIn: {},
      loopbackAllowed: true,
      hostName: 'laptop-7',
      runtime: process,
      ...options.config,
    },
  );
  const happenings: Happening[] = [];
  core.onHappening((happening) => happenings.push(happening));
  onTestFinished(async () => {
    const stopped = core.stop().then(() => 'stopped');
    while ((await Promise.race([stopped, pause(2)])) !== 'stopped') await clock.advance(100);
    await opened.value.close();
  });
  core.start();

  return {
    core,
    clock,
    happenings,
    async until(condition, what = 'the condition') {
      const deadline = Date.now() + 20_000;
      while (!condition()) {
        if (Date.now() > deadline) throw new Error(`${what} did not come: ${core.snapshot().sentence}`);
        await clock.advance(20);
        await pause(2);
      }
    },
    stateOf: (account) => core.snapshot().accounts.find(({ name }) => name === account)?.state,
    texts: () => happenings.flatMap((happening) => (happening.type === 'message' ? [happening.message.text] : [])),
  };
}
