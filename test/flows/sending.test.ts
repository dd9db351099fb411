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
