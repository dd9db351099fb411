import { type ServiceFailure, serviceFailure } from '../../main/core/failure.ts';
import type { CallFailure, Credentials, ThingSpaceApi, Tokens } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

export interface ModelService {
  readonly api: ThingSpaceApi;
  /** The password that the service takes. */
  setPassword(password: string): void;
  expireBearers(): void;
  expireSessions(): void;
  /** What the next login answers in place of its outcome, once. */
  failNextLogin(failure: CallFailure | null): void;
  failNextToken(failure: ServiceFailure): void;
  /** Every call but the sign-in answers that this token is stale. */
  refuseForever(stale: 'bearer' | 'session' | 'both' | null): void;
  setLifetime(seconds: number): void;
  readonly counts: {
    readonly tokens: number;
    readonly logins: number;
    readonly calls: number;
    /** Refused logins since one was accepted, for the password that was used. */
    readonly refusedInARow: ReadonlyMap<string, number>;
    readonly mostLoginsAtOnce: number;
  };
}

export function credentialsWith(password: string, appKey = 'key'): Credentials {
  return {
    appKey: createSecret(appKey),
    appSecret: createSecret('secret'),
    username: createSecret('zbeeblebrox'),
    password: createSecret(password),
  };
}

const refused = serviceFailure('sign-in-refused', 'Refused.', { status: 400 });
const old = serviceFailure('unavailable', 'Old.', { status: 401 });

async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
}

/** ThingSpace's rules of signing in, in memory: what the session must get along with. */
export function createModelService(): ModelService {
  let password = 'right';
  let issued = 0;
  let bearer: string | null = null;
  let sessions = new Set<string>();
  let loginFailure: CallFailure | null = null;
  let tokenFailure: ServiceFailure | null = null;
  let staleForever: 'bearer' | 'session' | 'both' | null = null;
  let lifetime = 3600;
  let loginsNow = 0;
  const refusedInARow = new Map<string, number>();
  const counts = { tokens: 0, logins: 0, calls: 0, refusedInARow, mostLoginsAtOnce: 0 };

  async function requestToken() {
    counts.tokens += 1;
    await turns();
    if (tokenFailure !== null) {
      const failure = tokenFailure;
      tokenFailure = null;
      return fail(failure);
    }
    bearer ??= `bearer-${(issued += 1)}`;
    return ok({ bearer: createSecret(bearer), expiresInSeconds: lifetime });
  }

  async function login(credentials: Credentials, used: { reveal(): string }) {
    counts.logins += 1;
    loginsNow += 1;
    counts.mostLoginsAtOnce = Math.max(counts.mostLoginsAtOnce, loginsNow);
    await turns();
    loginsNow -= 1;
    const given = credentials.password.reveal();
    if (loginFailure !== null) {
      const failure = loginFailure;
      loginFailure = null;
      return fail(failure);
    }
    if (used.reveal() !== bearer) return fail({ kind: 'stale', stale: 'bearer', failure: old } as const);
    if (given !== password) {
      refusedInARow.set(given, (refusedInARow.get(given) ?? 0) + 1);
      return fail(refused);
    }
    refusedInARow.set(given, 0);
    const session = `session-${(issued += 1)}`;
    sessions.add(session);
    return ok(createSecret(session));
  }

  async function call<T>(tokens: Tokens, value: T): Promise<Result<T, CallFailure>> {
    counts.calls += 1;
    await turns();
    if (staleForever !== null) return fail({ kind: 'stale', stale: staleForever, failure: old });
    if (tokens.bearer.reveal() !== bearer) return fail({ kind: 'stale', stale: 'bearer', failure: old });
    if (!sessions.has(tokens.session.reveal())) return fail({ kind: 'stale', stale: 'session', failure: old });
    return ok(value);
  }

  return {
    counts,
    setPassword: (next) => void (password = next),
    expireBearers: () => void (bearer = null),
    expireSessions: () => void (sessions = new Set()),
    failNextLogin: (failure) => void (loginFailure = failure),
    failNextToken: (failure) => void (tokenFailure = failure),
    refuseForever: (stale) => void (staleForever = stale),
    setLifetime: (seconds) => void (lifetime = seconds),
    api: {
      requestToken,
      login,
      listCallbacks: (tokens) => call(tokens, []),
      registerCallback: (tokens) => call(tokens, undefined),
      deregisterCallback: (tokens) => call(tokens, undefined),
      startCallbacks: (tokens) => call(tokens, { success: true }),
      history: (tokens) => call(tokens, { items: [], unreadable: [], next: null, more: false, clockSkewMs: 0 }),
      requestStatus: (tokens) => call(tokens, 'Pending' as const),
      send: (tokens) => call(tokens, { requestId: 'r' }),
      account: (tokens, accountName) => call(tokens, { accountName, organizationName: null }),
      devices: (tokens) => call(tokens, { devices: [], next: null }),
      close: () => undefined,
    },
  };
}
