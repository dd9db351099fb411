/*
 * The message store against bare better-sqlite3 with the same promise (one synced transaction for all who wait, in a
 * worker), on the same disk in the same run. Run: node test/bench/store.ts [rows of the large database]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openMessageStore } from '../../main/adapters/message-db/store.ts';
import type { IncomingCallback, MessageStore } from '../../main/core/ports.ts';
import type { Result } from '../../preload/contract/result.ts';

const writers = Number(process.env['BENCH_WRITERS'] ?? 16);
const seconds = 2;
const rounds = 5;
const devices = 500;

const floorSource = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.module);
const database = new Database(workerData.path);
database.pragma('journal_mode = WAL'); database.pragma('synchronous = FULL');
database.exec('CREATE TABLE message (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL)');
const insert = database.prepare('INSERT INTO message (body) VALUES (?)');
let queue = [];
const commit = database.transaction((items) => items.map(({ id, body }) => [id, Number(insert.run(body).lastInsertRowid)]));
const turn = () => { const items = queue; queue = []; parentPort.postMessage(commit(items)); };
parentPort.on('message', (items) => { if (queue.length === 0) setImmediate(turn); queue.push(...items); });
`;

function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A callback body of about 300 bytes: text of a tracker, two identifiers. */
function callback(number: number): IncomingCallback {
  const device = number % devices;
  const deviceIds = [
    { id: `8914800000080${String(1000000 + device)}`, kind: 'iccid' },
    { id: String(7020000000 + device), kind: 'mdn' },
  ];
  const battery = (number * 7919) % 100;
  const text = `status ok ${number} battery ${battery}% lat=${(47 + (number % 9000) / 1e4).toFixed(4)} long=${(120 + (number % 7000) / 1e4).toFixed(4)} rssi -${60 + (number % 40)} door ${number % 3 === 0 ? 'open' : 'closed'}`;
  const raw = JSON.stringify({
    username: 'thingspace',
    password: '',
    deviceIds: deviceIds.map(({ id, kind }) => ({ id, kind: kind.toUpperCase() })),
    smsMessage: text,
    callbackCount: 1,
    maxCallbackThreshold: 4,
  });
  return {
    account: '0342077109-00001',
    deviceIds,
    text,
    receivedAt: Date.now(),
    platformTime: null,
    platformAt: null,
    requestId: null,
    callbackCount: 1,
    raw,
  };
}

async function measure(one: (number: number) => Promise<void>, first: number) {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let next = first;
  const writer = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await one(next++);
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: writers }, writer));
  const { user, system } = process.cpuUsage(cpu);
  const took = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  return {
    count: times.length,
    perSecond: Math.round((times.length / took) * 1000),
    p50: at(0.5),
    p99: at(0.99),
    cpuMicroseconds: Math.round((user + system) / times.length),
  };
}

async function floor(directory: string) {
  const worker = new Worker(floorSource, {
    eval: true,
    workerData: {
      path: join(directory, 'floor.db'),
      module: import.meta.resolve('better-sqlite3').slice('file://'.length),
    },
  });
  const waiting = new Map<number, () => void>();
  let queue: { id: number; body: string }[] = [];
  worker.on('message', (replies: [number, number][]) => {
    for (const [id] of replies) {
      waiting.get(id)?.();
      waiting.delete(id);
    }
  });
  const result = await measure(
    (id) =>
      new Promise((resolve) => {
        waiting.set(id, resolve);
        if (queue.push({ id, body: callback(id).raw }) > 1) return;
        setImmediate(() => {
          worker.postMessage(queue, []);
          queue = [];
        });
      }),
    1,
  );
  await worker.terminate();
  return result;
}

async function store(directory: string) {
  const { store: messages } = value(await openMessageStore({ directory, now: Date.now }));
  const result = await measure(async (number) => {
    const stored = value(await messages.storeCallback(callback(number)));
    messages.answered(stored.message.sequence, true);
  }, 1);
  await messages.close();
  return result;
}

function sizeOf(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

async function time(name: string, work: () => Promise<unknown>, repeats = 20) {
  const times: number[] = [];
  for (let round = 0; round < repeats; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  console.log(`${name}: median ${times[Math.floor(repeats / 2)]?.toFixed(2)} ms, worst ${times.at(-1)?.toFixed(2)} ms`);
}

async function fill(messages: MessageStore, rows: number) {
  const start = Date.now() - rows * 1000;
  let next = 0;
  const writer = async () => {
    while (next < rows) {
      const number = next++;
      const stored = value(await messages.storeCallback({ ...callback(number), receivedAt: start + number * 1000 }));
      messages.answered(stored.message.sequence, true);
    }
  };
  await Promise.all(Array.from({ length: 512 }, writer));
}

async function large(directory: string, rows: number) {
  const filling = value(await openMessageStore({ directory, now: Date.now })).store;
  let started = performance.now();
  await fill(filling, rows);
  console.log(`${rows} rows written in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  started = performance.now();
  value(await filling.page({ query: 'zzz', before: null, after: null, limit: 1 }));
  console.log(`index brought up to date in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await filling.close();
  console.log(
    `${(sizeOf(directory) / rows).toFixed(0)} bytes a message, index included (body ${callback(rows - 1).raw.length})`,
  );
  for (const name of readdirSync(directory))
    console.log(`  ${name} ${(statSync(join(directory, name)).size / rows).toFixed(0)}`);
  await time(
    'open and close',
    async () => {
      const opened = value(await openMessageStore({ directory, now: Date.now }));
      await opened.store.close();
    },
    5,
  );
  started = performance.now();
  const messages = value(await openMessageStore({ directory, now: Date.now })).store;
  console.log(`open: ${(performance.now() - started).toFixed(1)} ms`);
  const page = (query: string, before: number | null = null) =>
    messages.page({ query, before, after: null, limit: 100 });
  await time('first page', () => page(''), 1);
  await time('page', () => page('', Math.floor(Math.random() * rows)));
  await time('at', () => messages.at('', Math.floor(Math.random() * rows)));
  await time('counts', () => messages.counts());
  for (const query of [
    `${rows - 5}`,
    'battery 42',
    'open',
    '"door open" rssi',
    'device:0000123',
    'is:unread',
    'via:history',
    'after:2h',
    'before:3d',
    '-open',
    'ba',
  ])
    for (const repeats of [1, 10])
      await time(`search ${query} (${repeats === 1 ? 'first' : 'again'})`, () => page(query), repeats);
  await time('at in search, open', () => messages.at('open', Math.floor(Math.random() * (rows / 3))));
  await messages.close();
}

function syncs(directory: string): void {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    return console.log('strace is missing: syncs not counted');
  }
  const log = join(directory, 'trace');
  execFileSync(
    'strace',
    [
      '-f',
      '-c',
      '-e',
      'trace=fdatasync,fsync',
      '-o',
      log,
      process.execPath,
      import.meta.filename,
      'writers',
      directory,
    ],
    { stdio: 'inherit' },
  );
  console.log(execFileSync('cat', [log]).toString());
}

const scratch = mkdtempSync(join(process.env['BENCH_DIRECTORY'] ?? tmpdir(), 'store-bench-'));
const inside = (name: string) => join(scratch, name);
const freshInside = (name: string, round: number) => {
  const directory = inside(`${name}-${round}`);
  mkdirSync(directory);
  return directory;
};
if (process.argv[2] === 'writers') {
  console.log('counted run', await store(join(process.argv[3] ?? scratch, 'traced')));
} else {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await floor(freshInside('floor', round));
    const ours = await store(inside(`store-${round}`));
    ratios.push(ours.perSecond / bare.perSecond);
    console.log('bare group commit, FULL', JSON.stringify(bare));
    console.log('message store          ', JSON.stringify(ours));
  }
  ratios.sort((a, b) => a - b);
  console.log(`${writers} writers, ratio ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
  syncs(scratch);
  await large(inside('large'), Number(process.argv[2] ?? 1_000_000));
}
rmSync(scratch, { recursive: true });
