import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { type ServiceFailure, serviceFailure } from '../core/failure.ts';
import type { CallFailure, Credentials, Document, Log, SignInRecord } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';

/**
 * Refusals in a row after which a person must act. ThingSpace locks the user at five, counting those of other
 * programs too, and only its support unlocks (API notes, 1.3).
 */
const allowedRefusals = 2;
/** Remembered sets of credentials; going back to an older set must not start its count anew. */
const rememberedRecords = 20;

type LoginResult = Result<Secret, CallFailure>;

/**
 * Keeps logins from locking the user. One login runs at a time. Each is counted on disk before it is sent and taken
 * back when its outcome was no refusal, so that one which a crash interrupts counts.
 */
export interface SignInGuard {
  /** Runs `attempt` unless these credentials were refused twice in a row; then `sign-in-stopped`, and nothing is sent. */
  login(credentials: Credentials, attempt: () => Promise<LoginResult>): Promise<LoginResult>;
  isStopped(credentials: Credentials): boolean;
  /** Lets stopped credentials be tried once more: for a person who says that they are right now. */
  allowOneMore(credentials: Credentials): Result<void, ServiceFailure>;
}

export interface SignInGuardDeps {
  /** Newest first. */
  readonly records: Document<readonly SignInRecord[]>;
  /** Slow and one-way, because what goes in is a password. */
  readonly hash: (salt: string, parts: readonly string[]) => string;
  readonly randomSalt: () => string;
  readonly log: Log;
}

/** Only what ThingSpace counts by: another app key does not make a wrong password right. */
function fingerprintOf(deps: SignInGuardDeps, credentials: Credentials): Omit<SignInRecord, 'refusals'> {
  const salt = deps.records.read()[0]?.salt ?? deps.randomSalt();
  return { salt, fingerprint: deps.hash(salt, [credentials.username.reveal(), credentials.password.reveal()]) };
}

function refusalsOf(deps: SignInGuardDeps, fingerprint: string): number {
  return deps.records.read().find((record) => record.fingerprint === fingerprint)?.refusals ?? 0;
}

function remember(deps: SignInGuardDeps, record: SignInRecord): Result<void, ServiceFailure> {
  const others = deps.records.read().filter(({ fingerprint }) => fingerprint !== record.fingerprint);
  const kept = record.refusals === 0 ? others : [record, ...others].slice(0, rememberedRecords);
  const written = deps.records.write(kept);
  if (written.ok) return ok(undefined);
  return fail(
    serviceFailure(
      'unavailable',
      `No sign-in is sent, because it could not be noted first (${written.error.message}). The note keeps ThingSpace from locking the user.`,
    ),
  );
}

function stopped(): ServiceFailure {
  return serviceFailure(
    'sign-in-stopped',
    'ThingSpace refused this user name and password twice, so they are not sent again: at five refusals it locks the user.',
  );
}

async function guarded(deps: SignInGuardDeps, credentials: Credentials, attempt: () => Promise<LoginResult>) {
  const who = fingerprintOf(deps, credentials);
  const before = refusalsOf(deps, who.fingerprint);
  if (before >= allowedRefusals) return fail(stopped());
  const noted = remember(deps, { ...who, refusals: before + 1 });
  if (!noted.ok) return noted;
  const outcome = await attempt();
  // `cancelled` leaves open what ThingSpace made of it, so it stays counted, as a crash does.
  const counts = !outcome.ok && (outcome.error.kind === 'sign-in-refused' || outcome.error.kind === 'cancelled');
  if (counts) return outcome;
  const corrected = remember(deps, { ...who, refusals: outcome.ok ? 0 : before });
  // The count is then too high, which is the safe side.
  if (!corrected.ok) deps.log.write('warn', 'sign-in-note-kept', { message: corrected.error.message });
  return outcome;
}

export function createSignInGuard(deps: SignInGuardDeps): SignInGuard {
  let last: Promise<unknown> = Promise.resolve();
  return {
    login(credentials, attempt) {
      const turn = last.then(() => guarded(deps, credentials, attempt));
      last = turn.catch(() => undefined);
      return turn;
    },
    isStopped: (credentials) => refusalsOf(deps, fingerprintOf(deps, credentials).fingerprint) >= allowedRefusals,
    allowOneMore(credentials) {
      const who = fingerprintOf(deps, credentials);
      if (refusalsOf(deps, who.fingerprint) < allowedRefusals) return ok(undefined);
      return remember(deps, { ...who, refusals: allowedRefusals - 1 });
    },
  };
}
