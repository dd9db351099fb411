import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  claimDataDir,
  connectToOwner,
  type OwnerConnection,
  type Ownership,
  serveOwnerSocket,
} from '../../main/adapters/owner.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { sampleSnapshot } from '../fakes/samples.ts';

const program = new URL('./owner-process.ts', import.meta.url).pathname;
const still = sampleSnapshot({ accounts: [] });

let root: string;
let directory: string;
let closers: (() => unknown)[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'owner-'));
  directory = join(root, 'data');
  closers = [];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(root, { recursive: true, force: true });
});

function claim(at = directory): Ownership {
  const claimed = claimDataDir(at);
  if (!claimed.ok) throw new Error(claimed.error.message);
  closers.push(() => claimed.value.release());
  return claimed.value;
}

interface Served {
  readonly happen: (happening: unknown) => void;
  readonly show: (snapshot: Snapshot) => void;
  readonly listeners: () => number;
  readonly close: () => Promise<void>;
}

async function serve(
  handle: (name: string, input: unknown) => Promise<Result<unknown, PublicError>>,
  at = directory,
): Promise<Served> {
  const happenings = new Set<(happening: unknown) => void>();
  const snapshots = new Set<(snapshot: Snapshot) => void>();
  const served = await serveOwnerSocket({
    directory: at,
    handle,
    onHappening(listener) {
      happenings.add(listener);
      return () => happenings.delete(listener);
    },
    onSnapshot(listener) {
      snapshots.add(listener);
      return () => snapshots.delete(listener);
    },
  });
  if (!served.ok) throw new Error(served.error.message);
  closers.push(() => served.value.close());
  return {
    happen(happening) {
      for (const listener of happenings) listener(happening);
    },
    show(snapshot) {
      for (const listener of snapshots) listener(snapshot);
    },
    listeners: () => happenings.size + snapshots.size,
    close: () => served.value.close(),
  };
}

async function attach(at = directory): Promise<OwnerConnection> {
  const connection = await connectToOwner(at);
  if (connection === null) throw new Error('nobody owns it');
  closers.push(() => connection.close());
  return connection;
}

async function startProcess(): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  closers.push(() => child.kill('SIGKILL'));
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: chunk.toString().trim() };
}

const quiet = async (): Promise<Result<unknown, PublicError>> => ({ ok: true, value: {} });

describe('owning a data dir', () => {
  it('is for one at a time, and told to the second by pid', () => {
    const first = claim();
    expect(claimDataDir(directory)).toMatchObject({
      ok: false,
      error: { pid: process.pid, message: expect.stringContaining(String(process.pid)) },
    });
    first.release();
    first.release();
    claim();
  });

  it('is refused to another process, and not lost by that', async () => {
    claim();
    expect((await startProcess()).said).toBe(`refused ${process.pid}`);
    expect((await startProcess()).said).toBe(`refused ${process.pid}`);
  });

  it('ends with the process that is killed, whatever it left behind', async () => {
    const { child, said } = await startProcess();
    expect(said).toBe('owner');
    expect(claimDataDir(directory)).toMatchObject({ ok: false, error: { pid: child.pid } });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(existsSync(join(directory, 'owner.sock'))).toBe(true);
    expect(await connectToOwner(directory)).toBeNull();
    claim();
    await serve(async (name) => ({ ok: true, value: { changed: name.length } }));
    const answer = await (await attach()).call('inbox.markRead', { ids: null });
    expect(answer).toEqual({ ok: true, value: { changed: 14 } });
  });

  it('keeps what it writes from other users', async () => {
    claim();
    await serve(quiet);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const name of ['owner.json', 'owner.lock', 'owner.sock']) {
      expect([name, statSync(join(directory, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('leaves no record and no socket after its end', async () => {
    const ownership = claim();
    const served = await serve(quiet);
    await served.close();
    ownership.release();
    expect(existsSync(join(directory, 'owner.json'))).toBe(false);
    expect(existsSync(join(directory, 'owner.sock'))).toBe(false);
  });

  it('says in words that a folder cannot be used', () => {
    writeFileSync(directory, 'a file');
    expect(claimDataDir(directory)).toMatchObject({
      ok: false,
      error: {
        pid: null,
        message: expect.stringMatching(/^The data folder .* cannot be used: it is no folder\. Check/),
      },
    });
  });
});

describe('talking to the owner', () => {
  it('is not possible where there is none', async () => {
    expect(await connectToOwner(directory)).toBeNull();
    claim();
    expect(await connectToOwner(directory)).toBeNull();
  });

  it('carries calls and their answers, many at once', async () => {
    claim();
    await serve(async (_name, input) => ({ ok: true, value: { changed: (input as { ids: string[] }).ids.length } }));
    const connection = await attach();
    const counts = Array.from({ length: 50 }, (_, count) => count);
    const idsOf = (count: number) => Array.from({ length: count }, () => 'ä\n');
    const answers = await Promise.all(counts.map((count) => connection.call('inbox.markRead', { ids: idsOf(count) })));
    expect(answers).toEqual(counts.map((changed) => ({ ok: true, value: { changed } })));
  });

  it('carries a refusal, and refuses an answer that is not of the contract', async () => {
    claim();
    const error: PublicError = { code: 'not-allowed', message: 'No.', service: null };
    await serve(async (name) => (name === 'app.pause' ? { ok: false, error } : { ok: true, value: 'nonsense' }));
    const connection = await attach();
    expect(await connection.call('app.pause', {})).toEqual({ ok: false, error });
    expect(await connection.call('inbox.markRead', { ids: null })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });

  it('tells each listener what happens, until it has enough', async () => {
    claim();
    const served = await serve(quiet);
    const connection = await attach();
    const heard: unknown[] = [];
    const seen: number[] = [];
    const end = connection.onHappening((happening) => void heard.push(happening));
    connection.onSnapshot((snapshot) => void seen.push(snapshot.number));
    await vi.waitFor(() => expect(served.listeners()).toBe(2));
    served.happen({ type: 'note', account: null, text: 'one\ntwo' });
    served.show(still);
    await vi.waitFor(() => expect([heard, seen]).toEqual([[{ type: 'note', account: null, text: 'one\ntwo' }], [1]]));
    end();
    served.happen({ type: 'note', account: null, text: 'more' });
    served.show({ ...still, number: 2 });
    await vi.waitFor(() => expect(seen).toEqual([1, 2]));
    expect(heard).toHaveLength(1);
  });

  it('ends with the owner, and every open call with it', async () => {
    claim();
    const served = await serve(() => new Promise(() => undefined));
    const connection = await attach();
    const answer = connection.call('app.pause', {});
    await served.close();
    expect(await connection.closed).toContain('ended');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'owner-busy' } });
    expect(await connection.call('app.pause', {})).toMatchObject({ ok: false });
  });

  it('leaves nothing behind after a hundred have come and gone', async () => {
    claim();
    const served = await serve(quiet);
    for (let turn = 0; turn < 100; turn += 1) {
      const connection = await attach();
      connection.onHappening(() => undefined);
      connection.onSnapshot(() => undefined);
      expect(await connection.call('app.retry', {})).toEqual({ ok: true, value: {} });
      connection.close();
      await connection.closed;
    }
    await vi.waitFor(() => expect(served.listeners()).toBe(0));
  });

  it('works from a folder whose name is too long for a socket', async () => {
    const deep = join(root, 'd'.repeat(120));
    claim(deep);
    const served = await serve(quiet, deep);
    expect(await (await attach(deep)).call('app.retry', {})).toEqual({ ok: true, value: {} });
    const { socket } = JSON.parse(readFileSync(join(deep, 'owner.json'), 'utf8')) as { socket: string };
    expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700);
    await served.close();
    rmSync(join(socket, '..'), { recursive: true });
  });
});

describe('processes that misbehave', () => {
  async function openRaw() {
    const socket = connect(join(directory, 'owner.sock'));
    closers.push(() => socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  it.each([
    ['no JSON', 'GET / HTTP/1.1\r\n\r\n'],
    ['another shape', '{"id":"x","name":5}\n'],
    ['a line without end', 'x'.repeat(1024 * 1024 + 2)],
  ])('are dropped with a word for %s', async (_name, sent) => {
    claim();
    await serve(quiet);
    const socket = await openRaw();
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    socket.write(sent);
    await once(socket, 'close');
    expect(heard).toMatch(/^\{"dropped":"[^"]+"\}\n$/);
  });

  it('get no more than their share of calls at once', async () => {
    claim();
    await serve(() => new Promise(() => undefined));
    const connection = await attach();
    const answers = Array.from({ length: 65 }, () => connection.call('app.retry', {}));
    expect(await answers[64]).toMatchObject({ ok: false, error: { code: 'owner-busy' } });
  });

  it('are dropped when they do not read, while others go on', async () => {
    claim();
    const served = await serve(quiet);
    const slow = await openRaw();
    slow.pause();
    slow.write('{"id":1,"subscribe":"happenings"}\n');
    const connection = await attach();
    let next: () => void = () => undefined;
    connection.onHappening(() => next());
    await vi.waitFor(() => expect(served.listeners()).toBe(2));
    const text = 'x'.repeat(100_000);
    for (let count = 1; count <= 100; count += 1) {
      const heard = new Promise<void>((resolve) => {
        next = resolve;
      });
      served.happen({ type: 'note', account: null, text });
      await heard;
    }
    await vi.waitFor(() => expect(served.listeners()).toBe(1), 5_000);
  });

  it('get the newest snapshot once they read again, and few of the old ones', async () => {
    claim();
    const served = await serve(quiet);
    const slow = await openRaw();
    slow.pause();
    slow.write('{"id":1,"subscribe":"snapshots"}\n');
    await vi.waitFor(() => expect(served.listeners()).toBe(1));
    const sentence = 'x'.repeat(10_000);
    for (let number = 1; number <= 5_000; number += 1) served.show({ ...still, number, sentence });
    let heard = '';
    slow.on('data', (chunk) => {
      heard += chunk.toString();
    });
    slow.resume();
    await vi.waitFor(() => expect(heard).toContain('"number":5000,'), 5_000);
    expect(heard.split('\n').length).toBeLessThan(500);
  });
});
