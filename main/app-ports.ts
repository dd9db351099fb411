import type { ForwardRule } from '../preload/contract/forward.ts';
import type { Runtime } from './core/examination.ts';
import type { Forwarder, ForwardLedger } from './core/forward.ts';
import type { Intervals } from './core/plan.ts';
import type {
  CallbackListener,
  Clock,
  Document,
  Entropy,
  Keychain,
  Log,
  MessageStore,
  Probe,
  SendLedger,
  ServiceReach,
  SettingsStore,
  SignInRecord,
  TextPatterns,
  ThingSpaceApi,
  Tunnels,
} from './core/ports.ts';
import type { SnapshotFacts } from './core/project.ts';
import type { Secret } from './core/secret.ts';
import type { RunMemory } from './services/alive.ts';
import type { EnvironmentCredentials } from './services/credentials.ts';
import type { Claim } from './services/lease.ts';
import type { SetAsides } from './services/set-asides.ts';
import type { WayInChoices } from './services/way-in.ts';
import type { RunWishes } from './services/wishes.ts';

/** The outside, as the app needs it: real adapters (real-ports.ts), or fakes in tests. */
export interface Ports extends RunMemory, SetAsides {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly keychain: Keychain;
  readonly settings: SettingsStore;
  readonly claims: Document<readonly Claim[]>;
  readonly displacedPasswords: Document<Readonly<Record<string, string>>>;
  readonly displacedPasswordsPath: string;
  readonly signIns: Document<readonly SignInRecord[]>;
  /** Slow and one-way: what goes in is a password. */
  readonly slowHash: (salt: string, parts: readonly string[]) => string;
  readonly api: ThingSpaceApi;
  readonly listener: CallbackListener;
  readonly probe: Probe;
  readonly reach: ServiceReach;
  readonly forwarder: Forwarder;
  readonly forwards: ForwardLedger;
  readonly sends: SendLedger;
  readonly patterns: TextPatterns;
  readonly tunnels: Tunnels;
  readonly messages: MessageStore;
}

/** What this run was asked to be. */
export interface AppConfig extends SnapshotFacts {
  /** The accounts of this run; null: those of the settings. */
  readonly run: RunWishes | null;
  readonly environmentCredentials: EnvironmentCredentials | null;
  /** What this run says about the way in, in place of the settings. */
  readonly wayIn: Partial<Omit<WayInChoices, 'loopbackAllowed'>>;
  /** The service is on this computer: the simulator, or a test. */
  readonly loopbackAllowed: boolean;
  readonly hostName: string;
  readonly runtime: Runtime;
  /** Left out: nothing but what the settings say. */
  readonly forward?: ForwardConfig;
  readonly intervals?: Partial<Intervals>;
}

/** What this run sends on, besides what the settings say. */
export interface ForwardConfig {
  readonly rules: readonly ForwardRule[];
  readonly anywhere: boolean;
  /** The signing secret of this run; null: the keychain's. */
  readonly secret: Secret | null;
  /** Shows a signing secret that was made now, once. */
  readonly showSecret: (secret: Secret) => void;
}
