import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceFailure } from '../../main/core/failure.ts';
import type { Credentials, KeychainFailure, SignInRecord, ThingSpaceApi } from '../../main/core/ports.ts';
import { createSession } from '../../main/services/session.ts';
import { createSignInGuard } from '../../main/services/sign-in-guard.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeDocument } from '../fakes/document.ts';
import { createModelService, credentialsWith } from './model-service.ts';

const account = '0000123456-00001';

function setUp() {
  const service = createModelService();
  const clock = createFakeClock();
  const records = createFakeDocument<readonly SignInRecord[]>([]);
  const logged: string[] = [];
  let given: Result<Credentials | null, KeychainFailure> = ok(credentialsWith('right'));
  let process = 0;
  const dead = fail(serviceFailure('cancelled', 'Killed.'));
  /** A session as a fresh process would have it. An earlier one sends and writes nothing any more. */
  const start = () => {
    process += 1;
    const own = process;
    const login: ThingSpaceApi['login'] = (...given) =>
      own === process ? service.api.login(...given) : Promise.resolve(dead);
    return createSession({
      api: { ...service.api, login },
      credentials: () => Promise.resolve(given),
      advice: 'Give others.',
      guard: createSignInGuard({
        records: {
          read: () => records.read(),
          write: (value) => (own === process ? records.write(value) : ok(undefined)),
        },
        hash: (salt, parts) => JSON.stringify([salt, ...parts]),
        randomSalt: () => 'salt',
        log: { write: () => undefined },
      }),
      clock,
      log: { write: (level, event, facts) => void logged.push(JSON.stringify([level, event, facts])) },
    });
  };
  return {
    service,
    clock,
    records,
    logged,
    start,
    session: start(),
    use: (next: Result<Credentials | null, KeychainFailure>) => void (given = next),
  };
}

describe('signing in', () => {
  it('happens once for many calls at the same time', async () => {
    const { service, session } = setUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => session.startCallbacks(account)));
    expect(answers).toEqual(answers.map(() => ok({ success: true })));
    expect(service.counts).toMatchObject({ tokens: 1, logins: 1, calls: 50 });
  });

  it('is not repeated while both tokens are good', async () => {
    const { service, session, clock } = setUp();
    expect(await session.signIn()).toEqual(ok(undefined));
    await clock.advance(54 * 60_000);
    await session.listCallbacks(account);
    expect(service.counts).toMatchObject({ tokens: 1, logins: 1 });
  });

  it('renews the bearer five minutes before its hour is over, and keeps the session', async () => {
    const { service, session, clock } = setUp();
    service.setLifetime(7200);
    await session.signIn();
    await clock.advance(55 * 60_000);
    await session.listCallbacks(account);
    expect(service.counts).toMatchObject({ tokens: 2, logins: 1, calls: 1 });
  });

  it('uses a token with little left for half of that, not for one call', async () => {
    const { service, session, clock } = setUp();
    service.setLifetime(200);
    await session.signIn();
    await clock.advance(99_000);
    await session.listCallbacks(account);
    expect(service.counts.tokens).toBe(1);
    await clock.advance(1000);
    await session.listCallbacks(account);
    expect(service.counts.tokens).toBe(2);
  });

  it('renews the bearer when the clock was set back behind its start', async () => {
    const { service, session, clock } = setUp();
    await session.signIn();
    clock.jump(-86_400_000);
    await session.listCallbacks(account);
    expect(service.counts).toMatchObject({ tokens: 2, logins: 1 });
  });

  it('without credentials sends nothing', async () => {
    const { service, session, use } = setUp();
    use(ok(null));
    expect(await session.signIn()).toMatchObject({ ok: false, error: { kind: 'no-credentials' } });
    expect(service.counts.tokens).toBe(0);
  });

  it('with a locked keychain sends nothing, and tells its sentence', async () => {
    const { service, session, use } = setUp();
    use(fail({ kind: 'locked', message: 'Unlock the keychain.' }));
    expect(await session.signIn()).toMatchObject({ error: { kind: 'keychain', message: 'Unlock the keychain.' } });
    expect(service.counts.tokens).toBe(0);
  });

  it('keeps every secret out of the log', async () => {
    const { service, session, logged } = setUp();
    await session.signIn();
    service.expireSessions();
    await session.listCallbacks(account);
    expect(logged.join('\n')).toContain('signed-in');
    expect(logged.join('\n')).not.toMatch(/right|bearer-\d|session-\d|"key"|zbeeblebrox/);
  });
});

describe('a stale token', () => {
  it('of the session is renewed by one login for all calls that meet it', async () => {
    const { service, session } = setUp();
    await session.signIn();
    service.expireSessions();
    const answers = await Promise.all(Array.from({ length: 30 }, () => session.startCallbacks(account)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(service.counts).toMatchObject({ tokens: 1, logins: 2, calls: 60 });
  });

  it('of OAuth is renewed without a login', async () => {
    const { service, session } = setUp();
    await session.signIn();
    service.expireBearers();
    expect(await session.history(account, null)).toMatchObject({ ok: true });
    expect(service.counts).toMatchObject({ tokens: 2, logins: 1, calls: 2 });
  });

  it.each([
    ['session', 1, 2],
    ['bearer', 2, 1],
    ['both', 2, 2],
  ] as const)('(%s) that stays stale is renewed once, and the call repeated once', async (stale, tokens, logins) => {
    const { service, session } = setUp();
    service.refuseForever(stale);
    expect(await session.startCallbacks(account)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: expect.stringContaining('another program may share the login') },
    });
    expect(service.counts).toMatchObject({ tokens, logins, calls: 2 });
  });

  it('that comes back again and again is not renewed more than three times a minute', async () => {
    const { service, session, clock } = setUp();
    service.refuseForever('session');
    for (let call = 0; call < 20; call += 1) await session.startCallbacks(account);
    expect(service.counts.logins).toBe(4);
    service.refuseForever(null);
    service.expireSessions();
    await clock.advance(60_000);
    expect(await session.startCallbacks(account)).toMatchObject({ ok: true });
  });

  it('met by a login is renewed once and counts as no refusal', async () => {
    const { service, session, records } = setUp();
    service.failNextLogin({ kind: 'stale', stale: 'bearer', failure: serviceFailure('unavailable', 'Old.') });
    expect(await session.signIn()).toEqual(ok(undefined));
    expect(service.counts).toMatchObject({ tokens: 2, logins: 2 });
    expect(records.read()).toEqual([]);
  });

  it('is not renewed for a failure of another kind', async () => {
    const { service, session } = setUp();
    const failure = serviceFailure('unavailable', 'Trouble.', { status: 503 });
    service.failNextToken(failure);
    expect(await session.startCallbacks(account)).toEqual(fail(failure));
    expect(service.counts).toMatchObject({ tokens: 1, logins: 0, calls: 0 });
  });
});

describe('a refused sign-in', () => {
  it('is told to all who wait for it, and sent once', async () => {
    const { service, session, use } = setUp();
    use(ok(credentialsWith('wrong')));
    const answers = await Promise.all(Array.from({ length: 10 }, () => session.startCallbacks(account)));
    expect(answers).toEqual(answers.map(() => expect.objectContaining({ ok: false })));
    expect(service.counts.logins).toBe(1);
  });

  it('is not repeated by later calls of the same process', async () => {
    const { service, session, use, clock } = setUp();
    use(ok(credentialsWith('wrong')));
    for (let hour = 0; hour < 10; hour += 1) {
      expect(await session.signIn()).toMatchObject({ ok: false, error: { kind: 'sign-in-refused' } });
      await clock.advance(3_600_000);
    }
    expect(service.counts.logins).toBe(1);
  });

  it('is repeated once when a person asks for it, and then stopped', async () => {
    const { service, session, use } = setUp();
    use(ok(credentialsWith('wrong')));
    for (const kind of ['sign-in-refused', 'sign-in-refused', 'sign-in-stopped', 'sign-in-stopped']) {
      expect(await session.signIn()).toMatchObject({
        ok: false,
        error: { kind, message: expect.stringMatching(/\. Give others\.$/) },
      });
      session.forget();
    }
    expect(service.counts.logins).toBe(2);
  });

  it('ends with other credentials', async () => {
    const { session, use } = setUp();
    use(ok(credentialsWith('wrong')));
    await session.signIn();
    use(ok(credentialsWith('right')));
    expect(await session.signIn()).toEqual(ok(undefined));
  });

  it('by app key is kept for a minute, counts toward no lock, and is then tried again', async () => {
    const { service, session, records, clock } = setUp();
    service.failNextToken(serviceFailure('sign-in-refused', 'Key.', { errorCode: 'invalid_client' }));
    for (let call = 0; call < 20; call += 1) {
      expect(await session.listCallbacks(account)).toMatchObject({ error: { kind: 'sign-in-refused' } });
    }
    expect(service.counts).toMatchObject({ tokens: 1, logins: 0 });
    expect(records.written).toEqual([]);
    await clock.advance(60_000);
    expect(await session.listCallbacks(account)).toMatchObject({ ok: true });
  });
});

describe('forgetting', () => {
  it('makes the next call sign in anew', async () => {
    const { service, session } = setUp();
    await session.signIn();
    session.forget();
    expect(await session.listCallbacks(account)).toMatchObject({ ok: true });
    expect(service.counts).toMatchObject({ tokens: 2, logins: 2 });
  });

  it('in the middle of a sign-in does not keep what that brings', async () => {
    const { service, session, use } = setUp();
    use(ok(credentialsWith('wrong')));
    const signedIn = session.signIn();
    await Promise.resolve();
    use(ok(credentialsWith('right')));
    session.forget();
    expect(await signedIn).toEqual(ok(undefined));
    expect(service.counts.mostLoginsAtOnce).toBe(1);
  });
});

type Step =
  | { readonly kind: 'restart' | 'expire-bearers' | 'expire-sessions' | 'forget' | 'token-fails' }
  | { readonly kind: 'use' | 'password-becomes'; readonly password: string }
  | { readonly kind: 'login-fails'; readonly how: 'timeout' | 'network' | 'unavailable' }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'clock-jumps'; readonly ms: number }
  | { readonly kind: 'calls'; readonly count: number; readonly settle: boolean };

const password = fc.constantFrom('right', 'wrong', 'other');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    { kind: 'restart' },
    { kind: 'expire-bearers' },
    { kind: 'expire-sessions' },
    { kind: 'forget' },
    { kind: 'token-fails' },
  ),
  fc.record({ kind: fc.constantFrom('use' as const, 'password-becomes' as const), password }),
  fc.record({
    kind: fc.constant('login-fails' as const),
    how: fc.constantFrom('timeout' as const, 'network' as const, 'unavailable' as const),
  }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 0, max: 7_200_000 }) }),
  fc.record({ kind: fc.constant('clock-jumps' as const), ms: fc.integer({ min: -1e9, max: 1e9 }) }),
  fc.record({ kind: fc.constant('calls' as const), count: fc.integer({ min: 1, max: 5 }), settle: fc.boolean() }),
);

async function run(steps: readonly Step[]): Promise<void> {
  const world = setUp();
  let { session } = world;
  const pending: Promise<unknown>[] = [];
  for (const one of steps) {
    switch (one.kind) {
      case 'restart':
        // Killed: what was sent is still judged by the service, but nobody notes the outcome.
        session = world.start();
        await Promise.all(pending);
        break;
      case 'expire-bearers':
        world.service.expireBearers();
        break;
      case 'expire-sessions':
        world.service.expireSessions();
        break;
      case 'forget':
        session.forget();
        break;
      case 'token-fails':
        world.service.failNextToken(serviceFailure('network', 'Gone.'));
        break;
      case 'use':
        world.use(ok(credentialsWith(one.password)));
        break;
      case 'password-becomes':
        world.service.setPassword(one.password);
        break;
      case 'login-fails':
        world.service.failNextLogin(serviceFailure(one.how, 'Gone.'));
        break;
      case 'time':
        await world.clock.advance(one.ms);
        break;
      case 'clock-jumps':
        world.clock.jump(one.ms);
        break;
      case 'calls':
        for (let call = 0; call < one.count; call += 1) pending.push(session.startCallbacks(account));
        if (one.settle) await Promise.all(pending);
        break;
    }
    for (const refusals of world.service.counts.refusedInARow.values()) expect(refusals).toBeLessThanOrEqual(2);
    expect(world.service.counts.mostLoginsAtOnce).toBeLessThanOrEqual(1);
  }
  await Promise.all(pending);
  for (const refusals of world.service.counts.refusedInARow.values()) expect(refusals).toBeLessThanOrEqual(2);
}

it('never sends more than two refused logins in a row, and one at a time, in 10,000 random histories', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), run), { numRuns: 10_000 });
}, 120_000);
