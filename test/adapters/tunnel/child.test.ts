import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { splitCommand } from '../../../main/adapters/tunnel/command.ts';
import { beganAt } from '../../../main/adapters/tunnel/processes.ts';
import { createSecret } from '../../../main/core/secret.ts';
import { readTunnelChoice, type TunnelChoice } from '../../../preload/contract/tunnel.ts';
import { createTunnelPlace, type TunnelPlace } from './place.ts';
import type { StandInStep } from './stand-ins/stand-in.ts';

const standIn = join(import.meta.dirname, 'stand-ins', 'stand-in.ts');

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thingspace-sms-tunnel-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with a program of that name, which does these steps. */
function program(name: string, steps: readonly StandInStep[], folder = freshFolder()): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${standIn}' '${JSON.stringify(steps)}' "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

function choice(kind: string, ...options: readonly string[]): TunnelChoice {
  const read = readTunnelChoice(kind, options);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function place(name: string, steps: readonly StandInStep[], readyWithinMs?: number): TunnelPlace {
  return createTunnelPlace({
    searchPath: program(name, steps),
    ...(readyWithinMs === undefined ? {} : { readyWithinMs }),
  });
}

function isRunning(pid: number): boolean {
  return beganAt(pid, {}) !== null;
}

const box = [
  { error: '2026-11-23T15:08:01Z INF Requesting new quick Tunnel on trycloudflare.com...' },
  {
    error:
      '2026-11-23T15:08:03Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
  },
  {
    error:
      '2026-11-23T15:08:03Z INF |  https://seasonal-deck-organ.trycloudflare.com                                            |',
  },
];
const registered = {
  error:
    '2026-11-23T15:08:04Z INF Registered tunnel connection connIndex=0 connection=1b5f ip=198.41.200.13 location=sea01 protocol=quic',
};

describe('the address is read from what each program prints', () => {
  test.each<{ kind: string; program: string; options?: readonly string[]; steps: readonly StandInStep[]; url: string }>(
    [
      {
        kind: 'cloudflared',
        program: 'cloudflared',
        steps: [...box, { wait: 200 }, registered],
        url: 'https://seasonal-deck-organ.trycloudflare.com',
      },
      {
        kind: 'cloudflared',
        program: 'cloudflared',
        options: ['tunnel=van', 'publicUrl=https://van.example.com'],
        steps: [registered],
        url: 'https://van.example.com',
      },
      {
        kind: 'tailscale',
        program: 'tailscale',
        steps: [
          {
            print:
              'Available on the internet:\n\nhttps://van.pango-lin.ts.net/\n|-- proxy http://127.0.0.1:{port}\n\nPress Ctrl+C to exit.',
          },
        ],
        url: 'https://van.pango-lin.ts.net',
      },
      {
        kind: 'devtunnel',
        program: 'devtunnel',
        steps: [
          {
            print:
              'Hosting port: {port}\nConnect via browser: https://l3rs99qw.usw2.devtunnels.ms:{port}, https://l3rs99qw-{port}.usw2.devtunnels.ms\nInspect network activity: https://l3rs99qw-{port}-inspect.usw2.devtunnels.ms\nReady to accept connections for tunnel: l3rs99qw',
          },
        ],
        url: 'https://l3rs99qw-4711.usw2.devtunnels.ms',
      },
      {
        kind: 'pinggy',
        program: 'ssh',
        steps: [
          {
            print:
              'You are not authenticated.\nYour tunnel will expire in 60 minutes. Upgrade at https://dashboard.pinggy.io\n\nhttp://rnlmv-182-66-48-22.a.free.pinggy.link\nhttps://rnlmv-182-66-48-22.a.free.pinggy.link',
          },
        ],
        url: 'https://rnlmv-182-66-48-22.a.free.pinggy.link',
      },
      {
        kind: 'localtunnel',
        program: 'lt',
        steps: [{ print: 'your url is: https://slow-cows-hop.loca.lt' }],
        url: 'https://slow-cows-hop.loca.lt',
      },
      {
        kind: 'frp',
        program: 'frpc',
        options: ['configFile=/etc/frpc.toml', 'publicUrl=https://sms.example.com'],
        steps: [
          {
            print:
              '\u001b[1;34m2026-11-23 15:08:01.123 [I] [client/control.go:172] [5a5f] [sms] start proxy success\u001b[0m',
          },
        ],
        url: 'https://sms.example.com',
      },
      {
        kind: 'bore',
        program: 'bore',
        options: ['server=bore.example.com', 'remotePort=9001', 'publicUrl=https://sms.example.com:9001'],
        steps: [{ print: '2026-11-23T15:08:01Z  INFO bore_cli::client: listening at bore.example.com:9001' }],
        url: 'https://sms.example.com:9001',
      },
      {
        kind: 'command',
        program: 'mine',
        options: ['command=mine "--to port" {port}'],
        steps: [{ print: 'see <https://mine.example.com/> for more' }],
        url: 'https://mine.example.com',
      },
      {
        kind: 'command',
        program: 'mine',
        options: ['command=mine {port}', 'pattern=public=(\\S+)'],
        steps: [{ print: 'docs at https://docs.example.com public=https://b.example.com' }],
        url: 'https://b.example.com',
      },
      {
        kind: 'command',
        program: 'mine',
        options: ['command=mine', 'publicUrl=https://known.example.com'],
        steps: [],
        url: 'https://known.example.com',
      },
    ],
  )('$kind: $url', async ({ kind, program: name, options = [], steps, url }) => {
    const at = place(name, steps);
    expect(await at.open(choice(kind, ...options), 4711)).toMatchObject({ ok: true, value: { publicUrl: url } });
    expect(at.losses).toEqual([]);
  });

  test('a cloudflared that cannot reach Cloudflare has no address, though its error names one', async () => {
    const at = place('cloudflared', [
      {
        error:
          'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host',
      },
      { exit: 1 },
    ]);
    expect(await at.open(choice('cloudflared'))).toMatchObject({
      ok: false,
      error: { kind: 'passing', message: expect.stringContaining('exit code 1') },
    });
  });
});

describe('what goes wrong with a program is said in words', () => {
  test('not installed', async () => {
    expect(await createTunnelPlace({ searchPath: freshFolder() }).open(choice('cloudflared'))).toMatchObject({
      error: { kind: 'needs-you', message: expect.stringMatching(/cloudflared was not found.*Install it/) },
    });
  });

  test('slow: it is waited for', async () => {
    const at = place('lt', [{ wait: 1500 }, { print: 'your url is: https://late.loca.lt' }]);
    expect(await at.open(choice('localtunnel'))).toMatchObject({
      ok: true,
      value: { publicUrl: 'https://late.loca.lt' },
    });
  });

  test('hanging: it is ended, with its last line quoted', async () => {
    const pidFile = join(freshFolder(), 'pid');
    const at = place('lt', [{ print: 'connecting…' }, { spawn: pidFile }, { deaf: true }], 1500);
    expect(await at.open(choice('localtunnel'))).toMatchObject({
      error: { kind: 'passing', message: expect.stringMatching(/no address after 1.5 s.*connecting…/) },
    });
    expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
    expect(at.children.read()).toEqual([]);
  });

  test('garbage: megabytes without an address are read and thrown away', async () => {
    const at = place('lt', [{ bytes: 3_000_000 }, { print: '\nyour url is: https://clean.loca.lt' }]);
    expect(await at.open(choice('localtunnel'))).toMatchObject({
      ok: true,
      value: { publicUrl: 'https://clean.loca.lt' },
    });
    const never = place('lt', [{ bytes: 300_000 }, { exit: 3 }]);
    const refused = await never.open(choice('localtunnel'));
    expect(refused).toMatchObject({ error: { message: expect.stringContaining('exit code 3') } });
    expect(refused.ok ? 0 : refused.error.message.length).toBeLessThan(500);
  });

  test('a refusal that only a person can clear ends it at once', async () => {
    const at = place('tailscale', [
      {
        print:
          'Funnel is not enabled on your tailnet.\nTo enable, visit:\n\n  https://login.tailscale.com/f/funnel?node=n',
      },
    ]);
    expect(await at.open(choice('tailscale'))).toMatchObject({
      error: { kind: 'needs-you', message: expect.stringContaining('not switched on') },
    });
    expect(at.children.read()).toEqual([]);
  });

  test('a crash after it was up is told once, with how it ended', async () => {
    const at = place('lt', [
      { print: 'your url is: https://short.loca.lt' },
      { wait: 300 },
      { error: 'connection refused' },
      { exit: 7 },
    ]);
    expect((await at.open(choice('localtunnel'))).ok).toBe(true);
    await expect
      .poll(() => at.losses)
      .toMatchObject([{ kind: 'passing', message: expect.stringMatching(/exit code 7.*connection refused/) }]);
    expect(at.children.read()).toEqual([]);
  });

  test('another address later is told; the same one again is not', async () => {
    const at = place('lt', [
      { print: 'your url is: https://one.loca.lt' },
      { wait: 200 },
      { print: 'your url is: https://one.loca.lt' },
      { print: 'your url is: https://two.loca.lt' },
    ]);
    expect(await at.open(choice('localtunnel'))).toMatchObject({ value: { publicUrl: 'https://one.loca.lt' } });
    await expect.poll(() => at.changes).toEqual(['https://two.loca.lt']);
  });

  test('an opening that is given up ends at once', async () => {
    const at = place('lt', []);
    const tunnel = at.tunnels.tunnel(choice('localtunnel'));
    const opening = tunnel?.open(9, { changed: () => undefined, lost: () => undefined, noted: () => undefined });
    await expect.poll(() => at.children.read().length).toBe(1);
    tunnel?.abandon();
    expect(await opening).toMatchObject({ ok: false });
    expect(at.children.read()).toEqual([]);
  });
});

describe('a program beside this process', () => {
  test('gets its arguments as they are, the local port, and nothing of our environment', async () => {
    const report = join(freshFolder(), 'report');
    const searchPath = `${program('mine', [{ report }, { print: 'https://a.example.com' }])}:/usr/bin:/bin`;
    process.env['THINGSPACE_PASSWORD'] = 'swordfish';
    onTestFinished(() => void delete process.env['THINGSPACE_PASSWORD']);
    const at = createTunnelPlace({ searchPath, secret: createSecret('swordfish') });
    expect((await at.open(choice('command', 'command=mine --local={port} "two words" $(id) ;'), 4711)).ok).toBe(true);
    const { args, environment } = JSON.parse(readFileSync(report, 'utf8')) as {
      args: unknown;
      environment: Record<string, string>;
    };
    expect(args).toEqual(['--local=4711', 'two words', '$(id)', ';']);
    expect(
      Object.keys(environment)
        .filter((name) => !['PWD', '_', 'OLDPWD', 'SHLVL'].includes(name))
        .sort(),
    ).toEqual(['HOME', 'PATH', 'PORT']);
    expect(JSON.stringify({ args, environment })).not.toContain('swordfish');
  });

  test('is ended with everything that it started, though it does not listen', async () => {
    const pidFile = join(freshFolder(), 'pid');
    const at = place('lt', [{ deaf: true }, { spawn: pidFile }, { print: 'your url is: https://x.loca.lt' }]);
    const opened = await at.open(choice('localtunnel'));
    const own = at.children.read()[0]?.pid ?? 0;
    const grandchild = Number(readFileSync(pidFile, 'utf8'));
    expect([isRunning(own), isRunning(grandchild)]).toEqual([true, true]);
    if (opened.ok) await opened.value.close();
    await expect.poll(() => [isRunning(own), isRunning(grandchild)]).toEqual([false, false]);
    expect(at.losses).toEqual([]);
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'that a run ended by %s left behind is ended by the next start',
    async (signal) => {
      const folder = freshFolder();
      const pidFile = join(folder, 'pid');
      program('lt', [{ spawn: pidFile }, { print: 'your url is: https://x.loca.lt' }], folder);
      const owner = spawn(process.execPath, [join(import.meta.dirname, 'stand-ins', 'owner.ts'), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void owner.kill('SIGKILL'));
      const lines = createInterface({ input: owner.stdout });
      const [record] = (await lines[Symbol.asyncIterator]()
        .next()
        .then(({ value }) => JSON.parse(String(value)))) as { pid: number; began: string }[];
      if (!record) throw new Error('nothing was recorded');
      const ended = new Promise((resolve) => owner.once('exit', resolve));
      owner.kill(signal);
      await ended;
      const grandchild = Number(readFileSync(pidFile, 'utf8'));
      // The child may die of its broken output; what it started lives on.
      expect(isRunning(grandchild)).toBe(true);
      const next = createTunnelPlace({ left: [record] });
      next.tunnels.endLeftovers();
      await expect.poll(() => [isRunning(record.pid), isRunning(grandchild)]).toEqual([false, false]);
      expect(next.children.read()).toEqual([]);
    },
  );

  test('another process that has the same number since is left alone', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    const pid = stranger.pid ?? 0;
    await expect.poll(() => isRunning(pid)).toBe(true);
    const place = createTunnelPlace({ left: [{ pid, began: 'another boot 42' }] });
    place.tunnels.endLeftovers();
    expect(isRunning(pid)).toBe(true);
    expect(place.children.read()).toEqual([]);
    expect(existsSync(`/proc/${pid}`)).toBe(process.platform === 'linux');
  });
});

describe('offers', () => {
  test('what is found on this machine comes first, with the reason', async () => {
    const folder = program('cloudflared', []);
    const [first, ...others] = await createTunnelPlace({ searchPath: folder }).tunnels.offers();
    expect(first).toMatchObject({
      kind: 'cloudflared',
      recommended: true,
      here: true,
      program: join(folder, 'cloudflared'),
    });
    expect(first?.why).toContain('is on this computer');
    expect(others.some(({ recommended }) => recommended)).toBe(false);
    expect(others.find(({ kind }) => kind === 'tailscale')).toMatchObject({
      here: false,
      why: expect.stringContaining('not found'),
    });
  });

  test('a name that changes is said to cost a registration each time', async () => {
    for (const offer of await createTunnelPlace().tunnels.offers())
      if (offer.name === 'random') expect(offer.limits).toContain('costs a new registration each time');
  });
});

describe('a command line', () => {
  test.each([
    { text: 'a b  c', words: ['a', 'b', 'c'] },
    { text: `a "b c" 'd "e'`, words: ['a', 'b c', 'd "e'] },
    { text: '--x="y z"', words: ['--x=y z'] },
    { text: '  ', words: [] },
  ])('$text', ({ text, words }) => expect(splitCommand(text)).toEqual(words));
});
