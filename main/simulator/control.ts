/**
 * The control surface for tests in any language. JSON in and out, under /simulator, from this machine only.
 * Errors are `{ "error": "…" }` with status 400, 403 or 404. Requests with an Origin header are refused, so no web page can steer it.
 *
 *   GET    /simulator                         { origin, accounts, credentials, devices }
 *   POST   /simulator/texts                   { account, deviceIds: [{id, kind}], text, timestamp?, queue?, wait? }
 *                                             → { id, state? }; `queue`: as if nobody listened; `wait`: until it settled
 *   POST   /simulator/flood                   { account, count, wait? } → {} or { delivered, queued, … }
 *   POST   /simulator/backlog                 { count } for each account
 *   POST   /simulator/devices                 { rate, seed? }: devices text by themselves, `rate` texts a second in all
 *   DELETE /simulator/devices                 they stop
 *   GET    /simulator/counts?account=A        { total, pushing, queued, delivered, acknowledged, cleared }
 *   GET    /simulator/ledger?account=A        [{ id, text, state, attempts, accepted, handedOut, … }]
 *   GET    /simulator/registrations?account=A [{ serviceName, url, username, password, … }]
 *   GET    /simulator/requests                [{ method, path, route, sent, body, status, … }]
 *   GET    /simulator/switches                all switches
 *   PATCH  /simulator/switches                some switches → all switches; see switches.ts
 *   POST   /simulator/faults                  { route, kind, status?, retryAfter?, times?, fraction?, when? }; see faults.ts
 *   DELETE /simulator/faults                  no more faults
 *   POST   /simulator/expire-tokens, /simulator/expire-sessions, /simulator/unlock, /simulator/reset
 */
import { isFault } from './faults.ts';
import { type Call, isFields, json, type Reply, readFields } from './http.ts';
import type { Simulator } from './simulator.ts';
import { isSwitchPatch } from './switches.ts';
import type { DeviceId, NewText } from './texts.ts';

type Fields = Readonly<Record<string, unknown>>;
type Action = (simulator: Simulator, fields: Fields, query: URLSearchParams) => Reply | Promise<Reply>;

const done = (): Reply => json(200, {});
const refused = (error: string): Reply => json(400, { error });

/** Does something with an account that exists; anything else is refused. */
function withAccount(simulator: Simulator, name: unknown, action: (account: string) => Reply | Promise<Reply>) {
  const isKnown = typeof name === 'string' && simulator.accounts.includes(name);
  return isKnown ? action(name) : refused(`account must be one of ${simulator.accounts.join(', ')}`);
}

const isDeviceId = (value: unknown): value is DeviceId =>
  isFields(value) && typeof value['id'] === 'string' && typeof value['kind'] === 'string';

function readText({ deviceIds, text, timestamp }: Fields): NewText | null {
  if (!Array.isArray(deviceIds) || typeof text !== 'string') return null;
  const ids = deviceIds.filter(isDeviceId);
  if (ids.length === 0 || ids.length < deviceIds.length) return null;
  return typeof timestamp === 'number' ? { deviceIds: ids, text, timestamp } : { deviceIds: ids, text };
}

const readCount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000 ? value : null;

const postText: Action = (simulator, fields) =>
  withAccount(simulator, fields['account'], async (account) => {
    const text = readText(fields);
    if (!text) return refused('deviceIds must be a list of {id, kind}, and text a string');
    if (fields['queue'] === true) {
      simulator.queueText(account, text);
      return done();
    }
    const { id, settled } = simulator.deviceTexts(account, text);
    return json(200, fields['wait'] === true ? { id, state: await settled } : { id });
  });

const postFlood: Action = (simulator, fields) =>
  withAccount(simulator, fields['account'], async (account) => {
    const count = readCount(fields['count']);
    if (count === null) return refused('count must be a whole number up to 1000000');
    const flood = simulator.flood(account, count);
    return json(200, fields['wait'] === true ? await flood : {});
  });

const postBacklog: Action = (simulator, fields) => {
  const count = readCount(fields['count']);
  if (count === null) return refused('count must be a whole number up to 1000000');
  simulator.backlog(count);
  return done();
};

const postDevices: Action = (simulator, { rate, seed }) => {
  if (typeof rate !== 'number' || rate <= 0 || rate > 10_000) return refused('rate must be above 0 and at most 10000');
  simulator.startDevices(typeof seed === 'number' ? { rate, seed } : { rate });
  return done();
};

const postFault: Action = (simulator, fields) => {
  if (!isFault(fields)) return refused('no such fault');
  simulator.addFault(fields);
  return done();
};

const patchSwitches: Action = (simulator, fields) => {
  if (!isSwitchPatch(fields)) return refused('no such switch, or not one of its values');
  simulator.setSwitches(fields);
  return json(200, simulator.switches());
};

const ofAccount =
  (read: (simulator: Simulator, account: string) => unknown): Action =>
  (simulator, _, query) =>
    withAccount(simulator, query.get('account'), (account) => json(200, read(simulator, account)));

const simply =
  (act: (simulator: Simulator) => void): Action =>
  (simulator) => {
    act(simulator);
    return done();
  };

const actions: Readonly<Record<string, Action | undefined>> = {
  'GET /simulator': (simulator) => {
    const { origin, accounts, credentials } = simulator;
    return json(200, { origin, accounts, credentials, devices: simulator.devices() });
  },
  'POST /simulator/texts': postText,
  'POST /simulator/flood': postFlood,
  'POST /simulator/backlog': postBacklog,
  'POST /simulator/devices': postDevices,
  'DELETE /simulator/devices': simply((simulator) => simulator.stopDevices()),
  'GET /simulator/counts': ofAccount((simulator, account) => simulator.counts(account)),
  'GET /simulator/ledger': ofAccount((simulator, account) => simulator.ledger(account)),
  'GET /simulator/registrations': ofAccount((simulator, account) => simulator.registrations(account)),
  'GET /simulator/requests': (simulator) => json(200, simulator.requests()),
  'GET /simulator/switches': (simulator) => json(200, simulator.switches()),
  'PATCH /simulator/switches': patchSwitches,
  'POST /simulator/faults': postFault,
  'DELETE /simulator/faults': simply((simulator) => simulator.clearFaults()),
  'POST /simulator/expire-tokens': simply((simulator) => simulator.expireTokens()),
  'POST /simulator/expire-sessions': simply((simulator) => simulator.expireSessions()),
  'POST /simulator/unlock': simply((simulator) => simulator.unlock()),
  'POST /simulator/reset': simply((simulator) => simulator.reset()),
};

export const isControlPath = (path: string): boolean => path === '/simulator' || path.startsWith('/simulator/');

/** A page that got its own name to point here would still send that name as the host. */
function isOwnHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

export async function answerControl(simulator: Simulator, call: Call): Promise<Reply> {
  if (call.headers.origin !== undefined || !isOwnHost(call.headers.host))
    return json(403, { error: 'not for web pages' });
  const action = actions[`${call.method} ${call.path}`];
  if (!action) return json(404, { error: 'no such control' });
  const fields = readFields(call.body === '' ? '{}' : call.body);
  return fields ? action(simulator, fields, call.query) : refused('the body must be a JSON object');
}
