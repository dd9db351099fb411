import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/simulator/server.ts';
import type { Expectation, Send } from '../../preload/contract/sends.ts';
import { type RunningApp, startApp } from './app.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';

interface Scene {
  readonly simulator: Simulator;
  readonly app: RunningApp;
  readonly dataDirectory: string;
  /** Asks the app to send to the simulator's first device. */
  send(text: string, expect?: Expectation | null): Promise<{ readonly ok: boolean; readonly value?: { send: Send } }>;
  newest(): Promise<Send | undefined>;
  until(condition: (send: Send) => boolean, what: string): Promise<Send>;
}

async function scene(simulator: Simulator, dataDirectory = freshFolder(), live = true): Promise<Scene> {
  const app = await startApp(simulator, { dataDirectory, accounts: [account] });
  if (live) await app.until(() => app.stateOf(account) === 'live', 'live');
  const call = (name: string, input: unknown) => app.core.router.handle('terminal', name, input);
  const newest = async () => {
    const page = (await call('sends.page', { limit: 1 })) as { value: { sends: readonly Send[] } };
    return page.value.sends[0];
  };
  const to = simulator.devices()[0]?.deviceIds[0];
  return {
    simulator,
    app,
    dataDirectory,
    send: (text, wanted = null) =>
      call('message.send', { account, to, text, expect: wanted }) as ReturnType<Scene['send']>,
    newest,
    async until(condition, what) {
      let found: Send | undefined;
      let looking = false;
      await app.until(() => {
        if (!looking) {
          looking = true;
          void newest().then((send) => {
            looking = false;
            if (send && condition(send)) found = send;
          });
        }
        return found !== undefined;
      }, what);
      if (!found) throw new Error(what);
      return found;
    },
  };
}

const anything = (seconds: number): Expectation => ({ pattern: { kind: 'any', value: '' }, seconds });
const text = (value: string, seconds = 60): Expectation => ({ pattern: { kind: 'text', value }, seconds });

describe('a text to a device', () => {
  test('is queued, then sent, then received by the device, and its answer is noted', async () => {
    const { send, until, app, simulator } = await scene(await freshSimulator());
    const sending = send('STATUS', text('status ok'));
    const done = await until(({ state, awaited }) => state === 'delivered' && awaited?.result === 'passed', 'the end');
    expect((await sending).ok).toBe(true);
    expect(done.history.map(({ state }) => state)).toEqual(['asking', 'queued', 'sent', 'delivered']);
    expect(done.awaited?.reply?.text).toMatch(/^STATUS OK/);
    expect(app.core.snapshot().sends).toBeGreaterThan(0);
    expect(simulator.registrations(account).map(({ serviceName }) => serviceName)).toContain('SMSDeliveryConfirmation');
  });

  test('gives back the registration for receipts with the other', async () => {
    const { send, until, app, simulator } = await scene(await freshSimulator());
    void send('PING');
    await until(({ state }) => state === 'delivered', 'delivered');
    const stopping = app.core.stop().then(() => true);
    let stopped = false;
    void stopping.then(() => {
      stopped = true;
    });
    await app.until(() => stopped, 'the stop');
    expect(simulator.registrations(account)).toEqual([]);
  });

  test('leaves receipts to whoever holds them', async () => {
    const simulator = await freshSimulator();
    const theirs = 'http://127.0.0.1:9/receipts';
    const token = await signIn(simulator);
    await fetch(`${simulator.origin}/api/m2m/v1/callbacks/${account}`, {
      method: 'POST',
      headers: token,
      body: JSON.stringify({ name: 'SMSDeliveryConfirmation', url: theirs }),
    });
    const { send, until } = await scene(simulator);
    void send('PING', anything(60));
    await until(({ state, awaited }) => state === 'sent' && awaited?.result === 'passed', 'sent');
    expect(simulator.registrations(account).map(({ url }) => url)).toContain(theirs);
  });
});

describe('what goes wrong with a text to a device', () => {
  test('that ThingSpace refuses is kept as failed, in words, with what ThingSpace said', async () => {
    const { send, newest, simulator } = await scene(await freshSimulator());
    const sent = await send("it's", text('ok'));
    expect(sent).toMatchObject({ ok: false, error: { code: 'service-refused' } });
    expect(await newest()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('one of the characters'),
      service: { errorCode: expect.stringContaining('Request.InvalidCharacter'), status: 400 },
      awaited: { result: 'failed' },
    });
    expect(simulator.requests().filter(({ route }) => route === 'send')).toHaveLength(1);
  });

  test('whose answer is lost is unknown, never sent again, and known once the network reports it', async () => {
    const simulator = await freshSimulator({ switches: { sendDelayMs: 400 } });
    simulator.addFault({ route: 'send', kind: 'reset', when: 'answer-lost', times: 1 });
    const { send, newest, until } = await scene(simulator);
    const sent = await send('STATUS', text('status ok'));
    expect(sent).toMatchObject({ ok: false, error: { message: expect.stringContaining('It is not known whether') } });
    expect(await newest()).toMatchObject({ state: 'unknown', requestId: null, awaited: { result: 'waiting' } });
    const done = await until(({ state, awaited }) => state === 'delivered' && awaited?.result === 'passed', 'the end');
    expect(done).toMatchObject({ requestIdInferred: true, requestId: expect.any(String) });
    expect(simulator.requests().filter(({ route }) => route === 'send')).toHaveLength(1);
  });

  test('that could not be connected for is failed: nothing was sent', async () => {
    const simulator = await freshSimulator();
    const { send, newest } = await scene(simulator);
    simulator.addFault({ route: 'send', kind: 'status', status: 429 });
    expect(await send('STATUS')).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
    expect(await newest()).toMatchObject({ state: 'failed' });
  });

  test('is known, though both reports come before the answer of POST /sms', async () => {
    const simulator = await freshSimulator({ switches: { sendDelayMs: 0, replyDelayMs: 0, latencyMs: 150 } });
    const { send, until } = await scene(simulator);
    const sending = send('PING', text('pong'));
    const done = await until(({ state, awaited }) => state === 'delivered' && awaited?.result === 'passed', 'the end');
    expect(done.deliveries).toHaveLength(2);
    expect(await sending).toMatchObject({ ok: true, value: { send: { id: done.id } } });
  });

  test('counts once though every report comes twice', async () => {
    const simulator = await freshSimulator({ switches: { duplicateFraction: 1, deliveryOrder: 'out-of-order' } });
    const { send, until } = await scene(simulator);
    void send('PING');
    const done = await until(({ state }) => state === 'delivered', 'delivered');
    expect(done.deliveries).toHaveLength(2);
  });

  test.each([
    ['network-failure', 'failed', 'could not send it'],
    ['expired', 'expired', 'deleted the text'],
  ] as const)('that ends in %s ends as %s, and so does waiting for its answer', async (sendOutcome, state, words) => {
    const { send, until } = await scene(await freshSimulator({ switches: { sendOutcome } }));
    void send('STATUS', text('ok', 3600));
    const done = await until((sent) => sent.state === state, state);
    expect(done.reason).toContain(words);
    expect(done.awaited).toMatchObject({ result: 'failed', reason: expect.stringContaining('did not reach') });
  });

  test('is asked about where no report comes, and expires 5 days later when it is still pending', async () => {
    const simulator = await freshSimulator({ switches: { sendDelayMs: 600_000 } });
    const { send, until, app } = await scene(simulator);
    void send('STATUS');
    await until(({ state }) => state === 'queued', 'queued');
    const asked = () => simulator.requests().filter(({ route }) => route === 'request-status').length;
    for (let hour = 0; hour < 121; hour += 1) app.clock.jump(3_600_000);
    // Waits run by the time that passed, the wall clock says what is due.
    const done = await until(({ state }) => state === 'expired', 'expired');
    expect(done.reason).toContain('still calls it pending');
    expect(asked()).toBeGreaterThan(0);
  });

  test('is known to be sent by asking, where its report is lost', async () => {
    const simulator = await freshSimulator({ switches: { sendReports: 'lost', deviceReplies: 'no' } });
    const { send, until, app } = await scene(simulator);
    void send('STATUS');
    await until(({ state }) => state === 'queued', 'queued');
    for (let hour = 0; hour < 12; hour += 1) app.clock.jump(3_600_000);
    const done = await until(({ state }) => state !== 'asking' && state !== 'queued', 'a state');
    expect(done).toMatchObject({ state: 'sent', deliveries: [] });
    expect(simulator.requests().filter(({ route }) => route === 'request-status').length).toBeGreaterThan(0);
  });
});

describe('the answer of a device', () => {
  test('fails when it does not come in time, and a late one is noted beside', async () => {
    const simulator = await freshSimulator({ switches: { replyDelayMs: 2500 } });
    const { send, until } = await scene(simulator);
    void send('STATUS', text('status ok', 2));
    const over = await until(({ awaited }) => awaited?.result === 'failed', 'the end of the time');
    expect(over.awaited).toMatchObject({ reason: 'No such answer came within 2 s.', reply: null });
    const late = await until(({ awaited }) => awaited?.result === 'late', 'the late answer');
    expect(late.awaited).toMatchObject({
      reason: expect.stringContaining('The answer came after'),
      reply: { text: expect.stringContaining('STATUS OK') },
    });
  });

  test('is not what another device texts, nor what does not fit', async () => {
    const simulator = await freshSimulator({ switches: { deviceReplies: 'no' } });
    const { send, until, newest, app } = await scene(simulator);
    void send('STATUS', text('status ok', 60));
    await until(({ state }) => state === 'delivered', 'delivered');
    const [first, second] = simulator.devices();
    simulator.deviceTexts(account, { deviceIds: second?.deviceIds ?? [], text: 'STATUS OK' });
    simulator.deviceTexts(account, { deviceIds: first?.deviceIds ?? [], text: 'something else' });
    await app.until(() => app.texts().length === 2, 'both texts');
    expect((await newest())?.awaited?.result).toBe('waiting');
    // By another of its identifiers.
    simulator.deviceTexts(account, { deviceIds: first?.deviceIds.slice(1, 2) ?? [], text: 'STATUS OK' });
    await until(({ awaited }) => awaited?.result === 'passed', 'the answer');
  });

  test('goes to the older of two commands that wait for it, and then to the other', async () => {
    const { send, until, app } = await scene(await freshSimulator());
    void send('PING', anything(60));
    void send('STATUS', anything(60));
    const newer = await until(({ id, awaited }) => id === 2 && awaited?.result === 'passed', 'both answers');
    const page = (await app.core.router.handle('terminal', 'sends.get', { id: 1 })) as { value: Send };
    expect(page.value.awaited?.result).toBe('passed');
    expect(page.value.awaited?.reply?.messageId).not.toBe(newer.awaited?.reply?.messageId);
  });

  test('is decided by the next run of the app, from what is stored', async () => {
    const simulator = await freshSimulator({ switches: { deviceReplies: 'no' } });
    const first = await scene(simulator);
    void first.send('STATUS', text('ok', 60));
    await first.until(({ state }) => state === 'delivered', 'delivered');
    let stopped = false;
    void first.app.core.stop().then(() => {
      stopped = true;
    });
    await first.app.until(() => stopped, 'the stop');
    const [device] = simulator.devices();
    simulator.queueText(account, {
      deviceIds: device?.deviceIds ?? [],
      text: 'OK now',
      timestamp: first.app.clock.now() + 1000,
    });
    const again = await scene(simulator, first.dataDirectory, false);
    const done = await again.until(({ awaited }) => awaited?.result !== 'waiting', 'a result');
    expect(done.awaited).toMatchObject({ result: 'passed', reply: { text: 'OK now' } });
  });

  test('that was not decided when the app was killed fails once its time is over', async () => {
    const simulator = await freshSimulator({ switches: { deviceReplies: 'no' } });
    const first = await scene(simulator);
    void first.send('STATUS', text('ok', 1));
    await first.until(({ state }) => state === 'delivered', 'delivered');
    let stopped = false;
    void first.app.core.stop().then(() => {
      stopped = true;
    });
    await first.app.until(() => stopped, 'the stop');
    const again = await scene(simulator, first.dataDirectory, false);
    again.app.clock.jump(3_600_000);
    const done = await again.until(({ awaited }) => awaited?.result !== 'waiting', 'a result');
    expect(done.awaited).toMatchObject({ result: 'failed', reason: 'No such answer came within 1 s.' });
  });

  test('is not waited for with a pattern that cannot be used', async () => {
    const { send, simulator } = await scene(await freshSimulator());
    const wrong = await send('STATUS', { pattern: { kind: 'regex', value: '(?=x)' }, seconds: 5 });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(simulator.requests().filter(({ route }) => route === 'send')).toEqual([]);
  });
});

async function signIn(simulator: Simulator): Promise<Record<string, string>> {
  const { appKey, appSecret, username, password } = simulator.credentials;
  const basic = Buffer.from(`${appKey}:${appSecret}`).toString('base64');
  const asked = await fetch(`${simulator.origin}/api/ts/v1/oauth2/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  const { access_token: bearer } = (await asked.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' };
  const login = await fetch(`${simulator.origin}/api/m2m/v1/session/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username, password }),
  });
  const { sessionToken } = (await login.json()) as { sessionToken: string };
  return { ...headers, 'VZ-M2M-Token': sessionToken };
}
