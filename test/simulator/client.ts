/** A plain client for these tests; it shares nothing with the app's own. */
import type { Simulator } from '../../main/simulator/server.ts';
import type { AnswerBody } from './bodies.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; null, whatever the type says, when it is none. */
  readonly json: AnswerBody;
}

export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

function parsed(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return null as unknown as AnswerBody;
  }
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

export function basic({ credentials }: Simulator): string {
  return `Basic ${Buffer.from(`${credentials.appKey}:${credentials.appSecret}`).toString('base64')}`;
}

export function requestToken(simulator: Simulator, init: RequestInit = {}): Promise<Answer> {
  return request(`${simulator.origin}/api/ts/v1/oauth2/token`, {
    method: 'POST',
    headers: { Authorization: basic(simulator) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    ...init,
  });
}

/** Calls the M2M API with the given headers and no others. */
export function callWith(
  simulator: Simulator,
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  // fetch adds a content type of its own to a string; a buffer has none.
  if (typeof init.body === 'string') init.body = Buffer.from(init.body);
  return request(`${simulator.origin}/api/m2m/v1${path}`, init);
}

export async function bearerHeaders(simulator: Simulator): Promise<Record<string, string>> {
  const { json } = await requestToken(simulator);
  return { Authorization: `Bearer ${json.access_token}`, 'Content-Type': 'application/json' };
}

export async function login(simulator: Simulator, password: string = simulator.credentials.password): Promise<Answer> {
  const { username } = simulator.credentials;
  return callWith(simulator, await bearerHeaders(simulator), 'POST', '/session/login', { username, password });
}

export async function sessionHeaders(simulator: Simulator): Promise<Record<string, string>> {
  const { json } = await login(simulator);
  return { ...(await bearerHeaders(simulator)), 'VZ-M2M-Token': json.sessionToken };
}

/** Signs in; the answer calls the M2M API with all three headers. */
export async function signIn(simulator: Simulator): Promise<Send> {
  const headers = await sessionHeaders(simulator);
  return (method, path, body, further = {}) => callWith(simulator, { ...headers, ...further }, method, path, body);
}
