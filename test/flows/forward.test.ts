import { describe, expect, test } from 'vitest';
import { createSecret } from '../../main/core/secret.ts';
import type { Simulator } from '../../main/simulator/server.ts';
import { type RunningApp, startApp } from './app.ts';
import { credentialsOf, type RunningCommand, runCommand, stands, startCommand } from './command.ts';
import { type Endpoint, signingSecret, startEndpoint } from './endpoint.ts';
import { freshFolder, freshSimulator } from './place.ts';

const account = '0000123456-00001';
const devices = ['7022895555', '0012345'] as const;

function send(simulator: Simulator, device: string, text: string): Promise<unknown> {
  return simulator.deviceTexts(account, { deviceIds: [{ id: device, kind: 'mdn' }], text }).settled;
}

function textsOf(endpoint: Endpoint, device?: string): readonly unknown[] {
  return endpoint.accepted
    .filter(({ body }) => device === undefined || body.includes(`"${device}"`))
    .map(({ value }) => value['smsMessage']);
}

interface Forwarded {
  readonly url: string;
  readonly query?: string;
  readonly format?: 'original' | 'cloudevents';
  readonly anywhere?: boolean;
}

async function appThatForwards(
  simulator: Simulator,
  dataDirectory: string,
  ...rules: readonly Forwarded[]
): Promise<RunningApp> {
  const app = await startApp(simulator, {
    dataDirectory,
    accounts: [account],
    config: {
      forward: {
        rules: rules.map(({ url, query = '', format = 'original' }) => ({ url, query, format })),
        anywhere: false,
        secret: createSecret(signingSecret),
        showSecret: () => {},
      },
    },
  });
  await app.until(() => app.stateOf(account) === 'live', 'live');
  return app;
}

async function forwardsOf(app: RunningApp, id: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const detail = await app.core.router.handle('terminal', 'inbox.message', { id });
  return detail.ok ? (detail.value as { forwards: readonly Record<string, unknown>[] }).forwards : [];
}

function idOf(app: RunningApp, text: string): string {
  for (const happening of app.happenings)
    if (happening.type === 'message' && happening.message.text === text) return happening.message.id;
  throw new Error(`${text} did not come`);
}

describe('forwarding', () => {
  test('sends each text that a rule finds, as it came but for the password, and signed', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url, query: 'alarm' });
    await send(simulator, devices[0], 'alarm 1');
    await send(simulator, devices[0], 'ping');
    await send(simulator, devices[1], 'alarm 2');
    await app.until(() => endpoint.accepted.length === 2, 'two texts');
    expect(textsOf(endpoint)).toEqual(['alarm 1', 'alarm 2']);
    const [first] = endpoint.received;
    expect(first?.headers['webhook-id']).toBe(idOf(app, 'alarm 1'));
    expect(first?.headers['content-type']).toBe('application/json');
    expect(first?.value).toMatchObject({ smsMessage: 'alarm 1', deviceIds: [{ id: devices[0] }] });
    expect(JSON.stringify(first?.value)).not.toMatch(/"password":"[^"«]/);
    expect(await forwardsOf(app, idOf(app, 'alarm 1'))).toMatchObject([
      { url: endpoint.url, replay: false, state: 'delivered', attempts: 1, status: 204, reason: null },
    ]);
    expect(await forwardsOf(app, idOf(app, 'ping'))).toEqual([]);
  });

  test('sends CloudEvents 1.0', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url, format: 'cloudevents' });
    await send(simulator, devices[1], 'hello');
    await app.until(() => endpoint.accepted.length === 1, 'the text');
    const [event] = endpoint.received;
    expect(event?.headers['content-type']).toBe('application/cloudevents+json');
    expect(event?.value).toMatchObject({
      specversion: '1.0',
      id: idOf(app, 'hello'),
      source: `/thingspace/accounts/${account}`,
      type: 'thingspace.sms.received',
      subject: `mdn:${devices[1]}`,
      data: { account, text: 'hello' },
    });
  });

  test('an endpoint down for an hour: every text arrives then, once, in order for each device', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url });
    endpoint.answer(() => 503);
    const began = app.clock.now();
    const expected = new Map<string, string[]>(devices.map((device) => [device, []]));
    for (let index = 0; index < 20; index += 1) {
      const device = devices[index % 2] ?? '';
      expected.get(device)?.push(`text ${index}`);
      await send(simulator, device, `text ${index}`);
    }
    await app.until(() => endpoint.received.length >= 2, 'the first tries');
    while (app.clock.now() - began < 3_600_000) {
      await app.clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(endpoint.accepted).toEqual([]);
    endpoint.answer(() => 200);
    await app.clock.advance(900_000);
    await app.until(() => endpoint.accepted.length === 20, '20 texts');
    for (const device of devices) expect(textsOf(endpoint, device)).toEqual(expected.get(device));
    expect(new Set(endpoint.accepted.map(({ headers }) => headers['webhook-id'])).size).toBe(20);
  });

  test('a text that is refused again and again is parked, and those behind it go on', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    endpoint.answer((body) => (body.includes('poison') ? 400 : 200));
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url });
    for (const text of ['before', 'poison', 'after']) await send(simulator, devices[0], text);
    await app.until(() => endpoint.accepted.length === 1, 'the first text');
    await app.until(() => {
      void app.clock.advance(2000);
      return endpoint.accepted.length === 2;
    }, 'the text behind it');
    expect(textsOf(endpoint)).toEqual(['before', 'after']);
    expect(await forwardsOf(app, idOf(app, 'poison'))).toMatchObject([{ state: 'parked', attempts: 5, status: 400 }]);
    expect(app.happenings.some((happening) => happening.type === 'note' && happening.text.includes('parked'))).toBe(
      true,
    );
  });

  test('an endpoint that hangs holds up no other, and is told once when it fails and once when it is back', async () => {
    const simulator = await freshSimulator();
    const well = await startEndpoint();
    const ill = await startEndpoint();
    let hanging = true;
    ill.answer(() => (hanging ? 'never' : 200));
    const app = await appThatForwards(simulator, freshFolder(), { url: ill.url }, { url: well.url });
    // Each device is a lane of its own: more of them than are posted at one time.
    for (let index = 0; index < 20; index += 1) await send(simulator, `555000${index}`, `text ${index}`);
    await app.until(() => well.accepted.length === 20, 'all texts at the endpoint that works');
    expect(ill.received).toEqual([]);
    const notes = (word: string) =>
      app.happenings.filter((happening) => happening.type === 'note' && happening.text.includes(word)).length;
    ill.answer(() => 503);
    hanging = false;
    ill.release(503);
    await app.until(() => notes('tried again') === 1, 'the note');
    ill.answer(() => 200);
    await app.until(() => {
      void app.clock.advance(2000);
      return ill.accepted.length === 20;
    }, 'all texts at the other');
    expect([notes('tried again'), notes('again.')]).toEqual([1, 2]);
  });

  test('410 stops it, and says so', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    endpoint.answer(() => 410);
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url });
    for (const text of ['one', 'two']) await send(simulator, devices[0], text);
    const stopped = () =>
      app.happenings.some((happening) => happening.type === 'note' && happening.text.includes('410'));
    await app.until(stopped, 'the note');
    await send(simulator, devices[0], 'three');
    await app.until(() => app.texts().length === 3, 'the third text');
    await app.clock.advance(3_600_000);
    expect(endpoint.received).toHaveLength(1);
    expect(await forwardsOf(app, idOf(app, 'one'))).toMatchObject([{ state: 'stopped', status: 410 }]);
  });

  test('leaves this computer’s network only with a yes', async () => {
    const dataDirectory = freshFolder();
    const args = ['listen', '--account', account, '--forward-to'];
    for (const url of ['https://hooks.example.com/sms', 'http://8.8.8.8/', 'ftp://localhost/', 'http://134744072/']) {
      const { code, command } = await runCommand([...args, url], { dataDirectory });
      expect(code).toBe(2);
      expect(command.err()).not.toBe('');
    }
    const plain = await runCommand([...args, 'http://hooks.example.com', '--forward-anywhere'], { dataDirectory });
    expect(plain.command.err()).toContain('https only');
  });
});

describe('forwarding through a crash', () => {
  function listening(simulator: Simulator, dataDirectory: string, endpoint: Endpoint): RunningCommand {
    return startCommand(['listen', '--account', account, '--json', '--forward-to', endpoint.url], {
      dataDirectory,
      apiBase: simulator.origin,
      environment: { ...credentialsOf(simulator), THINGSPACE_FORWARD_SECRET: signingSecret },
    });
  }

  test('kill -9 with texts pending: all arrive after the restart, in order', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const endpoint = await startEndpoint();
    endpoint.answer(() => 503);
    const first = listening(simulator, dataDirectory, endpoint);
    await first.until(() => stands(first, account, 'live'), 'live');
    const texts = Array.from({ length: 60 }, (_, index) => `text ${index}`);
    for (const text of texts) await send(simulator, devices[0], text);
    await first.until(() => first.linesOf('message').length === 60, '60 texts');
    first.signal('SIGKILL');
    await first.exited;
    endpoint.answer(() => 200);
    const second = listening(simulator, dataDirectory, endpoint);
    await expect.poll(() => endpoint.accepted.length, { timeout: 20_000 }).toBe(60);
    expect(textsOf(endpoint)).toEqual(texts);
    second.signal('SIGTERM');
    expect(await second.exited).toBe(0);
  });

  test('without a secret one is made, shown once on standard error, and never on standard output', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    const command = startCommand(['listen', '--account', account, '--json', '--forward-to', endpoint.url], {
      dataDirectory: freshFolder(),
      apiBase: simulator.origin,
      environment: credentialsOf(simulator),
    });
    await command.until(() => stands(command, account, 'live'), 'live');
    endpoint.close().catch(() => {});
    await send(simulator, devices[0], 'x');
    await command.until(() => /whsec_[A-Za-z0-9+/=]{40,}/.test(command.err()), 'the secret');
    expect(command.out.join()).not.toContain('whsec_');
    expect(command.err().match(/whsec_/g)).toHaveLength(1);
  });

  test('replay sends a stored text, or those that match, once more, marked so', async () => {
    const simulator = await freshSimulator();
    const dataDirectory = freshFolder();
    const endpoint = await startEndpoint();
    const surroundings = {
      dataDirectory,
      apiBase: simulator.origin,
      environment: { ...credentialsOf(simulator), THINGSPACE_FORWARD_SECRET: signingSecret },
    };
    const command = listening(simulator, dataDirectory, endpoint);
    await command.until(() => stands(command, account, 'live'), 'live');
    for (const text of ['one', 'two']) await send(simulator, devices[0], text);
    await expect.poll(() => endpoint.accepted.length).toBe(2);
    const id = String(command.linesOf('message')[0]?.['id']);

    const again = await runCommand(['replay', id, '--json'], surroundings);
    expect(again.code).toBe(0);
    expect(again.command.lines()).toEqual([{ type: 'replayed', id, url: endpoint.url, status: 204 }]);
    expect(endpoint.received.at(-1)?.headers).toMatchObject({ 'thingspace-sms-replay': 'true', 'webhook-id': id });
    expect(endpoint.received.at(-1)?.body).toBe(endpoint.received[0]?.body);

    command.signal('SIGTERM');
    await command.exited;
    const other = await startEndpoint();
    const range = await runCommand(['replay', '--query', 'account:0000', '--to', other.url], surroundings);
    expect(range.code).toBe(0);
    expect(textsOf(other)).toEqual(['one', 'two']);
    const edited = await runCommand(['replay', id, '--to', other.url, '--text', 'changed'], surroundings);
    expect(edited.code).toBe(0);
    expect(textsOf(other).at(-1)).toBe('changed');
    expect(other.received.at(-1)?.headers['thingspace-sms-replay']).toBe('edited');

    other.answer(() => 500);
    expect((await runCommand(['replay', id, '--to', other.url], surroundings)).code).toBe(1);
    expect((await runCommand(['replay'], surroundings)).code).toBe(2);
    expect((await runCommand(['replay', 'none-1', '--to', other.url], surroundings)).code).toBe(1);
    expect((await runCommand(['replay', id, '--to', 'https://hooks.example.com'], surroundings)).code).toBe(2);
  });

  test('what became of a replay stands on the message, beside what became of forwarding', async () => {
    const simulator = await freshSimulator();
    const endpoint = await startEndpoint();
    endpoint.answer((body) => (body.includes('poison') ? 400 : 200));
    const app = await appThatForwards(simulator, freshFolder(), { url: endpoint.url });
    await send(simulator, devices[0], 'poison');
    await app.until(() => {
      void app.clock.advance(2000);
      return app.happenings.some((happening) => happening.type === 'note' && happening.text.includes('parked'));
    }, 'parked');
    const id = idOf(app, 'poison');
    const replay = () => app.core.router.handle('window', 'forward.replay', { id });
    expect(await replay()).toMatchObject({ ok: false, error: { code: 'forward-failed' } });
    expect(await forwardsOf(app, id)).toMatchObject([
      { url: endpoint.url, replay: false, state: 'parked', attempts: 5 },
      { url: endpoint.url, replay: true, state: 'parked', attempts: 1, status: 400 },
    ]);
    endpoint.answer(() => 200);
    expect(await replay()).toMatchObject({ ok: true, value: { url: endpoint.url, status: 200 } });
    expect(await forwardsOf(app, id)).toMatchObject([
      { replay: false, state: 'parked' },
      { replay: true, state: 'delivered', attempts: 2, status: 200, reason: null },
    ]);
  });

  test('a signing secret that is none is refused', async () => {
    const { code, command } = await runCommand(['messages'], {
      dataDirectory: freshFolder(),
      environment: { THINGSPACE_FORWARD_SECRET: 'hush' },
    });
    expect(code).toBe(2);
    expect(command.err()).not.toContain('hush');
  });
});
