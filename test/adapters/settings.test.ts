import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSettingsStore } from '../../main/adapters/settings.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { createFakeClock } from '../fakes/clock.ts';

// Without it the import of electron-store would fetch Electron's program.
vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/nowhere');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const accounts = [{ name: '0000123456-00001', mode: 'auto' }] as const;

describe.each(['file', 'electron-store'] as const)('settings in %s', (backend) => {
  const open = (directory: string) => createSettingsStore({ directory, backend, clock: createFakeClock() });

  it('are the defaults at first, and leave no file until they are changed', async () => {
    const directory = join(temporaryFolder(), 'not', 'there', 'yet');
    const store = await open(directory);
    expect(store.read()).toEqual(defaultSettings);
    expect(store.setAside).toBeNull();
    expect(existsSync(join(directory, 'settings.json'))).toBe(false);
  });

  it('are changed as given, with what is left out or undefined as it was', async () => {
    const directory = temporaryFolder();
    const store = await open(directory);
    expect(store.change({ accounts, theme: 'dark' })).toMatchObject({ ok: true, value: { theme: 'dark' } });
    store.change({ theme: undefined, listenerPort: 9001 });
    const expected = { ...defaultSettings, accounts, theme: 'dark', listenerPort: 9001 };
    expect(store.read()).toEqual(expected);
    expect((await open(directory)).read()).toEqual(expected);
    expect(JSON.parse(readFileSync(join(directory, 'settings.json'), 'utf8'))).toEqual(expected);
    expect(statSync(join(directory, 'settings.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['is no JSON', '{"version":1,'],
    ['is empty', ''],
    ['has a choice that does not exist', JSON.stringify({ ...defaultSettings, theme: 'pink' })],
    ['is of a newer version', JSON.stringify({ ...defaultSettings, version: 2 })],
  ])('are kept aside when their file %s', async (_what, text) => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'settings.json'), text);
    const store = await open(directory);
    expect(store.read()).toEqual(defaultSettings);
    expect(store.setAside).toMatch(/settings\.json\.unreadable-2026-11-23T15-00-00-000Z$/);
    expect(readFileSync(store.setAside ?? '', 'utf8')).toBe(text);
    expect(store.change({ theme: 'light' })).toMatchObject({ ok: true });
    expect((await open(directory)).setAside).toBeNull();
  });

  it('stay as they were when they cannot be written', async () => {
    const directory = temporaryFolder();
    const store = await open(directory);
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file in the way');
    expect(store.change({ theme: 'dark' })).toMatchObject({ ok: false, error: { message: expect.any(String) } });
    expect(store.read()).toEqual(defaultSettings);
  });
});

it('a file that an earlier release of version 1 wrote is read, and what it lacks is as usual', async () => {
  const directory = temporaryFolder();
  const { tunnel, mutes, quietHours, notificationRules, updates, ...earlier } = { ...defaultSettings, accounts };
  writeFileSync(join(directory, 'settings.json'), JSON.stringify(earlier));
  const store = await createSettingsStore({ directory, backend: 'file', clock: createFakeClock() });
  expect(store.setAside).toBeNull();
  expect(store.read()).toEqual({ ...earlier, tunnel, mutes, quietHours, notificationRules, updates });
});

it('the two backends read each other', async () => {
  const directory = temporaryFolder();
  const clock = createFakeClock();
  (await createSettingsStore({ directory, backend: 'file', clock })).change({ accounts });
  expect((await createSettingsStore({ directory, backend: 'electron-store', clock })).read().accounts).toEqual(
    accounts,
  );
});
