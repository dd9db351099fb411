import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClock } from '../../main/adapters/clock.ts';
import { type ClosableKeychain, createKeychain, type KeychainOptions } from '../../main/adapters/keychain.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createFakeDocument, type FakeDocument } from '../fakes/document.ts';
import { createFakeKeychain } from '../fakes/keychain.ts';
import { type SessionBus, startSessionBus, whatIsMissing } from './keychain/session-bus.ts';

const root = join(import.meta.dirname, '..', '..');
const secret = createSecret('päss "wörd" \\ 1');
const silentLog = { write: () => undefined };

function open(record: FakeDocument<readonly string[]>, options: Partial<KeychainOptions> = {}): ClosableKeychain {
  const keychain = createKeychain({ record, clock: createClock(), log: silentLog, ...options });
  onTestFinished(() => keychain.close());
  return keychain;
}

async function revealed(keychain: ClosableKeychain, name: string) {
  const read = await keychain.read(name);
  return read.ok ? (read.value?.reveal() ?? null) : read.error.kind;
}

const missing = whatIsMissing();
it('a real keychain is there where nothing may be skipped', () => {
  expect(process.env['CI'] === 'true' ? missing : null).toBeNull();
});

describe.skipIf(missing !== null)(`with gnome-keyring${missing === null ? '' : ` (${missing})`}`, () => {
  let bus: SessionBus;
  let record: FakeDocument<readonly string[]>;

  beforeEach(async () => {
    bus = await startSessionBus();
    record = createFakeDocument<readonly string[]>([]);
    for (const [name, value] of Object.entries(bus.environment)) vi.stubEnv(name, value);
    vi.stubEnv('DISPLAY', undefined);
    vi.stubEnv('WAYLAND_DISPLAY', undefined);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await bus.close();
  });

  it('a secret is kept, replaced and removed', async () => {
    await bus.startKeyring();
    const keychain = open(record);
    expect(await keychain.read('credentials')).toEqual({ ok: true, value: null });
    expect(await keychain.write('credentials', createSecret('old'))).toEqual({ ok: true, value: undefined });
    expect(await keychain.write('credentials', secret)).toEqual({ ok: true, value: undefined });
    expect(await revealed(keychain, 'credentials')).toBe(secret.reveal());
    expect(record.read()).toEqual(['credentials']);
    expect(await keychain.remove('credentials')).toEqual({ ok: true, value: undefined });
    expect(await keychain.read('credentials')).toEqual({ ok: true, value: null });
    expect(record.read()).toEqual([]);
  });

  it('a secret is still there after a restart of the app and of the keychain', async () => {
    await bus.startKeyring();
    await open(record).write('credentials', secret);
    await bus.stopKeyring();
    await bus.startKeyring();
    expect(await revealed(open(record), 'credentials')).toBe(secret.reveal());
  });

  it('calls at the same time are made one after the other', async () => {
    await bus.startKeyring();
    const keychain = open(record);
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(names.map((name) => keychain.write(name, createSecret(`secret ${name}`))));
    expect(await Promise.all(names.map((name) => revealed(keychain, name)))).toEqual(
      names.map((name) => `secret ${name}`),
    );
  });

  it('what is recorded but not given back is locked, and nothing is lost by trying to remove it', async () => {
    await bus.startKeyring();
    const keychain = open(record);
    await keychain.write('credentials', secret);
    await bus.lock();
    for (const result of [
      await keychain.read('credentials'),
      await keychain.write('credentials', secret),
      await keychain.write('other', secret),
      await keychain.remove('credentials'),
    ]) {
      expect(result).toMatchObject({
        ok: false,
        error: { kind: 'locked', message: expect.stringMatching(/[Uu]nlock/) },
      });
    }
    expect(record.read()).toEqual(['credentials']);
    await bus.stopKeyring();
    await bus.startKeyring();
    expect(await revealed(keychain, 'credentials')).toBe(secret.reveal());
  });

  it('what someone else removed can be removed from the record', async () => {
    await bus.startKeyring();
    record.write(['credentials']);
    const keychain = open(record);
    expect(await revealed(keychain, 'credentials')).toBe('locked');
    expect(await keychain.remove('credentials')).toEqual({ ok: true, value: undefined });
    expect(await keychain.read('credentials')).toEqual({ ok: true, value: null });
  });

  it('a bus without a keychain is told as missing', async () => {
    const keychain = open(record);
    expect(await keychain.write('credentials', secret)).toMatchObject({
      ok: false,
      error: { kind: 'missing', message: expect.stringMatching(/gnome-keyring.*THINGSPACE_APP_KEY/) },
    });
  });

  it('no D-Bus at all is told as missing', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    const keychain = open(record);
    expect(await keychain.read('credentials')).toMatchObject({
      ok: false,
      error: { kind: 'missing', message: expect.stringContaining('D-Bus') },
    });
  });

  it('one that hangs is told as locked, refuses further calls at once, and serves again when it returns', async () => {
    await bus.startKeyring();
    const keychain = open(record, { timeoutMs: 500 });
    await keychain.write('credentials', secret);
    bus.freeze(true);
    expect(await revealed(keychain, 'credentials')).toBe('locked');
    const before = performance.now();
    for (let call = 0; call < 20; call += 1) expect(await revealed(keychain, 'credentials')).toBe('locked');
    expect(performance.now() - before).toBeLessThan(400);
    bus.freeze(false);
    await vi.waitFor(async () => expect(await revealed(keychain, 'credentials')).toBe(secret.reveal()), 10_000);
  });

  it('one that hangs does not keep the app from ending', async () => {
    await bus.startKeyring();
    await open(record).write('credentials', secret);
    bus.freeze(true);
    const program = join(bus.folder, 'asks.ts');
    writeFileSync(
      program,
      `import { createKeychain } from '${root}/main/adapters/keychain.ts';
       import { createClock } from '${root}/main/adapters/clock.ts';
       const record = { read: () => ['credentials'], write: () => ({ ok: true, value: undefined }) };
       const keychain = createKeychain({ record, clock: createClock(), log: { write() {} }, timeoutMs: 300 });
       console.log(JSON.stringify(await keychain.read('credentials')));`,
    );
    const before = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 20_000 });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { kind: 'locked' } });
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe('the process that makes the native calls', () => {
  it('may end without an answer, and is started again for the next call', async () => {
    const record = createFakeDocument<readonly string[]>([]);
    const keychain = open(record, { helperPath: join(import.meta.dirname, 'keychain', 'dying-helper.ts') });
    expect(await keychain.read('dies')).toMatchObject({ ok: false, error: { kind: 'locked' } });
    expect(await revealed(keychain, 'lives')).toBe('value of lives');
    expect(await keychain.read('dies')).toMatchObject({ ok: false, error: { kind: 'locked' } });
  });

  it('is told as missing when its library cannot be loaded', async () => {
    const record = createFakeDocument<readonly string[]>([]);
    const keychain = open(record, { helperPath: join(import.meta.dirname, 'keychain', 'dying-helper.ts') });
    expect(await keychain.read('library')).toMatchObject({
      ok: false,
      error: { kind: 'missing', message: expect.stringContaining('libsecret') },
    });
  });
});

describe('the fake keychain', () => {
  it('keeps, replaces and removes like the real one', async () => {
    const keychain = createFakeKeychain();
    expect(await keychain.read('credentials')).toEqual({ ok: true, value: null });
    await keychain.write('credentials', createSecret('old'));
    await keychain.write('credentials', secret);
    const read = await keychain.read('credentials');
    expect(read.ok && read.value?.reveal()).toBe(secret.reveal());
    expect(await keychain.remove('credentials')).toEqual({ ok: true, value: undefined });
    expect(await keychain.read('credentials')).toEqual({ ok: true, value: null });
  });

  it('fails like the real one when it is locked or missing', async () => {
    const keychain = createFakeKeychain({ credentials: 'x' });
    for (const state of ['locked', 'missing'] as const) {
      keychain.become(state);
      expect(await keychain.read('credentials')).toMatchObject({ ok: false, error: { kind: state } });
      expect(await keychain.write('credentials', secret)).toMatchObject({ ok: false, error: { kind: state } });
      expect(await keychain.remove('credentials')).toMatchObject({ ok: false, error: { kind: state } });
    }
  });
});
