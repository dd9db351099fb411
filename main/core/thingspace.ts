import type { DeviceId } from '../../preload/contract/message.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { SmsEncoding } from '../../preload/contract/sms-text.ts';
import type { ServiceFailure } from './failure.ts';
import type { Secret } from './secret.ts';

/* ThingSpace as the services need it (adapters/thingspace, services/session.ts). */

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

/** What ThingSpace calls what it can report to a URL, as far as this app wants it (API notes, section 2.6). */
export type CallbackService = 'EnhancedConnectivityService' | 'SMSDeliveryConfirmation';

export interface OutgoingText {
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
  readonly encoding: SmsEncoding;
  /** null: ThingSpace's own 5 days. */
  readonly timeToLiveSeconds: number | null;
}

/** How a request stands (API notes, section 5). */
export type RequestStatus = 'Pending' | 'Success' | 'Failure';

/** ThingSpace over HTTP, one method a call, told which tokens to use. Never retries by itself. */
export interface ThingSpaceApi {
  requestToken(
    credentials: Credentials,
  ): Promise<Result<{ readonly bearer: Secret; readonly expiresInSeconds: number }, ServiceFailure>>;
  login(credentials: Credentials, bearer: Secret): Promise<Result<Secret, CallFailure>>;
  listCallbacks(tokens: Tokens, account: string): Promise<Result<readonly Registration[], CallFailure>>;
  /** `service`: the one that carries device texts when left out. */
  registerCallback(
    tokens: Tokens,
    account: string,
    registration: NewRegistration,
    service?: CallbackService,
  ): Promise<Result<void, CallFailure>>;
  deregisterCallback(tokens: Tokens, account: string, service?: CallbackService): Promise<Result<void, CallFailure>>;
  startCallbacks(tokens: Tokens, account: string): Promise<Result<{ readonly success: boolean }, CallFailure>>;
  history(tokens: Tokens, account: string, next: string | null): Promise<Result<HistoryBlock, CallFailure>>;
  send(tokens: Tokens, text: OutgoingText): Promise<Result<{ readonly requestId: string }, CallFailure>>;
  requestStatus(tokens: Tokens, account: string, requestId: string): Promise<Result<RequestStatus, CallFailure>>;
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
  /** Whether the application key and secret were accepted, though the user may not be signed in. */
  hasBearer(): boolean;
  /** The same for a short while, in which the user signs in at most once: a session that ends then is not renewed. */
  withOneLogin(): ThingSpace;
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
