/** All the state of one simulated ThingSpace, from a clean start to its end. */
import { type Accounts, createAccounts } from './accounts.ts';
import { type Callbacks, createCallbacks } from './callbacks.ts';
import type { Credentials } from './credentials.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createDeviceList, type DeviceList } from './device-list.ts';
import { type SampleDevice, sampleDevices } from './devices.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHistory, type History } from './history.ts';
import { createMobileOriginated, type MobileOriginated } from './mobile-originated.ts';
import { createPusher } from './push.ts';
import { createRandom } from './random.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { createSend, type Send } from './send.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { defaultSwitches, type ReadSwitches, type Switches } from './switches.ts';
import { createTexts, type Texts } from './texts.ts';
import { createTimers, type Timers } from './timers.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface WorldOptions {
  readonly accounts: readonly string[];
  readonly foreignAccounts: readonly string[];
  readonly credentials: Credentials;
  readonly switches: Partial<Switches>;
  readonly now: () => number;
  readonly seed: number;
  readonly ledgerLimit: number;
  readonly backlog: number;
  readonly trustedCertificates?: string;
}

export interface World {
  readonly accounts: Accounts;
  readonly callbacks: Callbacks;
  readonly delivery: Delivery;
  readonly deviceList: DeviceList;
  readonly devices: readonly SampleDevice[];
  readonly faults: Faults;
  readonly history: History;
  readonly log: RequestLog;
  readonly now: () => number;
  readonly originated: MobileOriginated;
  readonly registry: Registry;
  readonly scenario: Scenario;
  readonly send: Send;
  readonly sessions: Sessions;
  readonly switches: ReadSwitches;
  setSwitches(patch: Partial<Switches>): void;
  readonly texts: Texts;
  readonly timers: Timers;
  readonly tokens: Tokens;
  close(): void;
}

const loggedRequests = 10_000;

export function createWorld(options: WorldOptions): World {
  const { credentials, now } = options;
  let current: Switches = { ...defaultSwitches, ...options.switches };
  const switches = () => current;
  const random = createRandom(options.seed);
  const timers = createTimers();
  const accounts = createAccounts(options.accounts, options.foreignAccounts);
  const devices = sampleDevices(options.accounts);
  const texts = createTexts(now, options.ledgerLimit);
  const registry = createRegistry(switches);
  const delivery = createDelivery({ registry, pusher: createPusher(options.trustedCertificates), switches, random });
  const shared = { accounts, credentials, registry, delivery, devices, now, random, switches, texts, timers };
  const originated = createMobileOriginated(shared);
  const scenario = createScenario({ ...shared, originated });
  scenario.backlog(options.backlog);
  return {
    ...shared,
    callbacks: createCallbacks(shared),
    deviceList: createDeviceList(shared),
    faults: createFaults(random),
    history: createHistory(shared),
    log: createRequestLog(loggedRequests),
    originated,
    scenario,
    send: createSend({ ...shared, received: scenario.received }),
    sessions: createSessions(shared),
    setSwitches(patch) {
      current = { ...current, ...patch };
    },
    tokens: createTokens(shared),
    close() {
      scenario.stop();
      timers.close();
      delivery.close();
    },
  };
}
