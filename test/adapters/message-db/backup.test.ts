import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  afterwards,
  block,
  callback,
  freshDirectory,
  item,
  noon,
  openStore,
  receive,
  textsOf,
  valueOf,
} from './store-fixture.ts';

/** Opens a backup as a store of its own. */
async function openBackup(path: string) {
  const directory = freshDirectory();
  renameSync(path, join(directory, 'messages.db'));
  return openStore(directory);
}

describe('a backup', () => {
  it('is one file that its owner alone can read, and opens as a store with the same texts and ids', async () => {
    const { store } = await openStore(freshDirectory());
    const first = await receive(store, callback('first', { raw: 'an odd body' }));
    await store.storeBlock(block([item('second', noon)]));
    const folder = freshDirectory();
    const path = join(folder, 'texts.db');
    expect(valueOf(await store.backup(path))).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['texts.db']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
    // Whose a text is, is found out later in each store by itself.
    const page = async (from: typeof store) => {
      const { messages, total } = valueOf(await from.page({ query: '', before: null, after: null, limit: 10 }));
      return { messages: messages.map(({ device: _device, ...message }) => message), total };
    };
    const before = await page(store);
    const { store: copy, setAside } = await openBackup(path);
    expect(setAside).toBeNull();
    expect(await page(copy)).toEqual(before);
    expect(valueOf(await copy.detail(first.id))?.rawCallback).toBe('an odd body');
    expect(await textsOf(copy, 'second')).toEqual(['second']);
    expect((await receive(copy, callback('third'))).sequence).toBe(3);
  });

  it('that is made while texts come in holds all that were stored before and no half of any', async () => {
    const { store } = await openStore(freshDirectory());
    let flooding = true;
    let stored = 0;
    const isFlooding = () => flooding;
    const writer = async (name: number) => {
      for (let number = 0; isFlooding(); number++) {
        await receive(store, callback(`${name} ${number}`));
        stored++;
      }
    };
    const flood = Promise.all([0, 1, 2, 3].map(writer));
    await expect.poll(() => stored, { timeout: 20_000 }).toBeGreaterThan(100);
    const before = stored;
    const path = join(freshDirectory(), 'texts.db');
    valueOf(await store.backup(path));
    const after = stored;
    flooding = false;
    await flood;
    expect(after).toBeGreaterThan(before);
    const { store: copy } = await openBackup(path);
    const { total } = valueOf(await copy.counts());
    expect(total).toBeGreaterThanOrEqual(before);
    expect(total).toBeLessThanOrEqual(after + 4);
    const page = async (from: typeof store) =>
      valueOf(await from.page({ query: '', before: total + 1, after: null, limit: 1000 })).messages;
    expect((await page(copy)).map(({ id, text }) => [id, text])).toEqual(
      (await page(store)).map(({ id, text }) => [id, text]),
    );
  });

  it('never takes the place of a file', async () => {
    const { store } = await openStore(freshDirectory());
    const path = join(freshDirectory(), 'texts.db');
    writeFileSync(path, 'precious');
    expect(await store.backup(path)).toMatchObject({ ok: false, error: { kind: 'exists' } });
    expect(statSync(path).size).toBe(8);
  });

  it('into a folder that is not there is refused in words', async () => {
    const { store } = await openStore(freshDirectory());
    const path = join(freshDirectory(), 'nowhere', 'texts.db');
    expect(await store.backup(path)).toMatchObject({
      ok: false,
      error: { kind: 'read-only', message: expect.stringContaining('nowhere') },
    });
  });

  it('is whole before the store is closed', async () => {
    const { store } = await openStore(freshDirectory());
    await receive(store, callback('text'));
    const path = join(freshDirectory(), 'texts.db');
    const copying = store.backup(path);
    await store.close();
    expect(existsSync(path)).toBe(true);
    expect(valueOf(await copying)).toBeUndefined();
  });

  const mountable = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
  it.skipIf(!mountable)('for which there is no room is told as such and leaves nothing (needs mounting)', async () => {
    const disk = join(freshDirectory(), 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status !== 0) return;
    afterwards(() => void spawnSync('umount', ['-l', disk]));
    const { store } = await openStore(freshDirectory());
    await store.storeBlock(block(Array.from({ length: 200 }, (_, index) => item(`${index} ${'x'.repeat(3000)}`))));
    expect(await store.backup(join(disk, 'texts.db'))).toMatchObject({ ok: false, error: { kind: 'disk-full' } });
    expect(readdirSync(disk)).toEqual([]);
  });
});
