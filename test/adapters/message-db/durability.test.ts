import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/adapters/message-db/database.ts';
import { openMessageStore } from '../../../main/adapters/message-db/store.ts';
import { createCommitter } from '../../../main/adapters/message-db/write-commit.ts';
import type { MessageStore } from '../../../main/core/ports.ts';
import type { Message } from '../../../preload/contract/message.ts';
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

const crashWriter = fileURLToPath(import.meta.resolve('./crash-writer.ts'));

function can(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

async function everyText(store: MessageStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let before: number | null = null; ; ) {
    const page = await store.page({ query: '', before, after: null, limit: 1000 });
    const messages: readonly Message[] = valueOf(page).messages;
    if (messages.length === 0) return texts;
    texts.push(...messages.map(({ text }) => text));
    before = messages.at(-1)?.sequence ?? null;
  }
}

/** Runs the writer until it has stored some texts, kills it at no particular moment, and gives back what it printed. */
function writeUntilKilled(directory: string, from: number, afterTexts: number): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [crashWriter, directory, String(from)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.length > afterTexts * 10) child.kill('SIGKILL');
    });
    // What was written to the pipe before the kill still arrives; only a line cut short was not printed whole.
    child.on('close', () => resolve(printed.split('\n').slice(0, -1)));
  });
}

describe('a process that is killed while sixteen writers store texts', () => {
  it('has lost nothing that it said is stored, and doubles nothing that comes again', async () => {
    const directory = freshDirectory();
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 8; kill++)
      acknowledged.push(...(await writeUntilKilled(directory, kill * 100_000, 40 + kill * 150)));
    const { store } = await openStore(directory);
    const stored = await everyText(store);
    const present = new Set(stored);
    expect(stored).toHaveLength(present.size);
    expect(acknowledged.filter((text) => !present.has(text))).toEqual([]);
    expect(valueOf(await store.counts()).total).toBe(stored.length);
    // What was stored without its answer is delivered again by the service.
    const said = new Set(acknowledged);
    for (const text of stored.filter((each) => !said.has(each)))
      expect(valueOf(await store.storeCallback(callback(text, { account: 'a', receivedAt: Date.now() }))).isNew).toBe(
        false,
      );
  }, 120_000);
});

describe('what is stored', () => {
  it('is written with full synchronisation, each time the database is opened', () => {
    const directory = freshDirectory();
    for (let time = 0; time < 2; time++) {
      const { database } = valueOf(openDatabase(directory));
      expect(database.pragma('synchronous', { simple: true })).toBe(2);
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
      database.close();
    }
  });

  const traced = can('strace', '-V');
  it.skipIf(!traced && process.env['CI'] !== 'true')(
    'is synced before the store says so (needs strace)',
    () => {
      const directory = freshDirectory();
      const log = join(directory, 'trace');
      const args = [
        '-f',
        '-e',
        'trace=fsync,fdatasync,write',
        '-s',
        '40',
        '-o',
        log,
        process.execPath,
        crashWriter,
        directory,
        '0',
        '1',
        '50',
      ];
      spawnSync('strace', args);
      let syncs = 0;
      let printed = 0;
      for (const line of readFileSync(log, 'utf8').split('\n')) {
        if (/f(data)?sync\(\d+\)\s+= 0|<... f(data)?sync resumed>\)\s+= 0/.test(line)) syncs++;
        const text = /write\(1, "text (\d+)/.exec(line);
        if (!text) continue;
        printed++;
        // One writer: each text had a transaction, so a sync, of its own.
        expect(syncs).toBeGreaterThan(Number(text[1]));
      }
      expect(printed).toBe(50);
    },
    30_000,
  );

  it('is readable by its owner alone', async () => {
    const directory = join(freshDirectory(), 'new');
    const { store } = await openStore(directory);
    await receive(store, callback('hello'));
    await textsOf(store, 'hello');
    if (process.platform === 'win32') return;
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
  });

  it('is one file without a log after closing', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    await receive(store, callback('hello'));
    await store.close();
    expect(readdirSync(directory).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  });
});

describe('a full disk', () => {
  it('refuses what does not fit, loses nothing, and goes on by itself once there is room', () => {
    const directory = freshDirectory();
    const { database, storeKey } = valueOf(openDatabase(directory));
    afterwards(() => void database.close());
    const committer = createCommitter(database, storeKey);
    const store = (numbers: readonly number[]) =>
      committer.commit(
        numbers.map((number) => ({ id: number, kind: 'callback', input: callback(`${number} ${'x'.repeat(2000)}`) })),
      );
    expect(store([1, 2]).every(({ result }) => result.ok)).toBe(true);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 4}`);
    const outcomes = Array.from({ length: 20 }, (_, index) => store([10 + index * 2, 11 + index * 2])).flat();
    const failed = outcomes.filter(({ result }) => !result.ok);
    expect(failed.length).toBeGreaterThan(0);
    for (const { result } of failed) expect(result).toMatchObject({ error: { kind: 'disk-full' } });
    expect(committer.commit([{ id: 1, kind: 'counts', input: null }])).toMatchObject([
      { result: { ok: true, value: { total: 2 + outcomes.length - failed.length } } },
    ]);
    database.pragma('max_page_count = 1000000');
    expect(store(failed.map(({ id }) => id)).map(({ result }) => result.ok)).toEqual(failed.map(() => true));
    const texts = database.prepare<[], string>('SELECT text FROM message').pluck().all();
    expect(new Set(texts).size).toBe(42);
    expect(texts).toHaveLength(42);
  });

  const mountable = process.getuid?.() === 0 && can('mount', '--version');
  it.skipIf(!mountable)('is told as such, and is over when something was deleted (needs mounting)', async () => {
    const directory = freshDirectory();
    const disk = join(directory, 'disk');
    mkdirSync(disk);
    if (!can('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk)) return;
    afterwards(() => void can('umount', '-l', disk));
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(1_000_000));
    const { store } = await openStore(join(disk, 'store'));
    const texts: string[] = [];
    let failure: string | null = null;
    for (let number = 0; failure === null; number++) {
      const text = `${number} ${'x'.repeat(3000)}`;
      const result = await store.storeCallback(callback(text));
      if (result.ok) texts.push(text);
      else failure = result.error.kind;
    }
    expect(failure).toBe('disk-full');
    rmSync(join(disk, 'ballast'));
    expect(await store.checkWritable()).toEqual({ ok: true, value: undefined });
    texts.push((await receive(store, callback('after'))).text);
    expect((await everyText(store)).toReversed()).toEqual(texts);
  });
});

describe('a folder that cannot be written to', () => {
  it('is told as such', async () => {
    const directory = freshDirectory();
    const inside = join(directory, 'read-only');
    mkdirSync(inside);
    if (process.getuid?.() === 0) {
      if (!can('mount', '-t', 'tmpfs', '-o', 'ro', 'tmpfs', inside)) return;
      afterwards(() => void can('umount', '-l', inside));
    } else chmodSync(inside, 0o500);
    expect(await openMessageStore({ directory: inside, now: Date.now })).toMatchObject({
      ok: false,
      error: { kind: 'read-only' },
    });
  });
  it('is no reason to fail in any other way when it is no folder at all', async () => {
    const file = join(freshDirectory(), 'file');
    writeFileSync(file, '');
    expect(await openMessageStore({ directory: file, now: Date.now })).toMatchObject({ ok: false });
  });
});

describe('a database that cannot be read', () => {
  async function receiveNew(store: MessageStore, text: string) {
    return valueOf(await store.storeCallback(callback(text)));
  }

  async function filled(texts: number): Promise<string> {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    const items = Array.from({ length: texts }, (_, index) => item(`text ${index} ${'x'.repeat(500)}`, noon + index));
    await store.storeBlock(block(items));
    await textsOf(store, 'text');
    await store.close();
    return directory;
  }

  it('is kept aside, and a fresh one takes its place', async () => {
    const directory = await filled(5);
    writeFileSync(join(directory, 'messages.db'), 'this is no database'.repeat(1000));
    const { store, setAside } = await openStore(directory);
    expect(setAside).toMatch(/messages\.corrupt-\d{8}T\d{6}Z\.db$/);
    expect(readFileSync(setAside ?? '', 'utf8').startsWith('this is no database')).toBe(true);
    expect(await textsOf(store)).toEqual([]);
    await receive(store, callback('fresh'));
    expect(await textsOf(store, 'fresh')).toEqual(['fresh']);
  });

  it('is found out while running, kept aside and replaced', async () => {
    const directory = await filled(200);
    const path = join(directory, 'messages.db');
    const size = statSync(path).size;
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096 * 25, size);
    writeFileSync(path, bytes);
    const asides: string[] = [];
    const { store, setAside } = await openStore(directory, { onSetAside: (aside) => asides.push(aside) });
    if (setAside === null) {
      expect(await store.page({ query: '', before: null, after: null, limit: 1000 })).toMatchObject({
        ok: false,
        error: { kind: 'corrupt' },
      });
      await expect.poll(() => asides.length).toBe(1);
    }
    const aside = setAside ?? asides[0] ?? '';
    expect(existsSync(aside)).toBe(true);
    await expect.poll(async () => (await store.storeCallback(callback('fresh'))).ok).toBe(true);
    expect(await textsOf(store)).toEqual(['fresh']);
  });

  it('in a place that nothing has looked at is found by reading it as a whole, kept aside and replaced', async () => {
    const directory = await filled(2000);
    const path = join(directory, 'messages.db');
    const bytes = readFileSync(path);
    const damagedPage = bytes.lastIndexOf('text 700 ') - (bytes.lastIndexOf('text 700 ') % 4096);
    bytes.fill(0xff, damagedPage, damagedPage + 100);
    writeFileSync(path, bytes);
    const asides: string[] = [];
    const { store, setAside } = await openStore(directory, { onSetAside: (aside) => asides.push(aside) });
    const { message } = await receiveNew(store, 'before it is found');
    expect([setAside, asides, message.text]).toEqual([null, [], 'before it is found']);
    expect(await store.checkWhole()).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
    await expect.poll(() => asides.length).toBe(1);
    expect(existsSync(asides[0] ?? '')).toBe(true);
    await receiveNew(store, 'fresh');
    expect(await textsOf(store)).toEqual(['fresh']);
    expect(await store.checkWhole()).toEqual({ ok: true, value: undefined });
  });

  it('that was cut off is never taken for an empty one', async () => {
    const directory = await filled(200);
    truncateSync(join(directory, 'messages.db'), 4096 * 3);
    const asides: string[] = [];
    const { store, setAside } = await openStore(directory, { onSetAside: (aside) => asides.push(aside) });
    await store.page({ query: '', before: null, after: null, limit: 1000 });
    await expect.poll(() => asides.length + (setAside === null ? 0 : 1)).toBe(1);
  });

  it('by a damaged index is not put aside: the index is made anew', async () => {
    const directory = await filled(50);
    writeFileSync(join(directory, 'messages-index.db'), 'this is no index'.repeat(1000));
    const { store, setAside } = await openStore(directory);
    expect(setAside).toBeNull();
    expect(await textsOf(store, '"text 7"')).toHaveLength(1);
  });

  it('because a newer version made it is left untouched', async () => {
    const directory = await filled(5);
    const database = new Database(join(directory, 'messages.db'));
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(join(directory, 'messages.db'));
    const opened = await openMessageStore({ directory, now: Date.now });
    expect(opened).toMatchObject({ ok: false, error: { kind: 'broken' } });
    if (!opened.ok) expect(opened.error.message).toContain('newer version');
    expect(readFileSync(join(directory, 'messages.db')).equals(before)).toBe(true);
  });

  it('is opened with an index of another database and searched rightly', async () => {
    const one = await filled(5);
    const other = await filled(7);
    writeFileSync(join(one, 'messages-index.db'), readFileSync(join(other, 'messages-index.db')));
    const { store } = await openStore(one);
    expect(await textsOf(store, 'text')).toHaveLength(5);
  });
});
