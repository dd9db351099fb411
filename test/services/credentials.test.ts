import { describe, expect, it } from 'vitest';
import { serviceFailure } from '../../main/core/failure.ts';
import type { Credentials, SignInRecord } from '../../main/core/ports.ts';
import { createCredentialsKeeper } from '../../main/services/credentials.ts';
import { createSignInGuard } from '../../main/services/sign-in-guard.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { createFakeDocument } from '../fakes/document.ts';
import { createFakeKeychain } from '../fakes/keychain.ts';
import { credentialsWith } from './model-service.ts';

function setUp(environment: Credentials | null = null, stored: Readonly<Record<string, string>> = {}) {
  const keychain = createFakeKeychain(stored);
  const records = createFakeDocument<readonly SignInRecord[]>([]);
  const guard = createSignInGuard({
    records,
    hash: (salt, parts) => JSON.stringify([salt, ...parts]),
    randomSalt: () => 'salt',
    log: { write: () => undefined },
  });
  const refuse = async (credentials: Credentials) => {
    const refused = fail(serviceFailure('sign-in-refused', 'No.'));
    for (let time = 0; time < 2; time += 1) await guard.login(credentials, () => Promise.resolve(refused));
  };
  return { keychain, records, guard, refuse, keeper: createCredentialsKeeper({ keychain, environment, guard }) };
}

const given = credentialsWith('pässword "1"');

function reveal(credentials: Credentials | null) {
  return (
    credentials && Object.fromEntries(Object.entries(credentials).map(([name, secret]) => [name, secret.reveal()]))
  );
}

describe('credentials', () => {
  it('are missing until they are saved, and again after they are cleared', async () => {
    const { keeper, keychain } = setUp();
    expect(await keeper.read()).toEqual(ok(null));
    expect(await keeper.state()).toMatchObject({ state: 'missing' });
    expect(await keeper.save(given, false)).toEqual(ok(undefined));
    const read = await keeper.read();
    expect(read.ok && reveal(read.value)).toEqual(reveal(given));
    expect(await keeper.state()).toMatchObject({ state: 'present' });
    expect([...keychain.stored.keys()]).toEqual(['credentials']);
    expect(await keeper.clear()).toEqual(ok([]));
    expect(await keeper.state()).toMatchObject({ state: 'missing' });
  });

  it('take with them whatever else this app stored, but not what is owed to another server', async () => {
    const { keeper, keychain } = setUp(null, { credentials: '{}', 'tunnel ngrok': 't', 'displaced 0001-1': 'theirs' });
    expect(await keeper.clear()).toEqual(ok(['0001-1']));
    expect([...keychain.stored]).toEqual([['displaced 0001-1', 'theirs']]);
  });

  it('from the environment hold for the run, and no keychain is asked', async () => {
    const { keeper, keychain } = setUp(given);
    const read = await keeper.read();
    expect(read.ok && reveal(read.value)).toEqual(reveal(given));
    expect(await keeper.state()).toMatchObject({ state: 'given', sentence: expect.stringContaining('environment') });
    expect(keeper.advice).toContain('from the environment');
    expect(keychain.calls()).toBe(0);
  });

  it.each([
    ['locked', 'locked', 'keychain-locked'],
    ['missing', 'unavailable', 'keychain-missing'],
  ] as const)('with a keychain that is %s are %s, in its words', async (kind, state, code) => {
    const { keeper, keychain } = setUp(null, { credentials: '{}' });
    keychain.become(kind);
    expect(await keeper.read()).toMatchObject({ ok: false, error: { kind } });
    expect(await keeper.state()).toMatchObject({ state, sentence: expect.stringContaining('keychain') });
    expect(await keeper.save(given, false)).toMatchObject({ ok: false, error: { code } });
    expect(await keeper.clear()).toMatchObject({ ok: false, error: { code } });
  });

  it.each(['', 'null', '7', '{}', '{"version":2}', '{"version":1,"appKey":"k","appSecret":"s","username":""}'])(
    'that this app did not store (%j) are none',
    async (text) => {
      expect(await setUp(null, { credentials: text }).keeper.read()).toEqual(ok(null));
    },
  );

  it('refused twice are not taken again unless a person confirms, and then for one try', async () => {
    const { keeper, keychain, guard, refuse } = setUp();
    await refuse(given);
    expect(await keeper.save(given, false)).toMatchObject({ ok: false, error: { code: 'sign-in-stopped' } });
    expect(keychain.stored.size).toBe(0);
    expect(guard.isStopped(given)).toBe(true);
    expect(await keeper.save(given, true)).toEqual(ok(undefined));
    expect(guard.isStopped(given)).toBe(false);
    await refuse(given);
    expect(guard.isStopped(given)).toBe(true);
  });

  it('that differ from those refused twice are taken at once', async () => {
    const { keeper, refuse } = setUp();
    await refuse(given);
    expect(await keeper.save(credentialsWith('another'), false)).toEqual(ok(undefined));
  });

  it('are not saved when the confirmation cannot be noted', async () => {
    const { keeper, keychain, records, refuse } = setUp();
    await refuse(given);
    records.breakWith({ kind: 'disk-full', message: 'Full.' });
    expect(await keeper.save(given, true)).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(keychain.stored.size).toBe(0);
  });
});
