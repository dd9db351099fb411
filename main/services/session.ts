import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { type ServiceFailure, serviceFailure } from '../core/failure.ts';
import type {
  CallFailure,
  Clock,
  Credentials,
  KeychainFailure,
  Log,
  StaleToken,
  ThingSpace,
  ThingSpaceApi,
  Tokens,
} from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import type { SignInGuard } from './sign-in-guard.ts';

export interface SessionDeps {
  readonly api: ThingSpaceApi;
  readonly credentials: () => Promise<Result<Credentials | null, KeychainFailure>>;
  /** What to do about credentials that are refused, in words: it depends on where they come from. */
  readonly advice: string;
  readonly guard: SignInGuard;
  readonly clock: Clock;
  readonly log: Log;
}

const longestBearerMs = 3_600_000;
const bearerMarginMs = 300_000;
const renewalWindowMs = 60_000;
/** More renewals than this within the window mean that something else ends our sessions. */
const renewalsInWindow = 3;
const keyRefusalHoldsMs = 60_000;

interface Bearer {
  readonly token: Secret;
  readonly from: number;
  readonly until: number;
}

interface State {
  bearer: Bearer | null;
  session: Secret | null;
  signingIn: Promise<Result<Tokens, ServiceFailure>> | null;
  /** Grows when tokens are forgotten: what a sign-in from before brings is then not kept. */
  generation: number;
  /** These credentials were refused; until then they are not sent again. */
  refused: { readonly credentials: Credentials; readonly failure: ServiceFailure; readonly until: number } | null;
  /** When tokens that ThingSpace had stopped accepting were renewed, the last minute's. */
  renewals: readonly number[];
  /** How often the user's password was sent. */
  logins: number;
}

function sameCredentials(left: Credentials, right: Credentials): boolean {
  return (['appKey', 'appSecret', 'username', 'password'] as const).every(
    (part) => left[part].reveal() === right[part].reveal(),
  );
}

function currentTokens(deps: SessionDeps, state: State): Tokens | null {
  const now = deps.clock.now();
  const { bearer, session } = state;
  // A clock that was set back makes the end meaningless.
  if (bearer === null || session === null || now < bearer.from || now >= bearer.until) return null;
  return { bearer: bearer.token, session };
}

async function readCredentials(deps: SessionDeps): Promise<Result<Credentials, ServiceFailure>> {
  const read = await deps.credentials();
  if (!read.ok) return fail(serviceFailure('keychain', read.error.message));
  if (read.value !== null) return ok(read.value);
  return fail(
    serviceFailure(
      'no-credentials',
      'There are no ThingSpace credentials yet. Give them with `thingspace-sms login` or in the settings.',
    ),
  );
}

function noteRefusal(
  deps: SessionDeps,
  state: State,
  credentials: Credentials,
  failure: ServiceFailure,
  forMs: number,
) {
  deps.log.write('warn', 'sign-in-refused', { message: failure.message, errorCode: failure.errorCode });
  state.refused = { credentials, failure, until: deps.clock.now() + forMs };
}

async function bearerFor(deps: SessionDeps, state: State, credentials: Credentials) {
  const now = deps.clock.now();
  if (state.bearer !== null && now >= state.bearer.from && now < state.bearer.until) return ok(state.bearer.token);
  const answered = await deps.api.requestToken(credentials);
  if (!answered.ok) {
    // No user is locked by this, so that a key which was repaired in the portal is found without a restart.
    if (answered.error.kind === 'sign-in-refused') {
      noteRefusal(deps, state, credentials, answered.error, keyRefusalHoldsMs);
    }
    return answered;
  }
  const from = deps.clock.now();
  const lifeMs = Math.min(answered.value.expiresInSeconds * 1000, longestBearerMs);
  // ThingSpace repeats a token with the minutes it has left (API notes, 1.2): a short one is used for half its life.
  state.bearer = { token: answered.value.bearer, from, until: from + Math.max(lifeMs - bearerMarginMs, lifeMs / 2) };
  return ok(state.bearer.token);
}

async function loginOnce(
  deps: SessionDeps,
  state: State,
  credentials: Credentials,
): Promise<Result<Tokens, CallFailure>> {
  const bearer = await bearerFor(deps, state, credentials);
  if (!bearer.ok) return bearer;
  if (state.session !== null) return ok({ bearer: bearer.value, session: state.session });
  state.logins += 1;
  const session = await deps.guard.login(credentials, () => deps.api.login(credentials, bearer.value));
  if (session.ok) {
    state.session = session.value;
    deps.log.write('info', 'signed-in');
    return ok({ bearer: bearer.value, session: session.value });
  }
  if (session.error.kind === 'sign-in-refused') {
    noteRefusal(deps, state, credentials, session.error, Number.POSITIVE_INFINITY);
  }
  return session;
}

async function signInOnce(deps: SessionDeps, state: State): Promise<Result<Tokens, ServiceFailure>> {
  const read = await readCredentials(deps);
  if (!read.ok) return read;
  const { refused } = state;
  if (refused !== null && deps.clock.now() < refused.until && sameCredentials(refused.credentials, read.value)) {
    return fail(refused.failure);
  }
  const first = await loginOnce(deps, state, read.value);
  if (first.ok) return first;
  if (first.error.kind !== 'stale') return fail(first.error);
  // The gateway did not let the login through: no refusal of the user, so that one more try is safe.
  state.bearer = null;
  const second = await loginOnce(deps, state, read.value);
  if (second.ok) return second;
  return fail(second.error.kind === 'stale' ? second.error.failure : second.error);
}

function startSignIn(deps: SessionDeps, state: State): Promise<Result<Tokens, ServiceFailure>> {
  const { generation } = state;
  return signInOnce(deps, state)
    .then((result) => (result.ok ? result : fail(advised(result.error, deps.advice))))
    .finally(() => {
      if (generation !== state.generation) forgetTokens(state);
      state.signingIn = null;
    });
}

function advised(failure: ServiceFailure, advice: string): ServiceFailure {
  const isRefused = failure.kind === 'sign-in-refused' || failure.kind === 'sign-in-stopped';
  return isRefused ? { ...failure, message: `${failure.message} ${advice}` } : failure;
}

/** The tokens to use now: those at hand, or new ones, got once for however many ask. */
async function obtainTokens(deps: SessionDeps, state: State): Promise<Result<Tokens, ServiceFailure>> {
  for (;;) {
    const tokens = currentTokens(deps, state);
    if (tokens !== null) return ok(tokens);
    const { generation } = state;
    state.signingIn ??= startSignIn(deps, state);
    const result = await state.signingIn;
    // Otherwise what it brought was forgotten, or found stale by another call, before it was there.
    if (generation === state.generation && (!result.ok || state.session === result.value.session)) return result;
  }
}

function forgetTokens(state: State): void {
  state.bearer = null;
  state.session = null;
  state.refused = null;
}

/** Drops what was refused unless another call has renewed it already. False: it was renewed too often just now. */
function dropStale(deps: SessionDeps, state: State, used: Tokens, stale: StaleToken): boolean {
  const bearerIsOld = stale !== 'session' && state.bearer?.token === used.bearer;
  const sessionIsOld = stale !== 'bearer' && state.session === used.session;
  if (!bearerIsOld && !sessionIsOld) return true;
  const now = deps.clock.now();
  const recent = state.renewals.filter((at) => at <= now && now - at < renewalWindowMs);
  if (recent.length >= renewalsInWindow) return false;
  state.renewals = [...recent, now];
  if (bearerIsOld) state.bearer = null;
  if (sessionIsOld) state.session = null;
  deps.log.write('info', 'tokens-renewed', { stale });
  return true;
}

function recurring(failure: ServiceFailure): ServiceFailure {
  return {
    ...failure,
    message:
      'ThingSpace keeps ending this sign-in: another program may share the login. Give each program an API user of its own.',
  };
}

const endedMeanwhile = serviceFailure(
  'unavailable',
  'ThingSpace ended the sign-in in the middle of this, and it is not repeated here: another program may share the login.',
);

/**
 * Asks with both tokens. One that is refused as stale is renewed, and the call repeated: once for each token, because
 * after a night both have ended and the service names them one after the other.
 */
async function call<T>(
  deps: SessionDeps,
  state: State,
  mayLogIn: () => boolean,
  ask: (tokens: Tokens) => Promise<Result<T, CallFailure>>,
): Promise<Result<T, ServiceFailure>> {
  const renewed = new Set<StaleToken>();
  for (;;) {
    if (state.session === null && !mayLogIn()) return fail(endedMeanwhile);
    const tokens = await obtainTokens(deps, state);
    if (!tokens.ok) return tokens;
    const answer = await ask(tokens.value);
    if (answer.ok) return answer;
    if (answer.error.kind !== 'stale') return fail(answer.error);
    const { stale, failure } = answer.error;
    const again = renewed.has(stale) || renewed.has('both') || (stale === 'both' && renewed.size > 0);
    if (again || !dropStale(deps, state, tokens.value, stale)) return fail(recurring(failure));
    renewed.add(stale);
  }
}

/**
 * ThingSpace with signing in taken care of: one token and one session for all calls, renewed only when they end. A
 * refused login is not repeated until `forget` is called or the credentials are others.
 */
export function createSession(deps: SessionDeps): ThingSpace {
  const state: State = {
    bearer: null,
    session: null,
    signingIn: null,
    generation: 0,
    refused: null,
    renewals: [],
    logins: 0,
  };
  return callsOf(deps, state, () => true);
}

function callsOf(deps: SessionDeps, state: State, mayLogIn: () => boolean): ThingSpace {
  const { api } = deps;
  const ask = <T>(question: (tokens: Tokens) => Promise<Result<T, CallFailure>>) =>
    call(deps, state, mayLogIn, question);
  return {
    listCallbacks: (...given) => ask((tokens) => api.listCallbacks(tokens, ...given)),
    registerCallback: (...given) => ask((tokens) => api.registerCallback(tokens, ...given)),
    deregisterCallback: (...given) => ask((tokens) => api.deregisterCallback(tokens, ...given)),
    startCallbacks: (...given) => ask((tokens) => api.startCallbacks(tokens, ...given)),
    history: (...given) => ask((tokens) => api.history(tokens, ...given)),
    send: (...given) => ask((tokens) => api.send(tokens, ...given)),
    requestStatus: (...given) => ask((tokens) => api.requestStatus(tokens, ...given)),
    account: (...given) => ask((tokens) => api.account(tokens, ...given)),
    devices: (...given) => ask((tokens) => api.devices(tokens, ...given)),
    signIn: async () => {
      const tokens = await obtainTokens(deps, state);
      return tokens.ok ? ok(undefined) : tokens;
    },
    withOneLogin() {
      const before = state.logins;
      return callsOf(deps, state, () => state.logins === before);
    },
    hasBearer: () => state.bearer !== null,
    forget: () => {
      state.generation += 1;
      forgetTokens(state);
    },
  };
}
