import { createCallbackListener } from '../../main/adapters/callback-listener.ts';
import { type AppConfig, createApp } from '../../main/app.ts';
import { createSecret } from '../../main/core/secret.ts';
import { openRealPorts } from '../../main/real-ports.ts';
import type { Core } from '../../main/services/core.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';

export interface AppOptions {
  readonly dataDirectory: string;
  readonly accounts: readonly string[];
  readonly config?: Partial<AppConfig>;
}

export interface ClockedApp {
  readonly core: Core;
  readonly clock: FakeClock;
  /** Lets go of what `Core.stop` does not own. */
  close(): Promise<void>;
}

/** The whole app in this process, not started yet: real store, listener and HTTP, but a clock that is set by hand. */
export async function openClockedApp(
  { origin, credentials }: Pick<Simulator, 'origin' | 'credentials'>,
  { dataDirectory, accounts, config }: AppOptions,
): Promise<ClockedApp> {
  const opened = await openRealPorts({
    dataDirectory,
    apiBase: origin,
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
      run: { accounts, mode: 'auto', takeOver: false, pollIntervalMs: 60_000 },
      environmentCredentials: {
        appKey: createSecret(credentials.appKey),
        appSecret: createSecret(credentials.appSecret),
        username: createSecret(credentials.username),
        password: createSecret(credentials.password),
      },
      wayIn: {},
      loopbackAllowed: true,
      hostName: 'laptop-7',
      runtime: process,
      ...config,
    },
  );
  return { core, clock, close: () => opened.value.close() };
}
