/* A year's worth of texts in the store: what each thing costs that is done with them, beside the same in bare SQLite. */
import { once } from 'node:events';
import { cpSync, createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { matches, parseQuery } from '../../../main/core/query.ts';
import type { Message } from '../../../preload/contract/message.ts';
import { alternate, type Bench, type Part } from '../harness/bench.ts';
import { builtCommand, runNode, sourceCommand } from '../harness/command.ts';
import { type LargeStore, largeStore, openStore, sampleCallback, value } from '../harness/million.ts';
import { goal } from '../harness/report.ts';
import { quantile } from '../harness/stats.ts';

const app = 'app';
const floor = 'floor: bare SQLite';

async function milliseconds(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function bareInsert(bench: Bench, rows: number): number {
  const database = new Database(join(bench.folder('bare'), 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE message (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = database.prepare<[string]>('INSERT INTO message (body) VALUES (?)');
  const commit = database.transaction((first: number, count: number) => {
    for (let number = first; number < first + count; number += 1) insert.run(sampleCallback(number, 0).raw);
  });
  const startedAt = performance.now();
  for (let number = 0; number < rows; number += 512) commit(number, Math.min(512, rows - number));
  const rate = rows / ((performance.now() - startedAt) / 1000);
  database.close();
  return rate;
}

function reportFilling(bench: Bench, large: LargeStore): void {
  const rows = Math.min(large.rows, 200_000);
  const add = bench.report.add;
  const bare = bareInsert(bench, rows);
  add({ workload: 'insert', subject: floor, unit: 'texts/s', values: [bare] });
  add({
    workload: 'insert',
    subject: app,
    unit: 'texts/s',
    values: [large.rows / large.insertSeconds],
    against: { name: 'floor', values: [bare] },
  });
  add({ workload: 'index, none there', subject: app, unit: 'texts/s', values: [large.rows / large.indexSeconds] });
  add({
    workload: 'size on disk with index',
    subject: app,
    unit: 'bytes a text',
    values: [large.bytes / large.rows],
    goal: ({ median }) => goal('≤ 450', median <= 450),
  });
}

async function measureOpen(bench: Bench, large: LargeStore): Promise<void> {
  const page = { query: '', before: null, after: null, limit: 100 };
  const measured = await alternate(bench.quick ? 3 : 7, {
    bare: () =>
      milliseconds(() => {
        const database = new Database(join(large.directory, 'messages.db'), { readonly: true });
        database.prepare('SELECT * FROM message ORDER BY sequence DESC LIMIT 100').all();
        database.close();
      }),
    app: async () => {
      const startedAt = performance.now();
      const store = await openStore(large.directory);
      value(await store.page(page));
      const took = performance.now() - startedAt;
      await store.close();
      return took;
    },
  });
  bench.report.add({ workload: 'open to first page', subject: floor, unit: 'ms', values: measured.bare });
  bench.report.add({
    workload: 'open to first page',
    subject: app,
    unit: 'ms',
    values: measured.app,
    goal: ({ median }) => goal('≤ 150 ms', median <= 150),
  });
}

/** What a person types, by how much of the store it finds. `fts`: the same asked of the bare index. */
const searches: readonly { readonly name: string; readonly query: (rows: number) => string; readonly fts?: string }[] =
  [
    { name: 'rare word', query: (rows) => `${rows - 5}` },
    { name: 'common word', query: () => 'open', fts: '"open"*' },
    { name: 'word in every text', query: () => 'battery', fts: '"battery"*' },
    { name: 'two letters', query: () => 'ba', fts: '"ba"*' },
    { name: 'one letter', query: () => 'b', fts: '"b"*' },
    { name: 'AND', query: () => 'battery 42', fts: '"battery"* "42"*' },
    { name: 'phrase', query: () => '"battery 42"', fts: '"battery 42"' },
    { name: 'end of an identifier', query: () => 'device:20000123' },
    { name: 'word and device', query: () => 'open device:20000123' },
    { name: 'without', query: () => 'battery -open', fts: '"battery"* NOT "open"*' },
    { name: 'two words in every text', query: () => 'status battery', fts: '"status"* "battery"*' },
    { name: 'unread', query: () => 'is:unread' },
    { name: 'read', query: () => 'is:read' },
    { name: 'by callback', query: () => 'via:callback' },
    { name: 'after a time', query: () => 'after:2h' },
    { name: 'before a time', query: () => 'before:2h' },
  ];

function bareSearch(directory: string, fts: string): number {
  const database = new Database(join(directory, 'messages-index.db'), { readonly: true });
  const startedAt = performance.now();
  database.prepare('SELECT count(*) FROM words WHERE words MATCH ?').get(fts);
  const took = performance.now() - startedAt;
  database.close();
  return took;
}

async function measureSearches(bench: Bench, large: LargeStore): Promise<void> {
  const { report } = bench;
  const firsts: number[] = [];
  for (const { name, query, fts } of searches) {
    const times: number[] = [];
    const again: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < (bench.quick ? 2 : 5); round += 1) {
      const store = await openStore(large.directory);
      value(await store.page({ query: 'zzz', before: null, after: null, limit: 1 }));
      const asked = { query: query(large.rows), before: null, after: null, limit: 100 };
      times.push(await milliseconds(async () => value(await store.page(asked))));
      again.push(await milliseconds(async () => value(await store.page(asked))));
      await store.close();
      if (fts !== undefined) bare.push(bareSearch(large.directory, fts));
    }
    firsts.push(...times);
    if (bare.length > 0) report.add({ workload: `${name}, count alone`, subject: floor, unit: 'ms', values: bare });
    report.add({ workload: `${name}, first`, subject: app, unit: 'ms', values: times });
    report.add({ workload: `${name}, again`, subject: app, unit: 'ms', values: again });
  }
  const p99 = quantile(firsts, 0.99);
  report.add({
    workload: 'all first searches, p99',
    subject: app,
    unit: 'ms',
    values: [p99],
    goal: () => goal('≤ 50 ms', p99 <= 50),
  });
}

async function measureJumps(bench: Bench, large: LargeStore): Promise<void> {
  const store = await openStore(large.directory);
  const bare = new Database(join(large.directory, 'messages.db'), { readonly: true });
  const select = bare.prepare('SELECT * FROM message WHERE sequence < ? ORDER BY sequence DESC LIMIT 100');
  const anywhere = () => Math.floor(Math.random() * large.rows);
  const measured = await alternate(bench.quick ? 20 : 100, {
    bare: () => milliseconds(() => select.all(anywhere())),
    app: () =>
      milliseconds(async () => {
        value(await store.page({ query: '', before: null, after: null, offset: anywhere(), limit: 100 }));
      }),
  });
  bare.close();
  await store.close();
  bench.report.add({ workload: 'jump, p99', subject: floor, unit: 'ms', values: [quantile(measured.bare, 0.99)] });
  bench.report.add({
    workload: 'jump, p99',
    subject: app,
    unit: 'ms',
    values: [quantile(measured.app, 0.99)],
    goal: ({ median }) => goal('≤ 50 ms', median <= 50),
  });
}

function measureLiveFilter(bench: Bench): void {
  const query = parseQuery('battery 42 -open device:0123', { now: Date.now(), timeZoneOffsetMinutes: () => 0 });
  const messages = Array.from({ length: 10_000 }, (_, number): Message => {
    const { raw: _raw, ...callback } = sampleCallback(number, Date.now());
    const receivedAt = new Date(callback.receivedAt).toISOString();
    return { ...callback, id: String(number), sequence: number, receivedAt, lanes: ['callback'], unread: true };
  });
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    for (const message of messages) matches(query, message);
    return ((performance.now() - startedAt) * 1000) / messages.length;
  });
  bench.report.add({ workload: 'live filter of four terms', subject: app, unit: 'µs a text', values: times });
}

async function measureExport(bench: Bench, large: LargeStore): Promise<void> {
  const folder = bench.folder('export');
  const bareExport = async () => {
    const database = new Database(join(large.directory, 'messages.db'), { readonly: true });
    const file = createWriteStream(join(folder, 'bare.ndjson'));
    for (const row of database.prepare('SELECT * FROM message ORDER BY sequence').iterate())
      if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, 'drain');
    file.end();
    await finished(file);
    database.close();
  };
  const bare = await milliseconds(bareExport);
  bench.report.add({ workload: 'export of all', subject: floor, unit: 'texts/s', values: [rateOf(bare, large)] });
  for (const [subject, script] of [
    ['app, from the sources', sourceCommand],
    ['app, as npm installs it', await builtCommand(bench)],
  ] as const)
    for (const format of ['ndjson', 'csv'])
      await measureExportTo(bench, large, { subject, script, format, folder, floor: rateOf(bare, large) });
}

function rateOf(took: number, { rows }: LargeStore): number {
  return rows / (took / 1000);
}

interface ExportRun {
  readonly subject: string;
  readonly script: string;
  readonly format: string;
  readonly folder: string;
  /** Texts a second. */
  readonly floor: number;
}

async function measureExportTo(bench: Bench, large: LargeStore, run: ExportRun): Promise<void> {
  const { subject, script, format, folder } = run;
  const path = join(folder, `texts.${format}`);
  const where = { environment: { THINGSPACE_SMS_DATA_DIR: large.directory } };
  const args = ['export', '--format', format, '--output', path];
  const { totalMs, peakMB } = await runNode([script, ...args], folder, where);
  const workload = `export of all, ${format}`;
  const seconds = totalMs / 1000;
  bench.report.add({
    workload,
    subject,
    unit: 'texts/s',
    values: [rateOf(totalMs, large)],
    against: { name: 'floor', values: [run.floor] },
    goal: () => goal('1M in ≤ 30 s', (seconds / large.rows) * 1e6 <= 30),
  });
  bench.report.add({
    workload: `${workload}, peak`,
    subject,
    unit: 'MB resident',
    values: [peakMB],
    goal: () => goal('≤ 256 MB', peakMB <= 256),
  });
}

async function measureBackup(bench: Bench, large: LargeStore): Promise<void> {
  const folder = bench.folder('backup');
  const store = await openStore(large.directory);
  const measured = await alternate(bench.quick ? 1 : 3, {
    copy: () => milliseconds(() => cpSync(join(large.directory, 'messages.db'), join(folder, `${Math.random()}.copy`))),
    app: () => milliseconds(async () => value(await store.backup(join(folder, `${Math.random()}.db`)))),
  });
  await store.close();
  const size = statSync(join(large.directory, 'messages.db')).size / 2 ** 20;
  const rates = (times: readonly number[]) => times.map((took) => size / (took / 1000));
  bench.report.add({
    workload: 'backup',
    subject: 'floor: a copy of the file',
    unit: 'MiB/s',
    values: rates(measured.copy),
  });
  const against = { name: 'floor', values: rates(measured.copy) };
  bench.report.add({ workload: 'backup', subject: app, unit: 'MiB/s', values: rates(measured.app), against });
}

/** The rows alone, as many in one synced transaction as the app takes. */
function bareDelete(bench: Bench, large: LargeStore, rows: number): number {
  const path = join(bench.folder('bare-retention'), 'bare.db');
  cpSync(join(large.directory, 'messages.db'), path);
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const remove = database.prepare<[number, number]>('DELETE FROM message WHERE sequence > ? AND sequence <= ?');
  const startedAt = performance.now();
  for (let done = 0; done < rows; done += 100) remove.run(done, Math.min(done + 100, rows));
  const rate = rows / ((performance.now() - startedAt) / 1000);
  database.close();
  return rate;
}

/** Deletes a tenth of the texts of a copy. */
async function measureRetention(bench: Bench, large: LargeStore): Promise<void> {
  const directory = bench.folder('retention');
  cpSync(large.directory, directory, { recursive: true });
  const wanted = Math.floor(large.rows / 10);
  const bare = bareDelete(bench, large, wanted);
  const at = large.startAt + wanted * 1000;
  const store = await openStore(directory);
  const preview = await milliseconds(async () => value(await store.countBefore(at)));
  let deleted = 0;
  const took = await milliseconds(async () => {
    for (let count = -1; count !== 0 && deleted < wanted; deleted += count)
      count = value(await store.deleteBefore(at, 2000));
  });
  await store.close();
  bench.report.add({ workload: 'retention, preview of a tenth', subject: app, unit: 'ms', values: [preview] });
  bench.report.add({ workload: 'retention, deleting a tenth', subject: floor, unit: 'texts/s', values: [bare] });
  bench.report.add({
    workload: 'retention, deleting a tenth',
    subject: app,
    unit: 'texts/s',
    values: [deleted / (took / 1000)],
    against: { name: 'floor', values: [bare] },
  });
}

export const million: Part = async (bench) => {
  const large = await largeStore(bench);
  reportFilling(bench, large);
  await measureOpen(bench, large);
  await measureJumps(bench, large);
  await measureSearches(bench, large);
  measureLiveFilter(bench);
  await measureExport(bench, large);
  await measureBackup(bench, large);
  await measureRetention(bench, large);
};
