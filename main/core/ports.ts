import type { Delivery, DeviceId, Message, MessageDetail, Unverified } from '../../preload/contract/message.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Settings, SettingsChange } from '../../preload/contract/settings.ts';
import type { ServiceFailure, StorageFailure } from './failure.ts';
import type { Secret } from './secret.ts';

/* What the services need from the outside. Each is implemented once under main/adapters, and faked in test/fakes. */

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
}

/** A small JSON document on disk, replaced as a whole and synced before `write` resolves. */
export interface Document<T> {
  read(): T;
  write(value: T): Result<void, StorageFailure>;
}

/** The user's choices. */
export interface SettingsStore {
  read(): Settings;
  /** Answers what is now stored; the choices stay as they were where they could not be written. */
  change(change: SettingsChange & { readonly accounts?: Settings['accounts'] }): Result<Settings, StorageFailure>;
  /** Path of an unreadable settings file that was kept aside at start, or null. */
  readonly setAside: string | null;
}

// ---------------------------------------------------------------- ThingSpace

/** The two credentials of ThingSpace: the application's key pair and the API ("UWS") user (API notes, 1.2 and 1.3). */
export interface Credentials {
  readonly appKey: Secret;
  readonly appSecret: Secret;
  readonly username: Secret;
  readonly password: Secret;
}

/** Both tokens that an M2M call carries. */
export interface Tokens {
  readonly bearer: Secret;
  readonly session: Secret;
}

/** Which token an answer named as bad: decided by the answer's shape, not its status (API notes, 1.5). */
export type StaleToken = 'bearer' | 'session' | 'both';
export type CallFailure =
  | ServiceFailure
  | { readonly kind: 'stale'; readonly stale: StaleToken; readonly failure: ServiceFailure };

export interface Registration {
  readonly serviceName: string;
  readonly url: string;
  readonly username: string;
  /** ThingSpace gives it back in clear (API notes, 2.1): kept only to restore what was displaced. */
  readonly password: Secret;
}

export interface HistoryItem {
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  /** As given, or null. */
  readonly timestamp: string | null;
  /** The item as it came, as JSON text. */
  readonly raw: string;
}

/** One block of an account's queue (API notes, 4.2). */
export interface HistoryBlock {
  readonly items: readonly HistoryItem[];
  /** Items that are no texts, as JSON text: kept raw, so that acknowledging loses nothing. */
  readonly unreadable: readonly string[];
  /** The opaque token whose sending acknowledges this block; null when the service gave none. */
  readonly next: string | null;
  /** Whether the service says that more waits (202, or hasMoreData). */
  readonly more: boolean;
  /** What to add to the service's times to get ours, from its Date header (ms); 0 when unknown. */
  readonly clockSkewMs: number;
}

export interface AccountFacts {
  readonly accountName: string;
  readonly organizationName: string | null;
}

export interface ListedDevice {
  readonly account: string | null;
  readonly deviceIds: readonly DeviceId[];
  readonly name: string | null;
}

export interface NewRegistration {
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
}

export interface OutgoingText {
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
}

/** ThingSpace over HTTP, one method a call, told which tokens to use. Never retries by itself. */
export interface ThingSpaceApi {
  requestToken(
    credentials: Credentials,
  ): Promise<Result<{ readonly bearer: Secret; readonly expiresInSeconds: number }, ServiceFailure>>;
  login(credentials: Credentials, bearer: Secret): Promise<Result<Secret, CallFailure>>;
  listCallbacks(tokens: Tokens, account: string): Promise<Result<readonly Registration[], CallFailure>>;
  registerCallback(tokens: Tokens, account: string, registration: NewRegistration): Promise<Result<void, CallFailure>>;
  deregisterCallback(tokens: Tokens, account: string): Promise<Result<void, CallFailure>>;
  startCallbacks(tokens: Tokens, account: string): Promise<Result<{ readonly success: boolean }, CallFailure>>;
  history(tokens: Tokens, account: string, next: string | null): Promise<Result<HistoryBlock, CallFailure>>;
  send(tokens: Tokens, text: OutgoingText): Promise<Result<{ readonly requestId: string }, CallFailure>>;
  account(tokens: Tokens, name: string): Promise<Result<AccountFacts, CallFailure>>;
  devices(
    tokens: Tokens,
    account: string | null,
    after: string | null,
  ): Promise<Result<{ readonly devices: readonly ListedDevice[]; readonly next: string | null }, CallFailure>>;
  /** Ends what is under way: each pending call answers `cancelled`. */
  close(): void;
}

type WithoutTokens<F> = F extends (tokens: Tokens, ...rest: infer R) => Promise<Result<infer T, CallFailure>>
  ? (...rest: R) => Promise<Result<T, ServiceFailure>>
  : never;

/** ThingSpace with signing in taken care of: what the rest of the app uses (services/session.ts). */
export type ThingSpace = {
  readonly [K in Exclude<keyof ThingSpaceApi, 'requestToken' | 'login' | 'close'>]: WithoutTokens<ThingSpaceApi[K]>;
} & {
  /** Gets both tokens now, once however many ask. */
  signIn(): Promise<Result<void, ServiceFailure>>;
  /** Forgets tokens, and the count of refusals when `credentials` are new. */
  forget(): void;
};

/** Survives restarts: how often in a row a sign-in with these credentials was refused or left without an outcome. */
export interface SignInRecord {
  /** Salted hash of the credentials; never the password. */
  readonly fingerprint: string;
  readonly salt: string;
  readonly refusals: number;
}

// ---------------------------------------------------------------- the listener and the way in

/** What is expected of callbacks for one account; several may hold while ThingSpace still sends old credentials. */
export interface ListenerRoute {
  readonly account: string;
  /** The last part of the path, 128 bits of chance. */
  readonly secretPath: Secret;
  readonly username: Secret;
  readonly password: Secret;
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

// ---------------------------------------------------------------- the message store

export interface StoredCallback {
  readonly message: Message;
  /** False when the text was there already: a repeat, or come by history. */
  readonly isNew: boolean;
}

export interface IncomingCallback {
  readonly account: string;
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  readonly receivedAt: number;
  readonly platformTime: string | null;
  readonly platformAt: number | null;
  readonly requestId: string | null;
  readonly callbackCount: number | null;
  /** JSON text of the body, its password cut out. */
  readonly raw: string;
}

export interface IncomingItem {
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  readonly platformTime: string | null;
  /** On this computer's clock. */
  readonly platformAt: number | null;
  readonly raw: string;
}

export interface IncomingBlock {
  readonly account: string;
  readonly receivedAt: number;
  readonly items: readonly IncomingItem[];
  readonly unreadable: readonly string[];
  /** The answer that brought this block also showed that the account's block before it was acknowledged. */
  readonly acknowledgesPrevious: boolean;
}

export interface StoredBlock {
  /** Those that were not there before, in the order of the block. */
  readonly added: readonly Message[];
  /** Those that were there already and are now known to have come by history too. */
  readonly matched: readonly Message[];
}

export interface StoreCounts {
  readonly total: number;
  readonly unread: number;
  readonly newest: number;
  readonly unverified: number;
  readonly accounts: Readonly<
    Record<string, { readonly texts: number; readonly unread: number; readonly lastTextAt: number | null }>
  >;
}

export interface PageRequest {
  readonly query: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly limit: number;
}

export interface SentText {
  readonly requestId: string;
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
  readonly sentAt: number;
}

/**
 * The only copy of what ThingSpace no longer keeps. Whatever a promise here says is stored has been synced to disk
 * when the promise resolves. Nothing rejects.
 */
export interface MessageStore {
  storeCallback(callback: IncomingCallback): Promise<Result<StoredCallback, StorageFailure>>;
  /** Our answer to the callback that stored `sequence` was handed over (or was not). Rule 1 of core/message.ts. */
  answered(sequence: number, sent: boolean): void;
  storeBlock(block: IncomingBlock): Promise<Result<StoredBlock, StorageFailure>>;
  storeUnverified(item: Omit<Unverified, 'id'>): Promise<Result<void, StorageFailure>>;
  storeSent(sent: SentText): Promise<Result<void, StorageFailure>>;
  storeDelivery(delivery: Delivery): Promise<Result<void, StorageFailure>>;
  deliveries(requestId: string): Promise<Result<readonly Delivery[], StorageFailure>>;
  page(
    request: PageRequest,
  ): Promise<Result<{ readonly messages: readonly Message[]; readonly total: number }, StorageFailure>>;
  /** Sequence of the row that stands `offset` rows below the newest that matches. */
  at(query: string, offset: number): Promise<Result<number | null, StorageFailure>>;
  detail(id: string): Promise<Result<MessageDetail | null, StorageFailure>>;
  /** null: all. Resolves to how many changed. */
  markRead(ids: readonly string[] | null): Promise<Result<number, StorageFailure>>;
  unverified(limit: number): Promise<Result<readonly Unverified[], StorageFailure>>;
  counts(): Promise<Result<StoreCounts, StorageFailure>>;
  /** Writes and syncs something small: whether storing works again after it failed. */
  checkWritable(): Promise<Result<void, StorageFailure>>;
  close(): Promise<void>;
}

/** Opens the store; a corrupt one is kept aside and a fresh one opened. */
export interface OpenedStore {
  readonly store: MessageStore;
  /** Path under which an unreadable database was kept, or null. */
  readonly setAside: string | null;
}
