import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { timeToLiveText } from '../../../preload/contract/time-to-live.ts';
import { type ServiceFailure, serviceFailure } from '../../core/failure.ts';
import type {
  CallbackService,
  CallFailure,
  Clock,
  Credentials,
  NewRegistration,
  OutgoingText,
  ThingSpaceApi,
  Tokens,
} from '../../core/ports.ts';
import type { Secret } from '../../core/secret.ts';
import { createSecret } from '../../core/secret.ts';
import { type Answer, createExchange, type Exchange, type Question } from './exchange.ts';
import { callFailure, unreadable } from './failure.ts';
import { loginFailure, tokenFailure } from './sign-in.ts';
import {
  deviceCursor,
  isAcknowledgement,
  readAccount,
  readBearer,
  readDevices,
  readHistory,
  readRegistrations,
  readRequestId,
  readRequestStatus,
  readSession,
  readSuccess,
} from './wire.ts';

export interface ThingSpaceApiOptions {
  /** Scheme, host and port: `https://thingspace.verizon.com`, or a simulator's. */
  readonly apiBase: string;
  readonly clock: Clock;
  /** For the whole of a request, in milliseconds. */
  readonly timeoutMs?: number;
  /** Larger answers are not read. */
  readonly maximumBytes?: number;
}

const tokenPath = '/api/ts/v1/oauth2/token';
const m2mRoot = '/api/m2m/v1';
const textService: CallbackService = 'EnhancedConnectivityService';
const devicesPerPage = 500;
const standardTimeoutMs = 30_000;
const standardMaximumBytes = 16 * 1_048_576;

/** An account as a part of a path; null when a URL cannot hold it as one (`..` would name another address). */
function pathPart(account: string): string | null {
  return account === '' || /^\.{1,2}$/.test(account) || !account.isWellFormed() ? null : encodeURIComponent(account);
}

/** The three headers that every M2M call carries, with a body or without (API notes, 1.4). */
function m2mHeaders(tokens: Tokens): Readonly<Record<string, string>> {
  return {
    Authorization: `Bearer ${tokens.bearer.reveal()}`,
    'VZ-M2M-Token': tokens.session.reveal(),
    'Content-Type': 'application/json',
  };
}

interface Call<T> {
  readonly method: Question['method'];
  /** Follows the M2M root. */
  readonly path: string | null;
  readonly body?: unknown;
  readonly secrets?: readonly Secret[];
  /** For the sentence of a failure. */
  readonly account: string | null;
  readonly read: (answer: Answer) => T | null;
}

async function call<T>(exchange: Exchange, tokens: Tokens, given: Call<T>): Promise<Result<T, CallFailure>> {
  if (given.path === null) {
    return fail(serviceFailure('refused', 'An account at ThingSpace cannot have this name. Check how it is written.'));
  }
  const answered = await exchange.ask({
    method: given.method,
    path: m2mRoot + given.path,
    headers: m2mHeaders(tokens),
    body: given.body === undefined ? null : JSON.stringify(given.body),
    secrets: [tokens.bearer, tokens.session, ...(given.secrets ?? [])],
  });
  if (!answered.ok) return answered;
  const failure = callFailure(answered.value, given.account);
  return failure === null ? understood(answered.value, given.read) : fail(failure);
}

function understood<T>(answer: Answer, read: (answer: Answer) => T | null): Result<T, ServiceFailure> {
  const value = read(answer);
  return value === null ? fail(unreadable(answer)) : ok(value);
}

async function requestToken(exchange: Exchange, credentials: Credentials) {
  const basic = Buffer.from(`${credentials.appKey.reveal()}:${credentials.appSecret.reveal()}`).toString('base64');
  const answered = await exchange.ask({
    method: 'POST',
    path: tokenPath,
    headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
    secrets: [createSecret(basic), credentials.appKey, credentials.appSecret],
  });
  if (!answered.ok) return answered;
  const failure = tokenFailure(answered.value);
  return failure === null ? understood(answered.value, readBearer) : fail(failure);
}

async function login(exchange: Exchange, credentials: Credentials, bearer: Secret) {
  const answered = await exchange.ask({
    method: 'POST',
    path: `${m2mRoot}/session/login`,
    headers: { Authorization: `Bearer ${bearer.reveal()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: credentials.username.reveal(), password: credentials.password.reveal() }),
    secrets: [bearer, credentials.username, credentials.password],
  });
  if (!answered.ok) return answered;
  const failure = loginFailure(answered.value);
  return failure === null ? understood(answered.value, readSession) : fail(failure);
}

/** The path to something of an account, or null when no path can name the account. */
function of(account: string, path: (part: string) => string): string | null {
  const part = pathPart(account);
  return part === null ? null : path(part);
}

/** PUT without a body: ThingSpace documents none, and the header stays all the same (API notes, 3). */
function startCallbacks(exchange: Exchange, tokens: Tokens, account: string) {
  const path = of(account, (part) => `/sms/${part}/startCallbacks`);
  return call(exchange, tokens, { method: 'PUT', path, account, read: readSuccess });
}

/** What makes a callback URL hard to guess: an answer that repeats the URL must not tell it. */
function secretPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

async function registerCallback(
  exchange: Exchange,
  tokens: Tokens,
  account: string,
  given: NewRegistration,
  service = textService,
) {
  const answered = await call(exchange, tokens, {
    method: 'POST',
    path: of(account, (part) => `/callbacks/${part}`),
    body: {
      name: service,
      url: given.url,
      username: given.username,
      password: given.password.reveal(),
    },
    secrets: [given.password, createSecret(given.username), createSecret(secretPart(given.url))],
    account,
    read: (answer) => isAcknowledgement(answer) || null,
  });
  return answered.ok ? ok(undefined) : answered;
}

async function deregisterCallback(exchange: Exchange, tokens: Tokens, account: string, service = textService) {
  const answered = await call(exchange, tokens, {
    method: 'DELETE',
    path: of(account, (part) => `/callbacks/${part}/name/${service}`),
    account,
    read: (answer) => isAcknowledgement(answer) || null,
  });
  return answered.ok ? ok(undefined) : answered;
}

function history(exchange: Exchange, tokens: Tokens, account: string, next: string | null) {
  const query = next === null ? '' : `?next=${encodeURIComponent(next)}`;
  const path = of(account, (part) => `/sms/${part}/history${query}`);
  return call(exchange, tokens, { method: 'GET', path, account, read: readHistory });
}

function send(exchange: Exchange, tokens: Tokens, { account, to, text, encoding, timeToLiveSeconds }: OutgoingText) {
  const body = {
    accountName: account,
    deviceIds: [{ id: to.id, kind: to.kind }],
    smsMessage: text,
    // 7-bit is the service's own choice (API notes, section 5).
    ...(encoding === '7-bit' ? {} : { dataEncoding: encoding }),
    ...(timeToLiveSeconds === null ? {} : { timeToLive: timeToLiveText(timeToLiveSeconds) }),
  };
  return call(exchange, tokens, { method: 'POST', path: '/sms', body, account, read: readRequestId });
}

function devices(exchange: Exchange, tokens: Tokens, account: string | null, after: string | null) {
  const body = {
    ...(account === null ? {} : { accountName: account }),
    maxNumberOfDevices: devicesPerPage,
    ...(after === null ? {} : { largestDeviceIdSeen: deviceCursor(after) }),
  };
  return call(exchange, tokens, { method: 'POST', path: '/devices/actions/list', body, account, read: readDevices });
}

/** ThingSpace over HTTP (API notes, 1 to 7). */
export function createThingSpaceApi(options: ThingSpaceApiOptions): ThingSpaceApi {
  const exchange = createExchange({
    apiBase: options.apiBase,
    clock: options.clock,
    timeoutMs: options.timeoutMs ?? standardTimeoutMs,
    maximumBytes: options.maximumBytes ?? standardMaximumBytes,
  });
  return {
    requestToken: (credentials) => requestToken(exchange, credentials),
    login: (credentials, bearer) => login(exchange, credentials, bearer),
    listCallbacks: (tokens, account) => {
      const path = of(account, (part) => `/callbacks/${part}`);
      return call(exchange, tokens, { method: 'GET', path, account, read: readRegistrations });
    },
    registerCallback: (tokens, ...given) => registerCallback(exchange, tokens, ...given),
    deregisterCallback: (tokens, ...given) => deregisterCallback(exchange, tokens, ...given),
    startCallbacks: (tokens, account) => startCallbacks(exchange, tokens, account),
    history: (tokens, account, next) => history(exchange, tokens, account, next),
    send: (tokens, text) => send(exchange, tokens, text),
    requestStatus: (tokens, account, requestId) => {
      const request = pathPart(requestId);
      const path = of(account, (part) => `/accounts/${part}/requests/${request}/status`);
      return call(exchange, tokens, { method: 'GET', path: request && path, account, read: readRequestStatus });
    },
    account: (tokens, name) => {
      const path = of(name, (part) => `/accounts/${part}`);
      return call(exchange, tokens, { method: 'GET', path, account: name, read: readAccount });
    },
    devices: (tokens, account, after) => devices(exchange, tokens, account, after),
    close: () => exchange.close(),
  };
}
