/*
 * How soon the command answers and how long large exports take, beside a bare `node -e 0` in the same run.
 * Run: node test/bench/startup.ts [rows]   BENCH_STORE: a data directory that is kept and used again.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openMessageStore } from '../../main/adapters/message-db/store.ts';
import { startSimulator } from '../../main/simulator/server.ts';
import { makeNodePackage } from '../../resources/node-package.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 9;
const account = '0000123456-00001';
const sources = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

interface Measured {
  /** Milliseconds to the first byte on standard output (or to the end, where there is none), and to the end. */
  readonly firstMs: number;
  readonly totalMs: number;
  /** The most memory it had at one time, in MiB; 0 where the system does not tell. */
  readonly peakMiB: number;
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs to its end, or until it says `until`, when it is told to stop. */
async function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}, until?: string): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], HOME: tmpdir(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let firstMs = 0;
  let peakMiB = 0;
  let said = '';
  const look = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid ?? 0));
  }, 20);
  child.stdout.on('data', (chunk: Buffer) => {
    if (until !== undefined && firstMs === 0) said += String(chunk);
    if (firstMs === 0 && (until === undefined || said.includes(until))) {
      firstMs = performance.now() - started;
      if (until !== undefined) child.kill('SIGTERM');
    }
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${complaint}`);
  const totalMs = performance.now() - started;
  return { firstMs: firstMs || totalMs, totalMs, peakMiB };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function fill(directory: string): Promise<void> {
  if (existsSync(join(directory, 'messages.db'))) return;
  const opened = await openMessageStore({ directory, now: () => Date.now() });
  if (!opened.ok) throw new Error(opened.error.message);
  const { store } = opened.value;
  for (let first = 0; first < rows; first += 5000) {
    const items = Array.from({ length: Math.min(5000, rows - first) }, (_, index) => {
      const number = first + index;
      const deviceIds = [{ id: String(7_020_000_000 + (number % 500)), kind: 'mdn' }];
      const text = `status ok ${number} battery ${(number * 7919) % 100}% door ${number % 3 === 0 ? 'open' : 'closed'}`;
      const at = Date.UTC(2026, 0, 1) + number * 20_000;
      return {
        deviceIds,
        text,
        platformTime: new Date(at).toISOString(),
        platformAt: at,
        raw: JSON.stringify({ text }),
      };
    });
    const receivedAt = Date.UTC(2026, 0, 1) + first * 20_000;
    const stored = await store.storeBlock({ account, receivedAt, items, unreadable: [], acknowledgesPrevious: false });
    if (!stored.ok) throw new Error(stored.error.message);
  }
  // What is searched for is there when the commands are measured.
  await store.page({ query: 'status', before: null, after: null, limit: 1 });
  await store.close();
}

function tell(name: string, measured: readonly Measured[], limit: string): void {
  const first = measured.map(({ firstMs }) => firstMs);
  const total = middle(measured.map(({ totalMs }) => totalMs));
  const peak = Math.max(...measured.map(({ peakMiB }) => peakMiB));
  const [low, high] = [Math.min(...first), Math.max(...first)].map(Math.round);
  console.log(
    `${name.padEnd(34)} first output ${Math.round(middle(first))} ms (${low} to ${high}), whole ${Math.round(total)} ms, ${Math.round(peak)} MiB${limit}`,
  );
}

const scratch = mkdtempSync(join(tmpdir(), 'thingspace-sms-startup-'));
const data = process.env['BENCH_STORE'] ?? join(scratch, 'data');
mkdirSync(data, { recursive: true });
// Within the checkout, whose packages it then finds.
const built = join(import.meta.dirname, '..', '..', 'out', 'bench-package');
const simulator = await startSimulator();
try {
  await makeNodePackage(built);
  await fill(data);
  const { appKey, appSecret, username, password } = simulator.credentials;
  const environment = {
    THINGSPACE_SMS_DATA_DIR: data,
    THINGSPACE_API_BASE: simulator.origin,
    THINGSPACE_APP_KEY: appKey,
    THINGSPACE_APP_SECRET: appSecret,
    THINGSPACE_USERNAME: username,
    THINGSPACE_PASSWORD: password,
    XDG_CACHE_HOME: join(scratch, 'cache'),
  };
  const listen = ['listen', '--account', account, '--json'];
  const cli = join(built, 'main', 'cli.js');
  const all: Readonly<Record<string, () => Promise<Measured>>> = {
    'node -e 0': () => run(['-e', '0']),
    '--version, sources': () => run([sources, '--version'], environment),
    'listen ready, sources': () => run([sources, ...listen], environment, '"type":"listening"'),
    '--version, installed': () => run([cli, '--version'], environment),
    'listen ready, installed': () => run([cli, ...listen], environment, '"type":"listening"'),
  };
  console.log(
    `Node ${process.versions.node}, ${availableParallelism()} processors, ${rows} texts stored, ${rounds} rounds`,
  );
  const measured = new Map<string, Measured[]>(Object.keys(all).map((name) => [name, []]));
  for (const [, once] of Object.entries(all)) await once();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, once] of Object.entries(all)) {
      measured.get(name)?.push(await once());
      await pause(50);
    }
  const limits = new Map([
    ['--version, sources', 150],
    ['--version, installed', 150],
    ['listen ready, sources', 500],
    ['listen ready, installed', 500],
  ]);
  for (const [name, list] of measured) tell(name, list, limits.has(name) ? `  (at most ${limits.get(name)} ms)` : '');
  for (const format of ['ndjson', 'csv']) {
    const path = join(scratch, `texts.${format}`);
    tell(
      `export ${format}`,
      [await run([cli, 'export', '--format', format, '--output', path], environment)],
      '  (at most 30 s, 256 MiB)',
    );
    tell(`verify ${format}`, [await run([cli, 'verify', path], environment)], '');
  }
} finally {
  await simulator.close();
  for (const made of [scratch, built]) rmSync(made, { recursive: true, force: true });
}
