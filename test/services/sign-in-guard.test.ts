import { describe, expect, it } from 'vitest';
import { serviceFailure } from '../../main/core/failure.ts';
import type { CallFailure, Credentials, SignInRecord } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createSignInGuard } from '../../main/services/sign-in-guard.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { createFakeDocument } from '../fakes/document.ts';
import { credentialsWith } from './model-service.ts';

const refused = serviceFailure('sign-in-refused', 'No.', { status: 400 });
const accepted = ok(createSecret('session'));

function setUp() {
  const records = createFakeDocument<readonly SignInRecord[]>([]);
  const start = () =>
    createSignInGuard({
      records,
      hash: (salt, parts) => `${salt}:${parts.map((part) => part.length).join()}:${parts.at(-1)?.at(0)}`,
      randomSalt: () => 'salt',
      log: { write: () => undefined },
    });
  let sent = 0;
  /** A login by a fresh process. */
  const attempt = (credentials: Credentials, outcome: typeof accepted | { ok: false; error: CallFailure }) =>
    start().login(credentials, () => {
      sent += 1;
      return Promise.resolve(outcome);
    });
  return { records, start, attempt, sent: () => sent };
}

const wrong = credentialsWith('wrong');

describe('the sign-in guard', () => {
  it('stops after two refusals in a row, over restarts, and says why', async () => {
    const { attempt, sent } = setUp();
    expect(await attempt(wrong, fail(refused))).toEqual(fail(refused));
    expect(await attempt(wrong, fail(refused))).toEqual(fail(refused));
    const stopped = await attempt(wrong, fail(refused));
    expect(stopped).toMatchObject({
      ok: false,
      error: { kind: 'sign-in-stopped', message: expect.stringMatching(/refused this user name and password twice/) },
    });
    expect(sent()).toBe(2);
  });

  it('has noted the attempt before it is sent', async () => {
    const { records, start } = setUp();
    let notedBefore: readonly SignInRecord[] = [];
    await start().login(wrong, () => {
      notedBefore = records.read();
      return Promise.resolve(accepted);
    });
    expect(notedBefore).toMatchObject([{ refusals: 1 }]);
    expect(records.read()).toEqual([]);
  });

  it('counts an attempt that never came to an end, as when the process is killed', async () => {
    const { start, attempt, sent } = setUp();
    for (let kill = 0; kill < 2; kill += 1) {
      const sending = Promise.withResolvers<void>();
      void start().login(wrong, () => {
        sending.resolve();
        return new Promise(() => undefined);
      });
      await sending.promise;
    }
    expect(await attempt(wrong, accepted)).toMatchObject({ error: { kind: 'sign-in-stopped' } });
    expect(sent()).toBe(0);
  });

  it.each(['timeout', 'network', 'unavailable', 'rate-limited', 'unreadable', 'not-found'] as const)(
    'takes back an attempt that ended by %s',
    async (kind) => {
      const { attempt, records } = setUp();
      await attempt(wrong, fail(refused));
      for (let time = 0; time < 5; time += 1) await attempt(wrong, fail(serviceFailure(kind, 'Gone.')));
      expect(records.read()).toMatchObject([{ refusals: 1 }]);
    },
  );

  it('takes back an attempt that the gateway did not let through', async () => {
    const { attempt, records } = setUp();
    const failure = serviceFailure('unavailable', 'Old.');
    await attempt(wrong, fail({ kind: 'stale', stale: 'bearer', failure }));
    expect(records.read()).toEqual([]);
  });

  it('begins anew after a login that was accepted', async () => {
    const { attempt, sent } = setUp();
    for (let round = 0; round < 3; round += 1) {
      await attempt(wrong, fail(refused));
      expect(await attempt(wrong, accepted)).toEqual(accepted);
    }
    expect(sent()).toBe(6);
  });

  it('counts each user name and password by itself, also when they come back', async () => {
    const { attempt, sent } = setUp();
    for (const password of ['wrong', 'wrong', 'other', 'other']) {
      expect(await attempt(credentialsWith(password), fail(refused))).toEqual(fail(refused));
    }
    for (const password of ['wrong', 'other']) {
      expect(await attempt(credentialsWith(password), fail(refused))).toMatchObject({
        error: { kind: 'sign-in-stopped' },
      });
    }
    expect(sent()).toBe(4);
  });

  it('does not take another app key for another user', async () => {
    const { attempt } = setUp();
    await attempt(wrong, fail(refused));
    await attempt(credentialsWith('wrong', 'another key'), fail(refused));
    expect(await attempt(credentialsWith('wrong', 'third key'), fail(refused))).toMatchObject({
      error: { kind: 'sign-in-stopped' },
    });
  });

  it('lets a person try stopped credentials once more, not twice', async () => {
    const { attempt, start, sent } = setUp();
    await attempt(wrong, fail(refused));
    await attempt(wrong, fail(refused));
    expect(start().isStopped(wrong)).toBe(true);
    expect(start().allowOneMore(wrong)).toEqual(ok(undefined));
    expect(start().isStopped(wrong)).toBe(false);
    expect(await attempt(wrong, fail(refused))).toEqual(fail(refused));
    expect(await attempt(wrong, fail(refused))).toMatchObject({ error: { kind: 'sign-in-stopped' } });
    expect(sent()).toBe(3);
  });

  it('sends nothing when the attempt cannot be noted', async () => {
    const { attempt, records, sent } = setUp();
    records.breakWith({ kind: 'disk-full', message: 'The disk is full.' });
    expect(await attempt(wrong, accepted)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', message: expect.stringContaining('The disk is full.') },
    });
    expect(sent()).toBe(0);
  });

  it('sends one login at a time', async () => {
    const guard = setUp().start();
    let now = 0;
    let most = 0;
    const login = () =>
      guard.login(wrong, async () => {
        now += 1;
        most = Math.max(most, now);
        await Promise.resolve();
        now -= 1;
        return fail(refused);
      });
    const answers = await Promise.all([login(), login(), login()]);
    expect(most).toBe(1);
    expect(answers.map((answer) => !answer.ok && answer.error.kind)).toEqual([
      'sign-in-refused',
      'sign-in-refused',
      'sign-in-stopped',
    ]);
  });
});
