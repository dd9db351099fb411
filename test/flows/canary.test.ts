import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { problemReport } from '../../main/core/problem-report.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { snapshot } from '../../preload/contract/snapshot.ts';
import { startSessionBus, whatIsMissing } from '../adapters/keychain/session-bus.ts';
import { freeCallbackPort } from '../adapters/tunnel/place.ts';
import { startSshd } from '../adapters/tunnel/sshd.ts';
import { hasChromium, launchChromium } from '../browser/chromium.ts';
import {
  type CommandSurroundings,
  credentialsOf,
  type RunningCommand,
  runCommand,
  stands,
  startCommand,
} from './command.ts';
import { type Echo, type EchoKind, startEcho } from './echo.ts';
import { freshFolder, freshSimulator } from './place.ts';
import { addFolder, addProcesses, canary, findSecrets, type Places } from './secret-search.ts';
import { registerStranger, stranger } from './stranger.ts';

const account = '0000123456-00001';
const missing = whatIsMissing() ?? (hasChromium ? null : 'no Chromium');
const isLeftOut = missing !== null && process.env['CI'] !== 'true';

interface Scene {
  readonly simulator: Simulator;
  readonly echo: Echo;
  readonly places: Places;
  /** What must be found in none of the places. */
  readonly secrets: Record<string, string>;
}

async function setScene(): Promise<Scene> {
  const credentials = {
    appKey: canary('appkey'),
    appSecret: canary('appsecret'),
    username: canary('user'),
    password: canary('password'),
  };
  const simulator = await freshSimulator({ credentials });
  const echo = await startEcho(simulator.origin);
  return { simulator, echo, places: new Map(), secrets: { ...credentials } };
}

function note({ places }: Scene, name: string, command: RunningCommand): void {
  places.set(`standard output of ${name}`, Buffer.from(command.out.join('\n')));
  places.set(`standard error of ${name}`, Buffer.from(command.err()));
}

async function run(
  scene: Scene,
  surroundings: CommandSurroundings,
  ...args: readonly string[]
): Promise<number | null> {
  const { code, command } = await runCommand(args, surroundings);
  note(scene, args.join(' '), command);
  return code;
}

/** The tokens that the service gave out, and what the app registered, are secrets from now on. */
function learn({ simulator, echo, secrets }: Scene, run: string): void {
  for (const [, name, value] of echo.answers().matchAll(/"(access_token|sessionToken)":"([^"]+)"/g)) {
    if (name && value) secrets[`${name} ${value.slice(0, 6)}`] = value;
  }
  const [registration] = simulator.registrations(account);
  if (!registration) throw new Error('nothing is registered');
  secrets[`callback password of ${run}`] = registration.password;
  secrets[`secret path of ${run}`] = registration.url.split('/').at(-1) ?? '';
}

function learnRegistration({ secrets }: Scene, body: string): void {
  const { url, username, password } = JSON.parse(body) as Record<'url' | 'username' | 'password', string>;
  Object.assign(secrets, { 'path in a request': url.split('/').at(-1), 'user in a request': username });
  secrets['password in a request'] = password;
}

/** Callbacks that a stranger guesses at, each with a password of its own that is none of our business to keep. */
async function callWrongly(scene: Scene, command: RunningCommand): Promise<void> {
  const [registration] = scene.simulator.registrations(account);
  const guess = canary('guess');
  scene.secrets['guessed password'] = guess;
  const ours = { username: registration?.username, password: registration?.password };
  const bodies = [
    JSON.stringify({ username: 'ops', password: guess, smsMessage: 'guessed' }),
    JSON.stringify({ ...ours, password: guess, nested: [{ ApiToken: guess }], smsMessage: ours.password }),
    `{"username":"ops","password":"${guess}`,
    `{"smsMessage":"${ours.password}", broken`,
    JSON.stringify([ours]),
    JSON.stringify({ ...ours, unknown: { echo: `it is ${ours.password} at ${registration?.url}` } }),
    JSON.stringify({ ...ours, deviceResponse: { smsDeliveryResponse: { confirmation: 'done' } } }),
  ];
  for (const body of bodies) {
    for (const type of ['application/json', 'text/plain']) {
      await fetch(registration?.url ?? '', { method: 'POST', headers: { 'Content-Type': type }, body });
    }
  }
  await fetch(`${new URL(registration?.url ?? '').origin}/callback/${canary('path')}`, { method: 'POST', body: '{}' });
  expect(command.child.exitCode).toBeNull();
}

async function listenTwice(scene: Scene, surroundings: CommandSurroundings): Promise<void> {
  const args = ['listen', '--account', account, '--take-over'];
  const first = startCommand(args, surroundings);
  await first.until(() => / live/.test(first.err()), 'live');
  learn(scene, 'the first run');
  scene.simulator.queueText(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'queued' });
  await scene.simulator.deviceTexts(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: 'hello' }).settled;
  await callWrongly(scene, first);
  await first.until(() => first.out.some((line) => line.includes('hello')), 'the text');
  for (const command of [['callbacks'], ['drain'], ['send', '--to', 'mdn:7022895555', '--text', 'STATUS']])
    await run(scene, surroundings, ...command, '--account', account);
  scene.simulator.expireTokens();
  await run(scene, surroundings, 'start', '--account', account);
  learn(scene, 'the first run');
  addProcesses(scene.places, first.pid);
  first.signal('SIGKILL');
  await first.exited;
  note(scene, 'the killed run', first);
  addFolder(scene.places, 'data after kill -9', surroundings.dataDirectory);
  const second = startCommand([...args, '--json'], surroundings);
  await second.until(() => stands(second, account, 'live'), 'live again');
  learn(scene, 'the second run');
  addProcesses(scene.places, second.pid);
  second.signal('SIGTERM');
  expect(await second.exited).toBe(0);
  note(scene, 'the second run', second);
}

async function heapOf(page: Page): Promise<Buffer> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const heap = Buffer.from(chunks.join(''));
  expect(heap.includes('7022895555'), 'the heap holds what the window shows').toBe(true);
  return heap;
}

/** The window in a browser: all that it is sent, and all that its script holds. */
async function useWindow(scene: Scene, surroundings: CommandSurroundings): Promise<void> {
  await run(scene, surroundings, 'accounts', 'add', account);
  const command = startCommand(['serve', '--json', '--no-open'], surroundings);
  await command.until(() => stands(command, account, 'needs-you'), 'the account');
  const url = String(command.linesOf('window')[0]?.['url']);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const context = await browser.newContext();
  const page = await context.newPage();
  const traffic: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/session')) traffic.push(response.text().catch(() => ''));
  });
  page.on('websocket', (line) => {
    const take = ({ payload }: { readonly payload: string | Buffer }) => traffic.push(Promise.resolve(String(payload)));
    line.on('framesent', take);
    line.on('framereceived', take);
  });
  await page.goto(url);
  await page.getByRole('grid').getByText('hello').first().click();
  await page.getByText('7022895555').first().waitFor();
  scene.secrets['cookie of the window'] = (await context.cookies())[0]?.value ?? '';
  const said = (await Promise.all(traffic)).join('\n');
  expect(said, 'the traffic holds what the window is told').toMatch(/"snapshot":[^]*7022895555/);
  scene.places.set('traffic of the window', Buffer.from(said));
  scene.places.set('heap of the window', await heapOf(page));
  addProcesses(scene.places, command.pid);
  // Its token is spent; in the one line that gives it to the person it may stand.
  const token = url.split('token=')[1] ?? '';
  const leaks = findSecrets({ token }, scene.places);
  expect(leaks).toEqual([]);
  command.signal('SIGTERM');
  await command.exited;
  note(scene, 'serve', command);
  const after: Places = new Map();
  addFolder(after, 'data after serve', surroundings.dataDirectory);
  expect(findSecrets({ token }, after)).toEqual([]);
}

/** What the person may hand on when something went wrong, made of what the run left behind. */
async function reportOf(surroundings: CommandSurroundings): Promise<string> {
  const { command } = await runCommand(['status', '--json'], surroundings);
  const log = readdirSync(surroundings.dataDirectory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readFileSync(join(surroundings.dataDirectory, name), 'utf8').split('\n'));
  expect(log.length).toBeGreaterThan(3);
  return problemReport({
    core: { snapshot: snapshot.parse(command.lines()[0]), settings: defaultSettings, timeline: [] },
    log,
    versions: {},
    platform: 'linux',
    now: Date.now(),
  });
}

describe.skipIf(isLeftOut)(`secrets${missing === null ? '' : ` (${missing})`}, of the tunnels`, () => {
  test('are nowhere but in the keychain and on the wire: a passphrase, a token', { timeout: 60_000 }, async () => {
    const scene = await setScene();
    const bus = await startSessionBus();
    onTestFinished(() => bus.close());
    await bus.startKeyring();
    const [passphrase, token] = [canary('passphrase'), canary('ngroktoken')];
    Object.assign(scene.secrets, { passphrase, 'ngrok token': token });
    const sshd = await startSshd();
    const keyFile = join(freshFolder(), 'locked');
    copyFileSync(sshd.keyFile, keyFile);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', keyFile]);
    const surroundings: CommandSurroundings = {
      dataDirectory: freshFolder(),
      apiBase: scene.echo.origin,
      environment: { ...bus.environment, ...credentialsOf(scene.simulator) },
    };
    for (const [kind, secret] of [
      ['ssh', passphrase],
      ['ngrok', token],
    ] as const)
      expect(await run(scene, { ...surroundings, input: `${secret}\n` }, 'tunnels', 'secret', kind)).toBe(0);
    expect([...bus.stored()]).toContainEqual(['tunnel ngrok', token]);
    const { port, user } = sshd;
    const place = { host: '127.0.0.1', port, user, keyFile, remotePort: await freeCallbackPort() };
    const options = Object.entries(place).flatMap(([key, value]) => ['--tunnel-option', `${key}=${value}`]);
    const through = startCommand(
      ['listen', '--account', account, '--json', '--tunnel', 'ssh', ...options],
      surroundings,
    );
    await through.until(() => stands(through, account, 'live'), 'live');
    addProcesses(scene.places, through.pid, true);
    through.signal('SIGTERM');
    await through.exited;
    note(scene, 'the run through ssh', through);
    const offline = startCommand(['listen', '--account', account, '--json', '--tunnel', 'ngrok'], surroundings);
    await offline.until(() => offline.linesOf('problem').length > 0, 'that ngrok cannot be reached');
    addProcesses(scene.places, offline.pid, true);
    offline.signal('SIGTERM');
    await offline.exited;
    note(scene, 'the run with ngrok', offline);
    addFolder(scene.places, 'data', surroundings.dataDirectory);
    expect(findSecrets(scene.secrets, scene.places)).toEqual([]);
  });
});

describe.skipIf(isLeftOut)(`secrets${missing === null ? '' : ` (${missing})`}`, () => {
  test('are nowhere but in the keychain and on the wire, whatever the app goes through', {
    timeout: 90_000,
  }, async () => {
    const scene = await setScene();
    const bus = await startSessionBus();
    onTestFinished(() => bus.close());
    await bus.startKeyring();
    const displaced = { ...stranger, username: canary('strangeruser'), password: canary('displaced') };
    scene.secrets['displaced password'] = displaced.password;
    await registerStranger(scene.simulator, account, displaced);
    const surroundings: CommandSurroundings = {
      dataDirectory: freshFolder(),
      apiBase: scene.echo.origin,
      environment: bus.environment,
    };
    const input = `${Object.values(scene.simulator.credentials).join('\n')}\n`;
    expect(await run(scene, { ...surroundings, input }, 'login')).toBe(0);
    await listenTwice(scene, surroundings);
    expect(scene.simulator.registrations(account)[0]?.password).toBe(displaced.password);
    await useWindow(scene, surroundings);
    for (const command of ['messages', 'status', 'doctor']) await run(scene, surroundings, command, '--json');
    for (const format of ['ndjson', 'csv']) await run(scene, surroundings, 'export', '--format', format);
    scene.places.set('problem report', Buffer.from(await reportOf(surroundings)));
    await run(scene, surroundings, 'logout');
    addFolder(scene.places, 'data', surroundings.dataDirectory);
    expect(Object.keys(scene.secrets).length).toBeGreaterThan(9);
    expect([...scene.places.keys()].some((place) => place.includes('messages.db-wal'))).toBe(true);
    expect(findSecrets(scene.secrets, scene.places)).toEqual([]);
  });

  test.each<{ kind: EchoKind }>([{ kind: 'json' }, { kind: 'gateway' }, { kind: 'xml' }, { kind: 'html' }])(
    'are not repeated from a $kind error that repeats the request, nor handed to what a run starts',
    { timeout: 60_000 },
    async ({ kind }) => {
      const scene = await setScene();
      const { echo, places, simulator } = scene;
      const environment = { ...credentialsOf(simulator), THINGSPACE_TUNNEL_SECRET: canary('tunnel') };
      scene.secrets['tunnel secret'] = environment.THINGSPACE_TUNNEL_SECRET;
      const started: string[] = [];
      for (const [name, matching] of [
        ['token', /oauth2\/token/],
        ['login', /session\/login/],
        ['list', /GET .*callbacks/],
        ['register', /POST .*callbacks/],
        ['start', /startCallbacks/],
        ['history', /history/],
      ] as const) {
        const surroundings = { dataDirectory: freshFolder(), apiBase: echo.origin, environment };
        echo.echo(matching, kind);
        const before = echo.echoed().length;
        const command = startCommand(
          ['listen', '--account', account, '--mode', name === 'history' ? 'poll' : 'callback'],
          surroundings,
        );
        const words = /account|sign|token|ThingSpace|key/i;
        await command.until(() => echo.echoed().length > before && words.test(command.err()), `words after ${name}`);
        addProcesses(places, command.pid, true);
        command.signal('SIGKILL');
        await command.exited;
        note(scene, `a run with the ${name} refused`, command);
        addFolder(places, `data with the ${name} refused`, surroundings.dataDirectory);
        started.push(command.err());
        if (name === 'register') learnRegistration(scene, echo.echoed().at(-1) ?? '');
      }
      for (const [, value] of echo.answers().matchAll(/"(?:access_token|sessionToken)":"([^"]+)"/g))
        if (value) scene.secrets[`token ${value.slice(0, 6)}`] = value;
      if (kind !== 'html') expect(started.join('\n')).toContain('«hidden»');
      expect(findSecrets(scene.secrets, places)).toEqual([]);
    },
  );

  test('of the environment are not inherited by what a run starts', async () => {
    const scene = await setScene();
    const bus = await startSessionBus();
    onTestFinished(() => bus.close());
    await bus.startKeyring();
    await registerStranger(scene.simulator, account);
    const command = startCommand(['listen', '--account', account, '--take-over', '--json'], {
      dataDirectory: freshFolder(),
      apiBase: scene.echo.origin,
      environment: { ...bus.environment, ...credentialsOf(scene.simulator) },
    });
    await command.until(() => stands(command, account, 'live'), 'live');
    addProcesses(scene.places, command.pid, true);
    // The displaced password went to the keychain, by the helper process.
    expect([...scene.places.keys()].some((place) => place.startsWith('/proc/child/environ'))).toBe(true);
    expect(findSecrets(scene.secrets, scene.places)).toEqual([]);
  });
});
