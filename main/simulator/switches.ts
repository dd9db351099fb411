/** Every way in which the simulator can behave where the service is undocumented, varies, or goes wrong. */

/** The values each switch can take. Where the documentation decides, its answer is the default below. */
const choices = {
  /** The documentation asks for Content-Type on every M2M call, body or not. */
  contentType: ['strict', 'ignored'],
  expiresIn: ['number', 'string', 'absent'],
  /** On a repeated token request: always the full hour, or what is left of it. */
  expiresInMeaning: ['full', 'remaining'],
  sessionRefusal: ['coded-400', 'bare-401'],
  loginRefusal: ['coded-400', 'bare-401'],
  secondLogin: ['keeps-first', 'ends-first'],
  callbackWhenHeld: ['overwrite', 'refuse'],
  /** `any-on-loopback` applies the documented port list to other hosts only. */
  callbackPorts: ['any-on-loopback', 'documented', 'any'],
  emptyCallbackList: ['empty-body', 'list', '204'],
  callbackListKey: ['serviceName', 'name'],
  unsetCredentials: ['empty', 'absent'],
  callbackProfile: ['minimal', 'extended', 'nulls'],
  kindCase: ['lower', 'upper', 'mixed'],
  timestamps: ['offset', 'z', 'fraction'],
  startCallbacksSuccess: ['boolean', 'string'],
  startCallbacksUnheld: ['accepted', 'refused'],
  /** After a refused push in a flush: try the others too, or leave them for the next call. */
  flushAfterFailure: ['goes-on', 'stops'],
  historyLastPage: ['location', 'none-kept', 'none-cleared'],
  historyTokenIn: ['location', 'body-token', 'body-Token', 'body-next', 'body-nextToken', 'location-and-body'],
  historyLocation: ['relative', 'full-path', 'absolute'],
  /** `constant`: one token for ever, but pages advance. `stuck`: one token and one page for ever. */
  historyNext: ['fresh', 'constant', 'stuck'],
  historyNextForm: ['letters', 'digits'],
  historyNextReuse: ['accepted', 'refused'],
  historyMore: ['honest', 'without-location', 'empty-first-page', 'empty-pages-forever'],
  historyEmpty: ['200-list', '200-no-messages', '204', '200-empty-body'],
  /** Attempts before a text is queued: one; four at five minutes; two, as measured in the field. */
  retries: ['none', 'documented', 'measured'],
  /** What a 2xx is worth that comes after the time-out of the callback. */
  lateAcceptance: ['ignored', 'counted'],
  deliveryOrder: ['in-order', 'out-of-order'],
  sendOutcome: ['received', 'network-failure', 'expired'],
  deviceReplies: ['yes', 'no'],
  /** `lost`: nobody is told what becomes of a sent text; asking still tells. */
  sendReports: ['told', 'lost'],
} as const;

/** Numbers, each with its smallest and largest value. */
const ranges = {
  pageSize: [1, 100],
  latencyMs: [0, 600_000],
  tokenLifeMs: [0, 86_400_000],
  sessionIdleMs: [0, 86_400_000],
  loginsBeforeLock: [1, 1000],
  nextLifeMs: [0, 86_400_000],
  pushConcurrency: [1, 256],
  callbackTimeoutMs: [1, 600_000],
  documentedRetryMs: [0, 3_600_000],
  measuredRetryMs: [0, 600_000],
  duplicateFraction: [0, 1],
  staleCredentialDeliveries: [0, 1_000_000],
  sendDelayMs: [0, 600_000],
  replyDelayMs: [0, 600_000],
} as const;

type Choices = { readonly [Name in keyof typeof choices]: (typeof choices)[Name][number] };
type Amounts = { readonly [Name in keyof typeof ranges]: number };
export type Switches = Choices & Amounts;

export const defaultSwitches: Switches = {
  contentType: 'strict',
  expiresIn: 'number',
  expiresInMeaning: 'full',
  sessionRefusal: 'coded-400',
  loginRefusal: 'coded-400',
  secondLogin: 'keeps-first',
  callbackWhenHeld: 'overwrite',
  callbackPorts: 'any-on-loopback',
  emptyCallbackList: 'empty-body',
  callbackListKey: 'serviceName',
  unsetCredentials: 'empty',
  callbackProfile: 'minimal',
  kindCase: 'lower',
  timestamps: 'offset',
  startCallbacksSuccess: 'boolean',
  startCallbacksUnheld: 'accepted',
  flushAfterFailure: 'goes-on',
  historyLastPage: 'location',
  historyTokenIn: 'location',
  historyLocation: 'relative',
  historyNext: 'fresh',
  historyNextForm: 'letters',
  historyNextReuse: 'accepted',
  historyMore: 'honest',
  historyEmpty: '200-list',
  retries: 'none',
  lateAcceptance: 'ignored',
  deliveryOrder: 'in-order',
  sendOutcome: 'received',
  deviceReplies: 'yes',
  sendReports: 'told',
  pageSize: 100,
  latencyMs: 0,
  tokenLifeMs: 3_600_000,
  sessionIdleMs: 1_200_000,
  loginsBeforeLock: 5,
  nextLifeMs: 86_400_000,
  pushConcurrency: 16,
  callbackTimeoutMs: 4000,
  documentedRetryMs: 300_000,
  measuredRetryMs: 1300,
  duplicateFraction: 0,
  staleCredentialDeliveries: 0,
  sendDelayMs: 50,
  replyDelayMs: 200,
};

const allowedValues: Readonly<Record<string, readonly unknown[] | undefined>> = choices;
const allowedRanges: Readonly<Record<string, readonly [number, number] | undefined>> = ranges;

function accepts(name: string, value: unknown): boolean {
  const range = allowedRanges[name];
  if (range) return typeof value === 'number' && value >= range[0] && value <= range[1];
  return allowedValues[name]?.includes(value) ?? false;
}

/** Says whether a value from outside is a set of switches, each with a value it can take. */
export function isSwitchPatch(value: unknown): value is Partial<Switches> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, setting]) => accepts(name, setting));
}

export type ReadSwitches = () => Switches;
