import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noProxies } from './adapters/network.ts';
import type { Surroundings } from './config.ts';
import { createSecret } from './core/secret.ts';
import type { Simulator } from './simulator/server.ts';
import type { RunRequest } from './terminal/command.ts';

/** Texts that wait in each sample account's queue, so that catching up is seen. */
const backlog = 12;
/** The demo may run for days: finished texts beyond this leave the simulator's memory. */
const ledgerLimit = 20_000;

/** Everything that a demo has in place of Verizon and of the user's own data. */
export interface DemoSetting {
  readonly simulator: Simulator;
  readonly surroundings: Surroundings;
  readonly request: RunRequest;
  /** Ends the simulator and removes the folder. */
  close(): Promise<void>;
}

/** A folder for one demo. */
export function createDemoFolder(): string {
  return mkdtempSync(join(tmpdir(), 'thingspace-sms-demo-'));
}

/** Starts the simulator and says how to run on it. */
export async function openDemo(folder: string, color: boolean): Promise<DemoSetting> {
  // Loaded only for a demo.
  const { startSimulator } = await import('./simulator/server.ts');
  const simulator = await startSimulator({ port: 0, backlog, ledgerLimit });
  const { appKey, appSecret, username, password } = simulator.credentials;
  return {
    simulator,
    surroundings: {
      dataDirectory: folder,
      dataDirectoryGiven: true,
      apiBase: simulator.origin,
      apiIsLoopback: true,
      environmentCredentials: {
        appKey: createSecret(appKey),
        appSecret: createSecret(appSecret),
        username: createSecret(username),
        password: createSecret(password),
      },
      hostName: 'demo',
      proxies: noProxies,
      forwardSecret: null,
      tunnels: { environment: {}, secret: null, sshAgent: null },
      color,
    },
    request: {
      wishes: { accounts: simulator.accounts, mode: 'auto', takeOver: false, pollIntervalMs: 15_000 },
      port: null,
      publicUrl: null,
      tunnel: null,
    },
    async close() {
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
