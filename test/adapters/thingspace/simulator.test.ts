import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../main/adapters/clock.ts';
import { fingerprint, randomSalt } from '../../../main/adapters/fingerprint.ts';
import { createThingSpaceApi } from '../../../main/adapters/thingspace/client.ts';
import type { SignInRecord, ThingSpace } from '../../../main/core/ports.ts';
import { createSecret } from '../../../main/core/secret.ts';
import { createSession } from '../../../main/services/session.ts';
import { createSignInGuard } from '../../../main/services/sign-in-guard.ts';
import { type SimulatorOptions, type Switches, startSimulator } from '../../../main/simulator/server.ts';
import { ok } from '../../../preload/contract/result.ts';
import { createFakeDocument } from '../../fakes/document.ts';

const log = { write: () => undefined };

async function setUp(options: SimulatorOptions = {}, password?: string) {
  const simulator = await startSimulator({ port: 0, backlog: 0, ...options });
  const records = createFakeDocument<readonly SignInRecord[]>([]);
  const clock = createClock();
  const api = createThingSpaceApi({ apiBase: simulator.origin, clock });
  onTestFinished(async () => {
    api.close();
    await simulator.close();
  });
  const given = simulator.credentials;
  const credentials = {
    appKey: createSecret(given.appKey),
    appSecret: createSecret(given.appSecret),
    username: createSecret(given.username),
    password: createSecret(password ?? given.password),
  };
  const start = () => {
    const guard = createSignInGuard({ records, hash: fingerprint, randomSalt, log });
    return createSession({ api, credentials: () => Promise.resolve(ok(credentials)), advice: '', guard, clock, log });
  };
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('the simulator has no account');
  const sent = (route: string) => simulator.requests().filter((request) => request.route === route).length;
  return { simulator, start, account, sent };
}

/** All texts that the queue gives, and the number of requests it took. */
async function drain(thingSpace: ThingSpace, account: string) {
  const texts: string[] = [];
  let next: string | null = null;
  for (let request = 1; request <= 20; request += 1) {
    const answer = await thingSpace.history(account, next);
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value.unreadable).toEqual([]);
    texts.push(...answer.value.items.map(({ text }) => text));
    if (answer.value.next === null) return { texts, requests: request };
    next = answer.value.next;
  }
  throw new Error('the queue has no end');
}

describe('against the simulator', () => {
  it('signs in, registers, starts callbacks, lists, deregisters', async () => {
    const { start, account, simulator } = await setUp();
    const thingSpace = start();
    const registration = {
      url: 'http://127.0.0.1:9001/cb',
      username: 'u',
      password: createSecret('listener-password'),
    };
    expect(await thingSpace.listCallbacks(account)).toEqual(ok([]));
    expect(await thingSpace.registerCallback(account, registration)).toEqual(ok(undefined));
    expect(await thingSpace.listCallbacks(account)).toMatchObject({
      ok: true,
      value: [{ serviceName: 'EnhancedConnectivityService', url: registration.url, username: 'u' }],
    });
    expect(await thingSpace.startCallbacks(account)).toEqual(ok({ success: true }));
    expect(await thingSpace.deregisterCallback(account)).toEqual(ok(undefined));
    expect(simulator.registrations(account)).toEqual([]);
    expect(await thingSpace.account(account)).toMatchObject({ ok: true, value: { accountName: account } });
    expect(await thingSpace.devices(null, null)).toMatchObject({ ok: true, value: { next: null } });
  });

  it('recovers once from expired tokens, expired sessions and bare refusals', async () => {
    for (const sessionRefusal of ['coded-400', 'bare-401'] as const) {
      const { start, account, simulator, sent } = await setUp({ switches: { sessionRefusal } });
      const thingSpace = start();
      await thingSpace.signIn();
      simulator.expireSessions();
      expect((await thingSpace.startCallbacks(account)).ok).toBe(true);
      simulator.expireTokens();
      expect((await thingSpace.startCallbacks(account)).ok).toBe(true);
      expect(sent('start-callbacks')).toBe(4);
      expect(sent('login')).toBe(2);
    }
  });

  it.each(['coded-400', 'bare-401'] as const)(
    'sends a wrong password twice at most, over restarts, when it is refused by %s',
    async (loginRefusal) => {
      const { start, account, simulator, sent } = await setUp({ switches: { loginRefusal } }, 'wrong');
      for (let restart = 0; restart < 6; restart += 1) {
        const thingSpace = start();
        await Promise.all([thingSpace.signIn(), thingSpace.startCallbacks(account), thingSpace.history(account, null)]);
      }
      expect(sent('login')).toBe(2);
      expect(simulator.isLocked()).toBe(false);
    },
  );

  it('names an account that does not exist, with the hint at leading zeros', async () => {
    const { start } = await setUp();
    expect(await start().startCallbacks('123456-00001')).toMatchObject({
      ok: false,
      error: { errorCode: expect.stringMatching(/Account/), message: expect.stringContaining('123456-00001') },
    });
  });

  const modes: readonly Partial<Switches>[] = [
    { historyLastPage: 'location', historyTokenIn: 'location' },
    { historyLastPage: 'none-cleared' },
    { historyTokenIn: 'body-token' },
    { historyTokenIn: 'body-Token' },
    { historyTokenIn: 'body-next' },
    { historyTokenIn: 'body-nextToken' },
    { historyTokenIn: 'location-and-body' },
    { historyLocation: 'full-path' },
    { historyLocation: 'absolute' },
    { historyNextForm: 'digits' },
    { historyNextForm: 'digits', historyTokenIn: 'body-next' },
    { kindCase: 'mixed', timestamps: 'z' },
    { kindCase: 'upper', timestamps: 'fraction' },
    { historyEmpty: '204' },
    { historyEmpty: '200-no-messages' },
    { historyEmpty: '200-empty-body' },
  ];
  it.each(modes.map((switches) => [JSON.stringify(switches), switches] as const))(
    'reads the whole queue with %s',
    async (_name, switches) => {
      const { start, account, simulator } = await setUp({ switches });
      const thingSpace = start();
      expect((await drain(thingSpace, account)).texts).toEqual([]);
      for (let number = 0; number < 250; number += 1) {
        simulator.queueText(account, { deviceIds: [{ id: '7022895555', kind: 'mdn' }], text: `text ${number}` });
      }
      const { texts } = await drain(thingSpace, account);
      expect(texts.toSorted()).toEqual(Array.from({ length: 250 }, (_, number) => `text ${number}`).toSorted());
    },
  );

  it.each(['status', 'reset', 'truncated', 'html', 'empty'] as const)(
    'answers to the fault %s with a failure that says what it is',
    async (kind) => {
      const { start, account, simulator } = await setUp();
      const thingSpace = start();
      await thingSpace.signIn();
      simulator.addFault({ route: 'account', kind, times: 1 });
      expect(await thingSpace.account(account)).toMatchObject({
        ok: false,
        error: { message: expect.stringMatching(/^.{30,}\.$/) },
      });
      expect((await thingSpace.account(account)).ok).toBe(true);
    },
  );
});
