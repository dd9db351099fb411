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

/** What leads a command to the service, with the credentials of its user. */
export function environmentOf({ origin, credentials }: Simulator): NodeJS.ProcessEnv {
  return {
    THINGSPACE_API_BASE: origin,
    THINGSPACE_APP_KEY: credentials.appKey,
    THINGSPACE_APP_SECRET: credentials.appSecret,
    THINGSPACE_USERNAME: credentials.username,
    THINGSPACE_PASSWORD: credentials.password,
  };
}

/** The whole app in a process of its own, live on every account of the simulator. */
export async function startAppSubject({
  simulator,
  mode = 'callback',
  window = false,
  ...options
}: AppOptions): Promise<Subject> {
  return startSubject('app', {
    ...options,
    environment: {
      THINGSPACE_SMS_DATA_DIR: options.directory,
      ...environmentOf(simulator),
      BENCH_ACCOUNTS: simulator.accounts.join(' '),
      BENCH_MODE: mode,
      BENCH_WINDOW: window ? 'yes' : 'no',
    },
  });
}
