import { describe, expect, test } from 'vitest';
import { createSecret } from '../../main/core/secret.ts';
import { createForwardSecret, type ForwardSecretDeps } from '../../main/services/forward-secret.ts';
import { createFakeKeychain } from '../fakes/keychain.ts';

function setUp(changed: Partial<ForwardSecretDeps> = {}) {
  const keychain = createFakeKeychain();
  const shown: string[] = [];
  let made = 0;
  const open = () =>
    createForwardSecret({
      keychain,
      forwarder: { newSecret: () => createSecret(`whsec_${(made += 1)}`) },
      environment: null,
      keepNothing: false,
      show: (secret) => void shown.push(secret.reveal()),
      ...changed,
    });
  return { keychain, shown, open, secret: open() };
}

async function told(answer: ReturnType<ReturnType<typeof createForwardSecret>['tell']>): Promise<string> {
  const result = await answer;
  return result.ok ? result.value.reveal() : result.error.code;
}

describe('the secret that forwarded texts are signed with', () => {
  test('is made at the first need, shown once, and told to whoever asks, also by the next run', async () => {
    const { secret, shown, open } = setUp();
    expect((await secret.read()).reveal()).toBe('whsec_1');
    expect(await told(secret.tell())).toBe('whsec_1');
    expect(await told(open().tell())).toBe('whsec_1');
    expect(shown).toEqual(['whsec_1']);
  });

  test('is another one from when it is renewed, in this run and the next', async () => {
    const { secret, open } = setUp();
    await secret.read();
    expect(await told(secret.renew())).toBe('whsec_2');
    expect((await secret.read()).reveal()).toBe('whsec_2');
    expect((await open().read()).reveal()).toBe('whsec_2');
  });

  test('of the environment is told, and changed there alone', async () => {
    const { secret } = setUp({ environment: createSecret('whsec_given') });
    expect(await told(secret.tell())).toBe('whsec_given');
    expect(await secret.renew()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('THINGSPACE_FORWARD_SECRET') },
    });
  });

  test('that would be gone with this run is told only once texts are signed with it', async () => {
    const { secret, keychain } = setUp({ keepNothing: true });
    expect(await told(secret.tell())).toBe('not-allowed');
    expect(await told(secret.renew())).toBe('not-allowed');
    await secret.read();
    expect(await told(secret.tell())).toBe('whsec_1');
    expect(keychain.recorded()).toEqual([]);
  });
});
