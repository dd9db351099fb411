import { describe, expect, test } from 'vitest';
import type { Core } from '../../main/services/core.ts';
import type { Input, MethodName, Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import { startApp } from './app.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { registerStranger, stranger } from './stranger.ts';

const account = '0000123456-00001';

async function ask<N extends MethodName>(
  core: Core,
  name: N,
  input: Input<N>,
): Promise<Result<Output<N>, { message: string }>> {
  return (await core.router.handle('window', name, input)) as Result<Output<N>, { message: string }>;
}

async function emptyApp(tunnelled = false) {
  const simulator = await freshSimulator();
  const config = { run: null, loopbackAllowed: !tunnelled };
  const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [], config });
  return { simulator, ...app };
}

describe('an account is checked before it is added', () => {
  test('who holds its callback is told, and nothing is changed there', async () => {
    const { simulator, core } = await emptyApp();
    expect(await ask(core, 'account.check', { account })).toMatchObject({
      ok: true,
      value: { holder: 'nobody', host: null },
    });
    await registerStranger(simulator, account);
    expect(await ask(core, 'account.check', { account })).toMatchObject({
      ok: true,
      value: { holder: 'other', host: 'ops.example.com' },
    });
    expect(simulator.registrations(account)).toMatchObject([{ url: stranger.url }]);
    expect(core.snapshot().accounts).toEqual([]);
    const routes = simulator.requests().map(({ route }) => route);
    expect(routes.filter((route) => route === 'register-callback')).toHaveLength(1);
    for (const changing of ['deregister-callback', 'start-callbacks', 'history'])
      expect(routes).not.toContain(changing);
  });

  test('one that the API user does not see is told as such', async () => {
    const { core } = await emptyApp();
    const checked = await ask(core, 'account.check', { account: '0000999999-00001' });
    expect(checked).toMatchObject({ ok: false, error: { service: { status: 400 } } });
  });
});

test('one that listens is told as ours; another way of it counts at once, and gives the callback back', async () => {
  const { simulator, core, until } = await emptyApp();
  await ask(core, 'account.add', { account: 'FIELD_DEMO-A' });
  await ask(core, 'account.add', { account });
  await until(() => core.snapshot().accounts.every(({ state }) => state === 'live'), 'live');
  expect(await ask(core, 'account.check', { account: 'FIELD_DEMO-A' })).toMatchObject({ value: { holder: 'ours' } });
  await ask(core, 'account.add', { account: 'FIELD_DEMO-A', mode: 'poll' });
  await until(() => simulator.registrations('FIELD_DEMO-A').length === 0, 'given back');
  await until(() => core.snapshot().accounts[0]?.state === 'polling', 'polling');
  expect(core.snapshot().accounts.map(({ name, mode }) => [name, mode])).toEqual([
    ['FIELD_DEMO-A', 'poll'],
    [account, 'auto'],
  ]);
});

describe('the way in is tried before an account needs it', () => {
  test('it is opened and proved, and closes by itself when nothing comes of it', async () => {
    const { core, clock, until } = await emptyApp();
    expect(core.snapshot().wayIn.state).toBe('closed');
    await ask(core, 'wayIn.try', {});
    await until(() => core.snapshot().wayIn.state === 'proved', 'proved');
    expect(core.snapshot().wayIn).toMatchObject({ sentence: expect.stringContaining('a signed question came back') });
    await clock.advance(6 * 60_000);
    await until(() => core.snapshot().wayIn.state === 'closed', 'closed');
  });

  test('what does not lead here is told in words, and another choice is tried at once', async () => {
    const { core, until } = await emptyApp(true);
    await ask(core, 'wayIn.try', {});
    await until(() => core.snapshot().wayIn.state === 'none', 'none');
    await ask(core, 'settings.change', {
      tunnel: { kind: 'command', command: 'no-such-program {port}', pattern: null, publicUrl: null },
    });
    await until(() => core.snapshot().wayIn.state === 'failed', 'failed');
    expect(core.snapshot().wayIn.sentence).toContain('no-such-program was not found on this computer');
  });
});

describe('what ThingSpace would not call is not even stored', () => {
  test.each([
    [{ publicUrl: 'https://sms.example.com:8443' }, 'ThingSpace does not call port 8443'],
    [{ publicUrl: 'http://sms.example.com:9001' }, 'only on port 80'],
    [{ tunnel: { kind: 'url', publicUrl: 'https://192.168.1.5' } }, 'from outside'],
    [{ tunnel: { kind: 'cloudflared', tunnel: 'mine', publicUrl: 'https://localhost' } }, 'from outside'],
  ] as const)('%j', async (change, reason) => {
    const { core } = await emptyApp(true);
    const before = core.settings();
    expect(await ask(core, 'settings.change', change)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(reason) },
    });
    expect(core.settings()).toEqual(before);
  });
});

test('an endpoint outside this network is not stored without the yes', async () => {
  const { core } = await emptyApp();
  const forwards = [{ url: 'https://203.0.113.7/sms', query: '', format: 'original' }] as const;
  expect(await ask(core, 'settings.change', { forwards })).toMatchObject({ ok: false });
  expect(core.settings().forwards).toEqual([]);
  expect(await ask(core, 'settings.change', { forwards, forwardAnywhere: true })).toMatchObject({ ok: true });
});
