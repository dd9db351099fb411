import type { Gap, Mode, Problem } from '../../preload/contract/snapshot.ts';
import type { ServiceFailure, StorageFailure } from './failure.ts';
import type { OpenGap } from './gap.ts';

/* All that the app knows, wanted and real side by side. Times are milliseconds since 1970. */

/** What the user wants of an account. */
export interface Wish {
  readonly mode: Mode;
  /** A yes to taking the callback from whoever holds it now. Used up by one registration. */
  readonly takeOver: boolean;
  /** Stopped by hand in this run. */
  readonly stopped: boolean;
  readonly pollIntervalMs: number;
}

export type ListenerState =
  | { readonly kind: 'closed' }
  /** `outdated`: the choices behind it have changed, so that it is opened anew. */
  | { readonly kind: 'open'; readonly port: number; readonly outdated: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly attempt: number; readonly retryAt: number };

export type AddressState =
  | { readonly kind: 'none' }
  /** There is no way in from the internet, and none is configured. */
  | { readonly kind: 'not-configured' }
  /** `attempt`: how often in a row it failed before, or did not last. */
  | { readonly kind: 'up'; readonly origin: string; readonly at: number; readonly attempt: number }
  /** `passing`: the same may work later. Else a person must change something first. */
  | {
      readonly kind: 'failed';
      readonly problem: Problem;
      readonly passing: boolean;
      readonly attempt: number;
      readonly retryAt: number;
    };

/** Whether a signed nonce came back through the public URL. */
export type ProofState =
  | { readonly kind: 'none' }
  | { readonly kind: 'proved'; readonly at: number }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly at: number };

export type SignInState =
  | { readonly kind: 'none' }
  | { readonly kind: 'signed-in' }
  /** `retryAt` null: a person must act. */
  | {
      readonly kind: 'failed';
      readonly failure: ServiceFailure;
      readonly attempt: number;
      readonly retryAt: number | null;
    };

/** Who holds EnhancedConnectivityService on the account, as last read. */
export type RegistrationState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody'; readonly at: number }
  | { readonly kind: 'other'; readonly at: number; readonly holder: string; readonly taken: boolean }
  /** `current`: with the address and the credentials that we listen on now. */
  | { readonly kind: 'ours'; readonly at: number; readonly holder: string; readonly current: boolean };

export type QueueState =
  /** What waits is not known. `since`: from when on texts may have been queued; null: since before this run. */
  | { readonly kind: 'unproven'; readonly since: number | null }
  | { readonly kind: 'draining'; readonly since: number | null; readonly fetched: number }
  | { readonly kind: 'empty'; readonly at: number };

export type AccountStep = 'look' | 'register' | 'drain' | 'start-callbacks' | 'peek' | 'release';

/** A step that failed, and when it is tried again. */
export interface Trouble {
  readonly failure: ServiceFailure;
  readonly attempt: number;
  readonly retryAt: number;
}

export interface AccountReal {
  readonly registration: RegistrationState;
  /** When startCallbacks was last accepted for the present registration. */
  readonly startedAt: number | null;
  readonly queue: QueueState;
  /** The time in which texts did not come as they should, until it is over and was reported. */
  readonly openGap: OpenGap | null;
  /** When it was last learnt that ThingSpace may have queued a text again. */
  readonly doubtedAt: number | null;
  readonly lastCallbackAt: number | null;
  readonly lastFetchAt: number | null;
  /** How many texts the last look without taking saw. */
  readonly peeked: number | null;
  readonly trouble: Readonly<Partial<Record<AccountStep, Trouble>>>;
  readonly lastGap: Gap | null;
}

export interface AccountCounts {
  readonly texts: number;
  readonly unread: number;
  readonly lastTextAt: number | null;
}

export type WayInStep = 'open-listener' | 'open-address' | 'probe' | 'close-way-in';

export type Step =
  | { readonly lane: 'way-in'; readonly step: WayInStep }
  | { readonly lane: 'sign-in'; readonly step: 'sign-in' }
  | { readonly lane: 'storage'; readonly step: 'check-storage' }
  | { readonly lane: 'account'; readonly account: string; readonly step: AccountStep };

export interface State {
  readonly paused: boolean;
  readonly stopping: boolean;
  /** Wanted accounts, in the order in which they were added. */
  readonly wishes: Readonly<Record<string, Wish>>;
  readonly accounts: Readonly<Record<string, AccountReal>>;
  readonly listener: ListenerState;
  readonly address: AddressState;
  /** A person sets the way in up: it is open though no account may need it. */
  readonly wayInTried: boolean;
  /** The address that was up last: our registrations name it. */
  readonly lastOrigin: string | null;
  /** The last one through which a signed question came back in this run. */
  readonly provedOrigin: string | null;
  readonly proof: ProofState;
  readonly signIn: SignInState;
  readonly storage:
    | { readonly kind: 'fine' }
    | { readonly kind: 'failed'; readonly failure: StorageFailure; readonly at: number };
  readonly inbox: {
    readonly total: number;
    readonly unread: number;
    readonly newest: number;
    readonly revision: number;
    readonly unverified: number;
  };
  readonly counts: Readonly<Record<string, AccountCounts>>;
  /** Grows with each change of a text to a device. */
  readonly sends: number;
  /** Lanes with a step under way. */
  readonly busy: Readonly<Record<string, Step>>;
  /** Things to be told that belong to no step, such as a settings file that was set aside. */
  readonly told: readonly Problem[];
}

export const initialState: State = {
  paused: false,
  stopping: false,
  wishes: {},
  accounts: {},
  listener: { kind: 'closed' },
  address: { kind: 'none' },
  wayInTried: false,
  lastOrigin: null,
  provedOrigin: null,
  proof: { kind: 'none' },
  signIn: { kind: 'none' },
  storage: { kind: 'fine' },
  inbox: { total: 0, unread: 0, newest: 0, revision: 0, unverified: 0 },
  counts: {},
  sends: 0,
  busy: {},
  told: [],
};

export const freshAccount: AccountReal = {
  registration: { kind: 'unknown' },
  startedAt: null,
  queue: { kind: 'unproven', since: null },
  openGap: { since: null, fetched: 0, chosen: null },
  doubtedAt: null,
  lastCallbackAt: null,
  lastFetchAt: null,
  peeked: null,
  trouble: {},
  lastGap: null,
};

/** The name under which a step keeps others of its kind waiting. */
export function laneOf(step: Step): string {
  return step.lane === 'account' ? `account ${step.account}` : step.lane;
}
