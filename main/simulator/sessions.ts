/** The second layer: the VZ-M2M session. Notes, sections 1.3 and 1.5. */
import { randomUUID } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { bare, type Call, json, m2mError, type Reply, readFields } from './http.ts';
import type { ReadSwitches } from './switches.ts';

export interface Sessions {
  readonly login: (call: Call) => Reply;
  readonly logout: (call: Call) => Reply;
  /** What a call with a missing, unknown or idle session gets, or null; a call that passes renews the session. */
  readonly refuse: (call: Call) => Reply | null;
  /** Makes every session look as if it had been idle for too long. */
  readonly expire: () => void;
  readonly locked: () => boolean;
  /** What only Verizon's support can do. */
  readonly unlock: () => void;
}

interface Dependencies {
  readonly credentials: Credentials;
  readonly switches: ReadSwitches;
  readonly now: () => number;
}

interface Guard {
  /** True when the pair is right and the user is not locked; counts what is wrong. */
  readonly admits: (username: unknown, password: unknown) => boolean;
  readonly locked: () => boolean;
  readonly unlock: () => void;
}

/** Wrong logins in a row lock the user; a right one before that starts the count anew. */
function createGuard({ credentials, switches }: Dependencies): Guard {
  let failures = 0;
  const locked = () => failures >= switches().loginsBeforeLock;
  return {
    admits(username, password) {
      if (locked()) return false;
      const isRight = username === credentials.username && password === credentials.password;
      failures = isRight ? 0 : failures + 1;
      return isRight;
    },
    locked,
    unlock() {
      failures = 0;
    },
  };
}

const rememberedSessions = 1000;

interface OpenSessions {
  open(): string;
  close(token: string): void;
  /** Renews the session, unless it is unknown or was idle for too long. */
  use(token: string): 'renewed' | 'unknown' | 'expired';
  readonly expireAll: () => void;
}

function createOpenSessions({ switches, now }: Dependencies): OpenSessions {
  const lastUsed = new Map<string, number>();
  return {
    open() {
      const token = randomUUID();
      if (switches().secondLogin === 'ends-first') lastUsed.clear();
      lastUsed.set(token, now());
      const [oldest] = lastUsed.keys();
      if (lastUsed.size > rememberedSessions && oldest !== undefined) lastUsed.delete(oldest);
      return token;
    },
    close: (token) => lastUsed.delete(token),
    use(token) {
      const used = lastUsed.get(token);
      if (used === undefined) return 'unknown';
      if (now() - used >= switches().sessionIdleMs) return 'expired';
      lastUsed.set(token, now());
      return 'renewed';
    },
    expireAll() {
      for (const token of lastUsed.keys()) lastUsed.set(token, Number.NEGATIVE_INFINITY);
    },
  };
}

function tokenOf(call: Call): string | null {
  const header = call.headers['vz-m2m-token'];
  return typeof header === 'string' && header !== '' ? header : null;
}

// The texts and, for a locked user, the code are made up: no source shows them.
const refusals = {
  locked: m2mError('REQUEST_FAILED.Contact.Locked', 'The user is locked.'),
  wrong: m2mError('INPUT_INVALID.Password.Invalid', 'The user name or the password is not valid.'),
  missing: m2mError('REQUEST_FAILED.SessionToken.Format', 'The session token is missing.'),
  unknown: m2mError('INPUT_INVALID.SessionToken.Invalid', 'The session token is not valid.'),
  expired: m2mError('REQUEST_FAILED.SessionToken.Expired', 'The session has expired.'),
};

export function createSessions(dependencies: Dependencies): Sessions {
  const { switches } = dependencies;
  const guard = createGuard(dependencies);
  const sessions = createOpenSessions(dependencies);
  return {
    login(call) {
      const fields = readFields(call.body);
      if (!fields) return m2mError('DeserializationFailed', 'The request could not be read.');
      if (guard.admits(fields['username'], fields['password'])) return json(200, { sessionToken: sessions.open() });
      if (switches().loginRefusal === 'bare-401') return bare(401);
      return guard.locked() ? refusals.locked : refusals.wrong;
    },
    logout(call) {
      const token = tokenOf(call) ?? '';
      sessions.close(token);
      return json(200, { sessionToken: token });
    },
    refuse(call) {
      const token = tokenOf(call);
      const use = token === null ? 'missing' : sessions.use(token);
      if (use === 'renewed') return null;
      return switches().sessionRefusal === 'bare-401' ? bare(401) : refusals[use];
    },
    expire: sessions.expireAll,
    locked: guard.locked,
    unlock: guard.unlock,
  };
}
