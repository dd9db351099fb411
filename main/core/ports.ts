import type { Result } from '../../preload/contract/result.ts';
import type { Settings, SettingsChange } from '../../preload/contract/settings.ts';
import type { TunnelChoice, TunnelOffer } from '../../preload/contract/tunnel.ts';
import type { StorageFailure } from './failure.ts';
import type { Secret } from './secret.ts';

/* What the services need from the outside. Each is implemented once under main/adapters, and faked in test/fakes. */

export type * from './message-store.ts';
export type * from './send-ledger.ts';
export type * from './thingspace.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `ms`; returns what cancels it. The process may end while it waits. */
  after(ms: number, call: () => void): () => void;
}

/** Chance and hashing, which the pure parts and the services do not have of themselves. */
export interface Entropy {
  /** 128 bits, in characters that may stand in a URL. */
  token(): string;
  /** 0 to 1. */
  chance(): number;
  /** SHA-256 of the salt and the parts, so joined that no two lists of parts look alike; hexadecimal. */
  hash(salt: string, parts: readonly string[]): string;
  /** HMAC-SHA-256, hexadecimal. */
  sign(key: Secret, text: string): string;
}

/** Regular expressions that no text and no pattern can make slow. */
export interface TextPatterns {
  /** A test for texts, case ignored; or a sentence that says what is wrong with the pattern. */
  compile(pattern: string): Result<(text: string) => boolean, string>;
}

export interface Log {
  /** `facts` must hold nothing secret; a Secret prints as «hidden». */
  write(level: 'info' | 'warn' | 'error', event: string, facts?: Readonly<Record<string, unknown>>): void;
}

// ---------------------------------------------------------------- secrets and small durable facts

export interface KeychainFailure {
  /** `missing`: there is no keychain here. `locked`: it did not give what it is recorded to hold, or did not answer. */
  readonly kind: 'missing' | 'locked';
  readonly message: string;
}

/** The OS keychain. Calls run one at a time, each with a time limit; nothing here ever throws. */
export interface Keychain {
  /** The secret, or null when none was ever stored. Recorded but not given back is `locked`, not null. */
  read(name: string): Promise<Result<Secret | null, KeychainFailure>>;
  write(name: string, secret: Secret): Promise<Result<void, KeychainFailure>>;
  remove(name: string): Promise<Result<void, KeychainFailure>>;
  /** Names of what is recorded to be stored, also while it is locked. */
  recorded(): readonly string[];
}

/** A small JSON document on disk, replaced as a whole and synced before `write` resolves. */
export interface Document<T> {
  read(): T;
  write(value: T): Result<void, StorageFailure>;
}

/** A document whose loss costs nothing but itself: written soon, in the background, so that a slow disk keeps nobody waiting. */
export interface Notes<T> {
  read(): T;
  write(value: T): void;
}

/** The user's choices. */
export interface SettingsStore {
  read(): Settings;
  /** Answers what is now stored; the choices stay as they were where they could not be written. */
  change(change: SettingsChange & { readonly accounts?: Settings['accounts'] }): Result<Settings, StorageFailure>;
  /** Path of an unreadable settings file that was kept aside at start, or null. */
  readonly setAside: string | null;
}

/** How far a request without credentials comes towards ThingSpace. */
export interface ServiceReach {
  /** `serviceAt`: the time in the answer's Date header; null without one. `at`: ours when it came. */
  try(): Promise<
    Result<
      { readonly serviceAt: number | null; readonly at: number },
      { readonly hop: 'dns' | 'tls'; readonly message: string; readonly fix: string }
    >
  >;
}

// ---------------------------------------------------------------- the listener and the way in

/** Credentials of the registration that stood before ours. */
export interface EarlierCredentials {
  readonly username: Secret;
  readonly password: Secret;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What is expected of callbacks for one account. */
export interface ListenerRoute {
  readonly account: string;
  /** The last part of the path, 128 bits of chance. */
  readonly secretPath: Secret;
  readonly username: Secret;
  readonly password: Secret;
  /** Accepted too for a while: ThingSpace goes on sending them for minutes after a change (API notes, section 2.3). */
  readonly earlier?: readonly EarlierCredentials[];
}

/** A callback that was received and is answered by what `receive` resolves to. */
export interface ReceivedCallback {
  readonly route: ListenerRoute;
  /** The parsed body. Not yet trusted, credentials not yet checked. */
  readonly body: unknown;
  readonly bytes: number;
  readonly receivedAt: number;
}

/** 200: stored. 400: no callback. 403: wrong credentials. 503: it cannot be stored now. */
export interface CallbackAnswer {
  readonly status: 200 | 400 | 403 | 503;
  /** Called once: whether the answer was handed to the system in full. */
  readonly onAnswered?: (sent: boolean) => void;
}

export interface ListenerHooks {
  /** Resolves once it is stored or refused. Must not reject. */
  receive(callback: ReceivedCallback): Promise<CallbackAnswer>;
  /** A request on a known path that was refused before it came to `receive`. */
  refused(reason: string, account: string | null, bodyStart: string): void;
}

export interface ListenerOptions {
  /** null: a free one. */
  readonly port: number | null;
  routes(): readonly ListenerRoute[];
  /** Hosts (with port where given) that requests may name, besides loopback with the listener's port. */
  hosts(): readonly string[];
  /** Answer to `GET /proof/<nonce>`: the signed nonce, or null when it is not ours. */
  proof(nonce: string): string | null;
}

export interface ListenerFailure {
  readonly kind: 'port-in-use' | 'port-forbidden' | 'failed';
  readonly message: string;
}

export interface OpenListener {
  readonly port: number;
  /** Accepts nothing new, finishes what was accepted, ends every socket within `withinMs`. */
  close(withinMs: number): Promise<void>;
}

export interface CallbackListener {
  open(options: ListenerOptions, hooks: ListenerHooks): Promise<Result<OpenListener, ListenerFailure>>;
}

/** Fetches a proof through the public URL, naming the hop that broke. */
export interface Probe {
  fetch(
    url: string,
  ): Promise<
    Result<string, { readonly hop: 'dns' | 'tls' | 'connect' | 'proxy-answer' | 'timeout'; readonly message: string }>
  >;
}

export interface TunnelFailure {
  /** `needs-you`: a person must change something first. `passing`: the same may work later. */
  readonly kind: 'needs-you' | 'passing';
  /** What is, what it means, what to do. */
  readonly message: string;
}

export interface TunnelEvents {
  /** The same tunnel has another public URL now. */
  changed(publicUrl: string): void;
  /** It is gone. The tunnel closes itself; whether and when it is opened again is not its to decide. */
  lost(failure: TunnelFailure): void;
  /** Something that the person should know, such as the fingerprint of a server that is trusted from now on. */
  noted(sentence: string): void;
}

export interface OpenTunnel {
  readonly publicUrl: string;
  close(): Promise<void>;
}

/** A way in from the internet to a local port. */
export interface Tunnel {
  open(localPort: number, events: TunnelEvents): Promise<Result<OpenTunnel, TunnelFailure>>;
  /** Ends an opening that is under way: it answers with a failure soon. */
  abandon(): void;
}

/** Every kind of tunnel. */
export interface Tunnels {
  /** null: there is nothing to open (`none`, `url`). */
  tunnel(choice: TunnelChoice): Tunnel | null;
  /** What this machine has, the recommended first. */
  offers(): Promise<readonly TunnelOffer[]>;
  /** The SSH servers whose keys are trusted, by `host:port`. */
  hosts(): readonly { readonly host: string; readonly fingerprint: string }[];
  /** Forgets the pinned key of an SSH server (`host` or `host:port`); false when none was known. */
  forgetHost(host: string): Result<boolean, StorageFailure>;
  /** Ends what a killed run left behind. Only for the process that owns the data directory. */
  endLeftovers(): void;
}

// ---------------------------------------------------------------- processes of our own

/** A process that answers messages, one at a time. Plain Node forks it; inside Electron only Electron can start one. */
export interface HelperProcess {
  /** Calls `onFailed` when the message could not be handed over. */
  send(message: unknown, onFailed: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when it ended or could not be started; perhaps more than once. */
  onEnded(listener: () => void): void;
  /** Whether this process must wait for it before it ends. */
  keepAlive(alive: boolean): void;
  /** Ends it even while a native call of it hangs. */
  kill(): void;
}

export type StartHelper = (path: string) => HelperProcess;
