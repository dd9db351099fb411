import { describe, expect, test } from 'vitest';
import type { StorageFailure } from '../../main/core/failure.ts';
import type { ListenerRoute, StoredCallback } from '../../main/core/ports.ts';
import { createSecret } from '../../main/core/secret.ts';
import { createStore } from '../../main/core/store.ts';
import { createInbox } from '../../main/services/inbox.ts';
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

function open() {
  const clock = createFakeClock();
  const state = createStore();
  const storing = Promise.withResolvers<Result<StoredCallback, StorageFailure>>();
  const answered: [number, boolean][] = [];
  const apart: Omit<Unverified, 'id'>[] = [];
  const events: string[] = [];
  state.subscribe((event) => events.push(event.type));
  const messages = {
    storeCallback: () => storing.promise,
    answered: (sequence: number, sent: boolean) => answered.push([sequence, sent]),
    storeUnverified: async (item: Omit<Unverified, 'id'>) => {
      apart.push(item);
      return ok(undefined);
    },
  };
  const context = { state, clock, messages } as unknown as Parameters<typeof createInbox>[0];
  const inbox = createInbox(context, () => undefined);
  const receive = (body: unknown) => inbox.receive({ route, body, bytes: 200, receivedAt: clock.now() });
  return { clock, state, storing, answered, apart, events, receive };
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
