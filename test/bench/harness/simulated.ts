import { type Simulator, startSimulator } from '../../../main/simulator/server.ts';
import type { Switches } from '../../../main/simulator/switches.ts';
import { type Subject, type SubjectOptions, startSubject } from './subject.ts';
import { account } from './texts.ts';

export interface AppOptions extends Omit<SubjectOptions, 'environment'> {
  readonly simulator: Simulator;
  readonly mode?: 'auto' | 'callback';
  /** Serves the window for a browser as well. */
  readonly window?: boolean;
}

/** A ThingSpace of the benchmark's own, in this process: the app under test has one for itself. */
export function simulatedService(
  accounts: readonly string[] = [account],
  switches: Partial<Switches> = {},
): Promise<Simulator> {
  return startSimulator({ accounts, switches });
}

/** The whole app in a process of its own, live on every account of the simulator. */
export async function startAppSubject({
  simulator,
  mode = 'callback',
  window = false,
  ...options
}: AppOptions): Promise<Subject> {
  const { appKey, appSecret, username, password } = simulator.credentials;
  return startSubject('app', {
    ...options,
    environment: {
      THINGSPACE_SMS_DATA_DIR: options.directory,
      THINGSPACE_API_BASE: simulator.origin,
      THINGSPACE_APP_KEY: appKey,
      THINGSPACE_APP_SECRET: appSecret,
      THINGSPACE_USERNAME: username,
      THINGSPACE_PASSWORD: password,
      BENCH_ACCOUNTS: simulator.accounts.join(' '),
      BENCH_MODE: mode,
      BENCH_WINDOW: window ? 'yes' : 'no',
    },
  });
}
