/** Which path is which call, and what a call must bring before it is looked at. */
import type { RouteName } from './faults.ts';
import { type Call, m2mError, noMatchingResource, type Reply, xmlFault } from './http.ts';
import type { World } from './world.ts';

export interface Route {
  readonly name: RouteName;
  readonly method: string;
  readonly path: string;
  /** `client`: the key pair, checked by the call itself. */
  readonly needs: 'client' | 'bearer' | 'session';
  readonly answer: (call: Call) => Reply;
}

const oauth = '/api/ts/v1/oauth2';
const m2m = '/api/m2m/v1';

/** The whole API. Segments that begin with a colon are parameters. */
export function routesOf(world: World): readonly Route[] {
  const { tokens, sessions, callbacks, originated, history, send, accounts, deviceList } = world;
  const route = (name: RouteName, needs: Route['needs'], call: string, answer: Route['answer']): Route => {
    const [method = '', path = ''] = call.split(' ');
    return { name, method, path: (needs === 'client' ? oauth : m2m) + path, needs, answer };
  };
  return [
    route('token', 'client', 'POST /token', tokens.issue),
    route('revoke', 'client', 'POST /revoke', tokens.revoke),
    route('login', 'bearer', 'POST /session/login', sessions.login),
    route('logout', 'session', 'POST /session/logout', sessions.logout),
    route('list-callbacks', 'session', 'GET /callbacks/:account', callbacks.list),
    route('register-callback', 'session', 'POST /callbacks/:account', callbacks.register),
    route('deregister-callback', 'session', 'DELETE /callbacks/:account/name/:service', callbacks.deregister),
    route('start-callbacks', 'session', 'PUT /sms/:account/startCallbacks', originated.startCallbacks),
    route('history', 'session', 'GET /sms/:account/history', history.read),
    route('send', 'session', 'POST /sms', send.send),
    route('account', 'session', 'GET /accounts/:account', accounts.describe),
    route('devices', 'session', 'POST /devices/actions/list', deviceList.list),
    route('request-status', 'session', 'GET /accounts/:account/requests/:request/status', send.status),
  ];
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The documentation writes this one segment in two ways, and so do clients. */
function isSame(expected: string, actual: string | null): boolean {
  return expected === 'startCallbacks' ? actual?.toLowerCase() === expected.toLowerCase() : actual === expected;
}

/** The parameters of a path that fits the pattern, or null. */
function fit(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [expected, actual] = [pattern.split('/'), path.split('/')];
  if (expected.length !== actual.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = decoded(actual[index] ?? '');
    if (segment.startsWith(':')) {
      if (!value) return null;
      parameters[segment.slice(1)] = value;
    } else if (!isSame(segment, value)) return null;
  }
  return parameters;
}

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

export function findRoute(routes: readonly Route[], method: string, path: string): Match | null {
  for (const route of routes) {
    const parameters = route.method === method ? fit(route.path, path) : null;
    if (parameters) return { route, parameters };
  }
  return null;
}

/** A wrong path within an API is a JSON fault, any other an XML one. */
export function refusePath(path: string): Reply {
  return path.startsWith(m2m) || path.startsWith(oauth) ? noMatchingResource() : xmlFault(404);
}

/** What the gateway and the platform check before the call itself, in that order. */
export function answerRoute(world: World, route: Route, call: Call): Reply {
  if (route.needs === 'client') return route.answer(call);
  const refusal = world.tokens.refuse(call) ?? refuseContentType(world, call);
  if (refusal) return refusal;
  return (route.needs === 'session' ? world.sessions.refuse(call) : null) ?? route.answer(call);
}

/** The header is documented as required even without a body; what its absence leads to is not, and is made up. */
function refuseContentType(world: World, call: Call): Reply | null {
  if (world.switches().contentType === 'ignored' || call.headers['content-type'] === 'application/json') return null;
  return m2mError('REQUEST_FAILED.ContentType.Invalid', 'The header Content-Type must be application/json.');
}
