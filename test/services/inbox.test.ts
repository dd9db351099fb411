import { describe, expect, test } from 'vitest';
import type { StorageFailure } from '../../main/core/failure.ts';
import type { IncomingReport, ListenerRoute, StoredCallback } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createStore } from '../../main/core/store.ts';
import { createInbox, type InboxDeps } from '../../main/services/inbox.ts';
import type { Message, Unverified } from '../../preload/contract/message.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { createFakeClock } from '../fakes/clock.ts';

const route: ListenerRoute = {
  account: '0000123456-00001',
  secretPath: createSecret('path-of-128-bits-of-chance'),
  username: createSecret('sms-tray/host/abc'),
  password: createSecret('the-callback-password'),
};
const text = {
  username: 'sms-tray/host/abc',
  password: 'the-callback-password',
  deviceIds: [{ id: '7022895555', kind: 'mdn' }],
  smsMessage: 'hello',
};
const message: Message = {
  id: 'abc-1',
  sequence: 1,
  account: route.account,
  deviceIds: text.deviceIds,
  text: 'hello',
  receivedAt: '2026-11-23T15:08:01.123Z',
  platformTime: null,
  lanes: ['callback'],
  unread: true,
};

function open(known: Partial<ListenerRoute> = {}) {
  const clock = createFakeClock();
  const state = createStore();
  const storing = Promise.withResolvers<Result<StoredCallback, StorageFailure>>();
  const answered: [number, boolean][] = [];
  const apart: Omit<Unverified, 'id'>[] = [];
  const events: string[] = [];
  let disk: Promise<void> = Promise.resolve();
  state.subscribe((event) => events.push(event.type));
  const messages = {
    storeCallback: () => storing.promise,
    answered: (sequence: number, sent: boolean) => answered.push([sequence, sent]),
    storeUnverified: async (item: Omit<Unverified, 'id'>) => {
      await disk;
      apart.push(item);
      return ok(undefined);
    },
  };
  const reports: IncomingReport[] = [];
  const report = async (given: IncomingReport) => {
    await disk;
    reports.push(given);
    return ok(given.isDelivery || given.delivery.requestId === 'ours');
  };
  const context = { state, clock, messages, report, onDelivery: () => undefined } as unknown as InboxDeps;
  const inbox = createInbox(context);
  const receive = (body: unknown) =>
    inbox.receive({ route: { ...route, ...known }, body, bytes: 200, receivedAt: clock.now() });
  const hangs = (): void => {
    disk = new Promise(() => {});
  };
  return { clock, state, storing, answered, apart, events, reports, inbox, receive, hangs };
}

describe('a text', () => {
  test('is answered 200 only after it is stored', async () => {
    const { storing, receive, answered } = open();
    let status: number | null = null;
    const answering = receive(text).then((answer) => {
      status = answer.status;
      return answer;
    });
    await Promise.resolve();
    expect(status).toBeNull();
    storing.resolve(ok({ message, isNew: true }));
    const answer = await answering;
    expect(answer.status).toBe(200);
    answer.onAnswered?.(true);
    expect(answered).toEqual([[1, true]]);
  });

  test('is answered 503 when the disk takes longer than ThingSpace waits, and kept as unanswered once it is stored', async () => {
    const { clock, state, storing, receive, answered, events } = open();
    const answering = receive(text);
    await clock.advance(3000);
    expect((await answering).status).toBe(503);
    expect(state.get().storage.kind).toBe('failed');
    storing.resolve(ok({ message, isNew: true }));
    await storing.promise;
    await Promise.resolve();
    expect(answered).toEqual([[1, false]]);
    expect(events).toContain('message-stored');
    expect(state.get().storage.kind).toBe('fine');
  });

  test('that cannot be stored is answered 503, and the state says so', async () => {
    const { state, storing, receive } = open();
    storing.resolve({ ok: false, error: { kind: 'disk-full', message: 'The disk is full.' } });
    expect((await receive(text)).status).toBe(503);
    expect(state.get().storage).toMatchObject({ kind: 'failed', failure: { kind: 'disk-full' } });
  });
});

describe('a delivery report, and what is kept apart', () => {
  test('is answered 503 too when the disk takes longer than ThingSpace waits', async () => {
    const { clock, state, receive, hangs } = open();
    hangs();
    const { username, password, deviceIds } = text;
    const report = { username, password, deviceIds, requestId: 'r-1', deviceResponse: { smsDeliveryResponse: {} } };
    const answers = [report, { username, password, niddResponse: {} }, { ...text, password: 'guessed' }].map(receive);
    await clock.advance(3000);
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503, 403]);
    expect(state.get().storage).toMatchObject({ kind: 'failed', failure: { kind: 'busy' } });
  });
});

describe('credentials of the registration before ours', () => {
  const before = { ...text, username: 'ops', password: 'drowssap' };
  const credentials = { username: createSecret('ops'), password: createSecret('drowssap') };

  test('are accepted for a while, and not a moment longer', async () => {
    const { clock, storing, receive } = open({ earlier: [{ ...credentials, until: createFakeClock().now() + 1000 }] });
    storing.resolve(ok({ message, isNew: true }));
    expect((await receive(before)).status).toBe(200);
    expect((await receive({ ...before, password: 'the-callback-password' })).status).toBe(403);
    expect((await receive({ ...text, password: 'drowssap' })).status).toBe(403);
    await clock.advance(1000);
    expect((await receive(before)).status).toBe(403);
  });
});

describe('a callback that is refused', () => {
  test('makes the queue doubtful, for ThingSpace puts into it what we refuse', async () => {
    const { events, receive, inbox } = open();
    await receive({ ...text, password: 'another' });
    await receive(['no object']);
    inbox.refused('It is too large.', route.account, '');
    inbox.refused('Nobody knows whose it is.', null, '');
    expect(events.filter((type) => type === 'queue-doubted')).toHaveLength(3);
  });
});

describe('what is not trusted', () => {
  test.each([
    { what: 'a wrong password', body: { ...text, password: 'another' }, status: 403 },
    { what: 'a wrong user name', body: { ...text, username: 'another' }, status: 403 },
    { what: 'no credentials', body: { deviceIds: text.deviceIds, smsMessage: 'hello' }, status: 403 },
    { what: 'no object', body: ['hello'], status: 400 },
    {
      what: 'an unknown kind',
      body: { username: text.username, password: text.password, niddResponse: {} },
      status: 200,
    },
  ])('$what is answered $status and kept apart without secrets', async ({ body, status }) => {
    const { receive, apart, events } = open();
    expect((await receive(body)).status).toBe(status);
    expect(apart).toMatchObject([{ account: route.account, reason: expect.any(String) }]);
    expect(JSON.stringify(apart)).not.toContain('the-callback-password');
    expect(events).not.toContain('message-stored');
  });
});

describe('a report of the network', () => {
  const credentials = { username: text.username, password: text.password };
  const receipt = {
    ...credentials,
    requestId: 'r',
    deviceIds: text.deviceIds,
    deviceResponse: { smsDeliveryResponse: { confirmation: 'OK' } },
    status: 'Success',
  };

  test('means that the text was sent, when it comes by the registration of texts', async () => {
    const { receive, reports } = open();
    expect((await receive(receipt)).status).toBe(200);
    expect(reports).toMatchObject([{ isDelivery: true, delivery: { requestId: 'r', meaning: 'sent' } }]);
  });

  test('means that the device has it, when it comes by the registration of receipts, told by its user name', async () => {
    const { receive, reports } = open();
    expect((await receive({ ...receipt, username: `${text.username}/d` })).status).toBe(200);
    expect(reports).toMatchObject([{ delivery: { confirmation: 'OK', meaning: 'delivered' } }]);
  });

  test('of a kind that is not known belongs to a text where its request does, else it is kept apart', async () => {
    const { receive, reports, apart } = open();
    const fault = { faultcode: 'UnifiedWebService.REQUEST_FAILED.X', faultstring: 'No.' };
    expect((await receive({ ...credentials, requestId: 'ours', faultResponse: fault })).status).toBe(200);
    expect(reports).toMatchObject([{ isDelivery: false, delivery: { meaning: 'failed' } }]);
    expect(apart).toEqual([]);
    expect((await receive({ ...credentials, requestId: 'theirs', faultResponse: fault })).status).toBe(200);
    expect(apart).toHaveLength(1);
  });

  test('that says nothing of how the request came out is kept apart', async () => {
    const { receive, reports, apart } = open();
    await receive({ ...credentials, requestId: 'ours', status: 'Pending' });
    expect(reports).toEqual([]);
    expect(apart).toHaveLength(1);
  });
});
