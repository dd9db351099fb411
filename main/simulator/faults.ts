/** Answers that go wrong on request: what networks, gateways and busy services do. */
import { gatewayFault, isFields, type Reply, xmlFault } from './http.ts';
import type { Random } from './random.ts';

const routeNames = [
  'token',
  'revoke',
  'login',
  'logout',
  'list-callbacks',
  'register-callback',
  'deregister-callback',
  'start-callbacks',
  'history',
  'send',
  'account',
  'devices',
  'request-status',
] as const;
export type RouteName = (typeof routeNames)[number];

/** `truncated`: half of the JSON in a whole answer. `cut`: the connection ends half-way through the answer. */
const kinds = ['status', 'hang', 'reset', 'truncated', 'cut', 'html', 'xml', 'empty', 'unauthorized'] as const;

export interface Fault {
  readonly route: RouteName | 'any';
  readonly kind: (typeof kinds)[number];
  /** For `status`, `html` and `empty`; 503 unless told, and 200 for `empty`. */
  readonly status?: number;
  /** Sent as Retry-After: seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  /** How many calls go wrong; all, unless told. */
  readonly times?: number;
  /** The share of calls that go wrong, 0 to 1; all, unless told. */
  readonly fraction?: number;
  /** `answer-lost`: the service does as it was asked, and only the answer goes wrong. */
  readonly when?: 'not-done' | 'answer-lost';
}

const optional = (value: unknown, types: readonly string[]): boolean =>
  value === undefined || types.includes(typeof value);

const isOneOf = (values: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && values.includes(value);

export function isFault(value: unknown): value is Fault {
  if (!isFields(value)) return false;
  const { route, kind, status, retryAfter, times, fraction, when } = value;
  return (
    isOneOf([...routeNames, 'any'], route) &&
    isOneOf(kinds, kind) &&
    (status === undefined || (Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) &&
    optional(retryAfter, ['number', 'string']) &&
    /^[ -~]*$/.test(String(retryAfter)) &&
    [times, fraction].every((amount) => optional(amount, ['number'])) &&
    (when === undefined || isOneOf(['not-done', 'answer-lost'], when))
  );
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that this call meets, if any; counted as met. */
  meet(route: RouteName): Fault | null;
}

export function createFaults(random: Random): Faults {
  let faults: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      faults = [];
    },
    meet(route) {
      const met = faults.find(
        ({ fault }) => (fault.route === route || fault.route === 'any') && random() < (fault.fraction ?? 1),
      );
      if (!met) return null;
      met.left -= 1;
      faults = faults.filter(({ left }) => left > 0);
      return met.fault;
    },
  };
}

/** What goes over the wire in the end: an answer, or a connection that is held, cut, or reset. */
export type Outcome =
  | { readonly kind: 'answer'; readonly reply: Reply }
  | { readonly kind: 'cut'; readonly reply: Reply }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

const html = '<html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>';

const answer = (reply: Reply): Outcome => ({ kind: 'answer', reply });

/** The outcome under a fault. `reply` makes the answer that would have been, and with it the call's effect. */
export function underFault(fault: Fault, reply: () => Reply): Outcome {
  const isDone = fault.when === 'answer-lost' || fault.kind === 'truncated' || fault.kind === 'cut';
  const made = isDone ? reply() : { status: 200, headers: {}, body: '' };
  const retry: Readonly<Record<string, string>> =
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  switch (fault.kind) {
    case 'hang':
    case 'reset':
      return { kind: fault.kind };
    case 'cut':
      return { kind: 'cut', reply: made };
    case 'truncated':
      return answer({ ...made, body: made.body.slice(0, Math.floor(made.body.length / 2)) });
    case 'html':
      return answer({ status: fault.status ?? 503, headers: { 'Content-Type': 'text/html', ...retry }, body: html });
    case 'xml':
      return answer(xmlFault(503));
    case 'empty':
      return answer({ status: fault.status ?? 200, headers: retry, body: '' });
    case 'unauthorized':
      return answer({ status: 401, headers: {}, body: '' });
    case 'status': {
      const status = fault.status ?? 503;
      const reply = gatewayFault(status, '900800', 'Request refused', 'The request was refused on purpose.');
      return answer({ ...reply, headers: { ...reply.headers, ...retry } });
    }
  }
}
