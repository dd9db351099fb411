import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMessageStore } from '../../main/adapters/message-db/store.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { type RunningApp, startApp } from './app.ts';
import { credentialsOf, runCommand, stands, startCommand } from './command.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { fillDisk, isLeftOut, smallDisk, whyLeftOut } from './small-disk.ts';
import { registerStranger, stranger } from './stranger.ts';

const account = '0000123456-00001';
const device = [{ id: '7022895555', kind: 'mdn' }];

function problemOf(app: RunningApp): string | undefined {
  return app.core.snapshot().accounts[0]?.problem?.code;
}

async function liveApp(simulator: Simulator, dataDirectory = freshFolder(), publicUrl?: string): Promise<RunningApp> {
  const config = publicUrl === undefined ? {} : { config: { wayIn: { publicUrl } } };
  const app = await startApp(simulator, { dataDirectory, accounts: [account], ...config });
  await app.until(() => app.stateOf(account) === 'live', 'live');
  return app;
}

describe('another program that takes the callback', () => {
  test('is noticed within the interval, said, and not fought over; ours is not put back on stop', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    await registerStranger(simulator, account);
    await app.clock.advance(60_000);
    await app.until(() => app.stateOf(account) === 'needs-you', 'needs-you');
    expect(problemOf(app)).toBe('callback-taken');
    expect(app.core.snapshot().sentence).toContain('ops.example.com');
    expect(app.core.snapshot().action).toMatchObject({ kind: 'take-over', account });
    const timeline = JSON.stringify(await app.core.router.handle('window', 'timeline.page', {}));
    expect(timeline.split('Another server took the callback')).toHaveLength(2);
    const asked = simulator.requests().length;
    for (let minute = 0; minute < 10; minute += 1) await app.clock.advance(60_000);
    const later = simulator
      .requests()
      .slice(asked)
      .map(({ route }) => route);
    expect(later.filter((route) => route !== 'list-callbacks' && route !== 'token' && route !== 'login')).toEqual([]);
    expect(simulator.registrations(account).map(({ url }) => url)).toEqual([stranger.url]);
  });

  test('gives it to us once the person says yes, and only then', async () => {
    const simulator = await freshSimulator();
    await registerStranger(simulator, account);
    const app = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await app.until(() => problemOf(app) === 'callback-held', 'held');
    await app.core.router.handle('window', 'account.takeOver', { account });
    await app.until(() => app.stateOf(account) === 'live', 'live');
    expect(simulator.registrations(account)).toHaveLength(1);
    expect(simulator.registrations(account)[0]?.url).not.toBe(stranger.url);
  });

  test('is named when it is this app on another laptop of the team', async () => {
    const simulator = await freshSimulator();
    await liveApp(simulator);
    const second = await startApp(simulator, { dataDirectory: freshFolder(), accounts: [account] });
    await second.until(() => second.stateOf(account) === 'needs-you', 'needs-you');
    expect(second.core.snapshot().sentence).toContain('ThingSpace SMS Tray on laptop-7');
  });
});

/** A reverse proxy on a port that ThingSpace calls, which the test can break in several ways. */
async function startProxy(): Promise<{
  readonly origin: string;
  lead(port: number | 'nowhere' | 'error'): void;
  readonly server: Server;
}> {
  let target: number | 'nowhere' | 'error' = 'error';
  const server = createServer((incoming, outgoing) => {
    if (target === 'nowhere') return void incoming.socket.destroy();
    if (target === 'error') return void outgoing.writeHead(502).end();
    const { method, url, headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port: target, method, path: url, headers },
      (answer: IncomingMessage) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  for (let port = 28_200; port <= 28_220; port += 1) {
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) break;
  }
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, server, lead: (to) => void (target = to) };
}

describe('a public URL that stops leading here', () => {
  test.each([
    { hop: 'answers for itself', broken: 'error', says: '502' },
    { hop: 'hangs up', broken: 'nowhere', says: 'ended the connection without an answer' },
  ] as const)(
    'when it $hop: degraded, what broke is said, texts come by the queue, and live again when it is mended',
    async ({ broken, says }) => {
      const simulator = await freshSimulator();
      const proxy = await startProxy();
      const app = await startApp(simulator, {
        dataDirectory: freshFolder(),
        accounts: [account],
        config: { wayIn: { publicUrl: proxy.origin } },
      });
      const port = (): number => {
        const listening = app.happenings.find((happening) => happening.type === 'listening');
        return listening?.type === 'listening' ? listening.port : 0;
      };
      await app.until(() => port() !== 0, 'listening');
      proxy.lead(port());
      await app.until(() => app.stateOf(account) === 'live', 'live');
      await simulator.deviceTexts(account, { deviceIds: device, text: 'through the proxy' }).settled;
      await app.until(() => app.texts().includes('through the proxy'), 'the text');

      proxy.lead(broken);
      await app.clock.advance(70_000);
      await app.until(() => app.stateOf(account) === 'degraded', 'degraded');
      expect(problemOf(app)).toBe('public-url-unreachable');
      expect(app.core.snapshot().sentence).toContain(says);
      await simulator.deviceTexts(account, { deviceIds: device, text: 'while it was broken' }).settled;
      await app.clock.advance(60_000);
      await app.until(() => app.texts().includes('while it was broken'), 'the queued text');

      proxy.lead(port());
      await app.clock.advance(15_000);
      await app.until(() => app.stateOf(account) === 'live', 'live again');
      expect(app.texts()).toEqual(['through the proxy', 'while it was broken']);
      // One report for the whole time, however often the queue was fetched meanwhile.
      const gaps = app.happenings.flatMap((happening) => (happening.type === 'gap' ? [happening.gap] : []));
      expect(gaps).toMatchObject([{ account, fetched: 1, pending: 0 }]);
      const [gap] = gaps;
      expect(Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')).toBeGreaterThanOrEqual(120_000);
    },
  );
});

describe('an account that is only to be looked at from now on', () => {
  test('has its callback given back, and nothing is taken out of its queue any more', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    await app.core.router.handle('window', 'account.add', { account, mode: 'peek' });
    await app.until(() => app.stateOf(account) === 'polling', 'looking');
    await app.until(() => simulator.registrations(account).length === 0, 'given back');
    await simulator.deviceTexts(account, { deviceIds: device, text: 'stays there' }).settled;
    await app.clock.advance(300_000);
    await app.until(() => app.core.snapshot().sentence.includes('1 text waits'), 'the look');
    expect(simulator.counts(account).queued).toBe(1);
    expect(app.texts()).toEqual([]);
  });
});

describe('tokens and sessions that end', () => {
  test('are renewed once each, and nothing is missed', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    simulator.expireTokens();
    simulator.expireSessions();
    simulator.queueText(account, { deviceIds: device, text: 'after the session ended' });
    await app.core.router.handle('terminal', 'account.drain', { account });
    expect(app.texts()).toEqual(['after the session ended']);
    expect(simulator.requests().filter(({ route }) => route === 'login')).toHaveLength(2);
  });

  test('one whose renewal is refused needs the person at once; what is entered then is tried at once', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    simulator.addFault({ route: 'login', kind: 'unauthorized' });
    simulator.expireSessions();
    await app.until(() => app.stateOf(account) === 'needs-you', 'needing the person');
    expect(app.core.snapshot()).toMatchObject({ light: 'needs-you', action: { kind: 'sign-in' } });
    expect(problemOf(app)).toBe('sign-in-refused');
    await simulator.deviceTexts(account, { deviceIds: device, text: 'still pushed' }).settled;
    await app.until(() => app.texts().includes('still pushed'), 'the text');
    const logins = (): number => simulator.requests().filter(({ route }) => route === 'login').length;
    const before = logins();
    await app.core.router.handle('window', 'app.retry', {});
    await app.until(() => logins() > before, 'the sign-in');
    await app.until(() => app.stateOf(account) === 'needs-you', 'needing the person still');
  });

  test('a service that answers 503 for a while is asked again, less and less often, and then caught up with', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    simulator.addFault({ route: 'any', kind: 'status', status: 503 });
    simulator.queueText(account, { deviceIds: device, text: 'during the outage' });
    const before = simulator.requests().length;
    for (let minute = 0; minute < 30; minute += 1) await app.clock.advance(60_000);
    expect(simulator.requests().length - before).toBeLessThan(60);
    simulator.clearFaults();
    for (let minute = 0; minute < 16; minute += 1) await app.clock.advance(60_000);
    await app.until(() => app.texts().includes('during the outage'), 'the text');
    await app.until(() => app.stateOf(account) === 'live', 'live');
  });
});

test('that something is tried again is said by what tries it, and not where a person asked once', async () => {
  const simulator = await freshSimulator();
  const app = await liveApp(simulator);
  simulator.addFault({ route: 'any', kind: 'status', status: 503 });
  const trouble = 'ThingSpace has trouble of its own (status 503).';
  const asked = await app.core.router.handle('terminal', 'account.drain', { account });
  expect(asked).toMatchObject({ ok: false, error: { message: `${trouble} Try again later.` } });
  await app.clock.advance(30 * 60_000);
  const sentence = (): string => app.core.snapshot().accounts[0]?.sentence ?? '';
  await app.until(() => sentence().includes(`${trouble} It is tried again by itself.`), 'the retry');
});

describe.skipIf(isLeftOut)(`a full disk${whyLeftOut}`, () => {
  test('texts are refused with 503 and said so; when there is room again they come, once, without a restart', async () => {
    const folder = smallDisk(3);
    const simulator = await freshSimulator();
    const app = await liveApp(simulator, folder);
    await simulator.deviceTexts(account, { deviceIds: device, text: 'before' }).settled;
    const filler = fillDisk(folder);
    let outcome = 'delivered';
    let sent = 0;
    while (outcome === 'delivered' && sent < 2000) {
      outcome = await simulator.deviceTexts(account, {
        deviceIds: device,
        text: `on the full disk ${sent} ${'x'.repeat(120)}`,
      }).settled;
      sent += 1;
    }
    expect(outcome).toBe('queued');
    await app.until(() => app.stateOf(account) === 'needs-you', 'needs-you');
    expect(problemOf(app)).toBe('storage-failed');
    expect(app.core.snapshot().sentence).toMatch(/disk/i);
    rmSync(filler);
    await app.clock.advance(5000);
    await app.until(() => app.stateOf(account) === 'live', 'live again');
    await app.until(() => app.texts().length === sent + 1, 'every text');
    expect(new Set(app.texts()).size).toBe(sent + 1);
    expect(simulator.counts(account).queued).toBe(0);
  });
});

describe('a store that is damaged where nothing looks', () => {
  test('is found soon after the start, kept aside and told, and texts go on being stored', async () => {
    const dataDirectory = freshFolder();
    const opened = await openMessageStore({ directory: dataDirectory, now: Date.now });
    if (!opened.ok) throw new Error(opened.error.message);
    const { store } = opened.value;
    const items = Array.from({ length: 2000 }, (_, index) => ({
      deviceIds: device,
      text: `kept ${index} ${'x'.repeat(500)}`,
      platformTime: null,
      platformAt: index * 3_600_000,
      raw: '{}',
    }));
    await store.storeBlock({ account, receivedAt: 0, items, unreadable: [], acknowledgesPrevious: false });
    await store.page({ query: 'kept', before: null, after: null, limit: 1 });
    await store.close();
    const path = join(dataDirectory, 'messages.db');
    const bytes = readFileSync(path);
    const middle = bytes.lastIndexOf('kept 700 ');
    bytes.fill(0xff, middle - (middle % 4096), middle - (middle % 4096) + 100);
    writeFileSync(path, bytes);

    const simulator = await freshSimulator();
    const app = await liveApp(simulator, dataDirectory);
    expect(app.core.snapshot().problems).toEqual([]);
    await app.clock.advance(10_000);
    await app.until(() => app.core.snapshot().problems.length > 0, 'the news');
    const [problem] = app.core.snapshot().problems;
    expect(problem?.code).toBe('store-set-aside');
    const aside = readdirSync(dataDirectory).find((name) => /^messages\.corrupt-.*\.db$/.test(name)) ?? 'none';
    expect(problem?.message).toContain(aside);
    expect(await simulator.deviceTexts(account, { deviceIds: device, text: 'goes on' }).settled).toBe('delivered');
    await app.until(() => app.texts().includes('goes on'), 'the text');
  });
});

describe('callbacks that are not to be trusted', () => {
  test('are answered as they deserve, kept apart without secrets, counted, and never shown as texts', async () => {
    const simulator = await freshSimulator();
    const app = await liveApp(simulator);
    const [registration] = simulator.registrations(account);
    const url = registration?.url ?? '';
    const good = { username: registration?.username, password: registration?.password, deviceIds: device };
    const post = async (body: string, to = url): Promise<number> =>
      (await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).status;
    expect(await post(JSON.stringify({ ...good, smsMessage: 'forged', password: 'wrong' }))).toBe(403);
    expect(await post('{"smsMessage": "cut off')).toBe(400);
    expect(await post(JSON.stringify({ ...good, niddResponse: { a: 1 } }))).toBe(200);
    expect(await post(JSON.stringify({ ...good, smsMessage: 'elsewhere' }), `${url}x`)).toBe(404);
    await app.until(() => app.core.snapshot().inbox.unverified === 3, 'three kept apart');
    const page = JSON.stringify(await app.core.router.handle('window', 'unverified.page', {}));
    expect(page).toContain('forged');
    expect(page).not.toContain(registration?.password);
    expect(page).not.toContain(url.split('/').at(-1));
    expect(app.texts()).toEqual([]);
    expect(await app.core.router.handle('terminal', 'inbox.page', {})).toMatchObject({
      value: { messages: [], total: 0 },
    });
  });

  test('are shown in the terminal by a command of their own, and by no other', async () => {
    const simulator = await freshSimulator();
    const surroundings = {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    };
    const listening = startCommand(['listen', '--account', account, '--json'], surroundings);
    await listening.until(() => stands(listening, account, 'live'), 'live');
    const body = JSON.stringify({ username: 'x', password: 'guessed-pw', deviceIds: device, smsMessage: 'forged' });
    const headers = { 'Content-Type': 'application/json' };
    const url = simulator.registrations(account)[0]?.url ?? '';
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(403);
    const shown = async (...args: readonly string[]) => (await runCommand(args, surroundings)).command;
    const [item, ...more] = (await shown('unverified', '--json')).lines();
    expect(item).toMatchObject({ type: 'unverified', account, reason: expect.stringContaining('password') });
    expect(more).toEqual([]);
    expect(String(item?.['body'])).toContain('forged');
    expect(String(item?.['body'])).not.toContain('guessed-pw');
    expect((await shown('unverified')).out.join('\n')).toContain('forged');
    expect((await shown('status')).out.join('\n')).toContain('1 kept apart as unverified');
    for (const command of [['messages'], ['messages', '--query', 'forged'], ['export', '--format', 'ndjson']])
      expect((await shown(...command)).out.join('\n')).not.toContain('forged');
    expect(listening.linesOf('message')).toEqual([]);
    listening.signal('SIGTERM');
    await listening.exited;
  });
});
