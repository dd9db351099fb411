/** ThingSpace on loopback, for the demo, for `simulate` and for tests. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Credentials, sampleCredentials } from './credentials.ts';
import { respond } from './respond.ts';
import type { Simulator } from './simulator.ts';
import type { Switches } from './switches.ts';
import { createWorld, type World } from './world.ts';

export { type Credentials, sampleCredentials } from './credentials.ts';
export type { Fault } from './faults.ts';
export type { DeviceId, Simulator } from './simulator.ts';
export type { Switches } from './switches.ts';

/** The accounts of a simulator that was given no others; account names are not always numeric. */
export const sampleAccounts: readonly string[] = ['0000123456-00001', 'FIELD_DEMO-A'];

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly accounts?: readonly string[];
  /** Accounts that exist but that the user may not use. */
  readonly foreignAccounts?: readonly string[];
  readonly credentials?: Credentials;
  readonly switches?: Partial<Switches>;
  /** Milliseconds since 1970, for the life of tokens and sessions and for timestamps. Pauses take real time. */
  readonly now?: () => number;
  readonly seed?: number;
  /** Texts remembered for each account; above it the oldest finished ones leave the ledger. */
  readonly ledgerLimit?: number;
  /** Texts that wait in the queue of each account from the start. */
  readonly backlog?: number;
  /** PEM of the authorities that https listeners may have their certificates from, instead of the recognised ones. */
  readonly trustedCertificates?: string;
}

const defaults = {
  accounts: sampleAccounts,
  foreignAccounts: [],
  credentials: sampleCredentials,
  switches: {},
  now: Date.now,
  seed: 1,
  ledgerLimit: 250_000,
  backlog: 0,
};

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return addressOf(server).port;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

type Controls = Omit<Simulator, 'origin' | 'credentials' | 'accounts' | 'reset' | 'close'>;

/** The controls, each acting on the world as it is at the time of the call. */
function controlsOf(world: () => World): Controls {
  return {
    devices: () => world().devices,
    switches: () => world().switches(),
    setSwitches: (patch) => world().setSwitches(patch),
    addFault: (fault) => world().faults.add(fault),
    clearFaults: () => world().faults.clear(),
    deviceTexts: (account, text) => world().originated.submit(account, text),
    queueText: (account, text) => world().originated.queue(account, text),
    backlog: (count) => world().scenario.backlog(count),
    flood: (account, count) => world().scenario.flood(account, count),
    startDevices: (traffic) => world().scenario.start(traffic),
    stopDevices: () => world().scenario.stop(),
    counts: (account) => world().texts.counts(account),
    ledger: (account) => world().texts.ledger(account),
    registrations: (account) => world().registry.all(account),
    requests: () => world().log.entries(),
    expireTokens: () => world().tokens.expire(),
    expireSessions: () => world().sessions.expire(),
    isLocked: () => world().sessions.locked(),
    unlock: () => world().sessions.unlock(),
    idle: () => world().delivery.idle(),
  };
}

/** Starts a simulator on 127.0.0.1. Rejects with the system's error when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = { ...defaults, ...options };
  let world = createWorld(settings);
  const server = createServer((request, response) => {
    void respond(simulator, () => world, request, response);
  });
  const port = await listen(server, options.port ?? 0);
  const simulator: Simulator = {
    origin: `http://127.0.0.1:${port}`,
    credentials: settings.credentials,
    accounts: settings.accounts,
    ...controlsOf(() => world),
    reset() {
      world.close();
      world = createWorld(settings);
    },
    close() {
      world.close();
      return close(server);
    },
  };
  return simulator;
}
