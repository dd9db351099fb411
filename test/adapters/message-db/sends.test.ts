import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createMessages } from '../../../main/adapters/message-db/migrations/0001-messages.ts';
import { createForwards } from '../../../main/adapters/message-db/migrations/0002-forwards.ts';
import { createDevices } from '../../../main/adapters/message-db/migrations/0003-devices.ts';
import type { NewSend, SendLedger } from '../../../main/core/ports.ts';
import type { Send } from '../../../preload/contract/sends.ts';
import {
  account,
  asked,
  callback,
  freshDirectory,
  mdn,
  noon,
  openStore,
  receive,
  report,
  valueOf,
} from './store-fixture.ts';

const second = 1000;
const imei = { id: '990013907835573', kind: 'imei' };

const receipt = { confirmation: 'Received by device', meaning: 'delivered' } as const;
const lost = { kind: 'not-taken', state: 'unknown', reason: 'The answer was lost.', service: null } as const;

async function ask(sends: SendLedger, change: Partial<NewSend> = {}): Promise<Send> {
  return valueOf(await sends.ask(asked(change)));
}

async function take(sends: SendLedger, id: number, requestId: string, at = noon + 500): Promise<Send | null> {
  return valueOf(await sends.change(id, { kind: 'taken', requestId, inferred: false, at }));
}

async function open() {
  const directory = freshDirectory();
  const { store, sends } = await openStore(directory);
  return { directory, store, sends };
}

describe('a text to a device', () => {
  it('is on the disk before ThingSpace is asked, and found by the next run', async () => {
    const { directory, store, sends } = await open();
    const { id } = await ask(sends);
    await store.close();
    const again = await openStore(directory);
    expect(valueOf(await again.sends.open(noon))).toMatchObject([{ id, state: 'asking', text: 'STATUS', to: mdn }]);
  });

  it('goes from taken to sent to received, with the time of each', async () => {
    const { sends } = await open();
    const { id } = await ask(sends);
    await take(sends, id, 'r');
    valueOf(await sends.report(report('r')));
    const { kept, send } = valueOf(await sends.report(report('r', receipt)));
    expect(kept).toBe(true);
    expect(send).toMatchObject({ id, state: 'delivered', requestId: 'r', requestIdInferred: false });
    expect(send?.history.map(({ state }) => state)).toEqual(['asking', 'queued', 'sent', 'delivered']);
    expect(valueOf(await sends.find(id))).toEqual(send);
  });

  it('is where its reports say, though they come before the answer, in the wrong order and twice', async () => {
    const { sends } = await open();
    const { id } = await ask(sends);
    for (const words of [receipt, receipt, {}, {}]) await sends.report(report('r', words));
    expect(valueOf(await sends.find(id))?.state).toBe('asking');
    const send = await take(sends, id, 'r');
    expect(send?.state).toBe('delivered');
    expect(send?.deliveries.map(({ confirmation }) => confirmation)).toEqual(['Received by device', 'Sent by network']);
  });

  it('whose answer was lost is the one that a report for this device is about', async () => {
    const { sends } = await open();
    const { id } = await ask(sends);
    await sends.change(id, { ...lost, at: noon + 500 });
    const { send } = valueOf(await sends.report(report('r')));
    expect(send).toMatchObject({ id, state: 'sent', requestId: 'r', requestIdInferred: true });
  });

  it('is found by a report that came before its answer was lost', async () => {
    const { sends } = await open();
    const { id } = await ask(sends);
    await sends.report(report('r', receipt));
    const send = valueOf(await sends.change(id, { ...lost, at: noon + 30 * second }));
    expect(send).toMatchObject({ state: 'delivered', requestId: 'r', requestIdInferred: true });
  });

  it.each([
    ['two texts wait for an answer', { also: true }, {}],
    ['it is of another device', {}, { deviceIds: [{ id: '7022890000', kind: 'mdn' }] }],
    ['it is of another account', {}, { account: 'OTHER-1' }],
    ['it comes much later', {}, { receivedAt: new Date(noon + 11 * 60 * second).toISOString() }],
  ])('whose answer was lost is not guessed at when %s', async (_what, { also = false }: { also?: boolean }, words) => {
    const { sends } = await open();
    const { id } = await ask(sends);
    if (also) await ask(sends);
    await sends.change(id, { ...lost, at: noon + 500 });
    expect(valueOf(await sends.report(report('r', words)))).toEqual({ kept: true, send: null });
    expect(valueOf(await sends.find(id))).toMatchObject({ state: 'unknown', requestId: null });
  });

  it('of another program keeps its reports, and a notice of no text of ours is not kept', async () => {
    const { sends } = await open();
    expect(valueOf(await sends.report(report('theirs')))).toEqual({ kept: true, send: null });
    const notice = { ...report('theirs'), isDelivery: false };
    expect(valueOf(await sends.report(notice))).toEqual({ kept: false, send: null });
  });
});

describe('texts to devices', () => {
  it('are paged newest first, by account and by any identifier of the device', async () => {
    const { store, sends } = await open();
    await receive(store, callback('hello', { deviceIds: [mdn, imei] }));
    const first = await ask(sends);
    const second = await ask(sends, { to: imei, text: 'PING' });
    await ask(sends, { account: 'OTHER-1', to: { id: '7022890000', kind: 'mdn' } });
    const page = async (change: object) =>
      valueOf(await sends.page({ account: null, device: null, before: null, limit: 50, ...change })).map(
        ({ id }) => id,
      );
    expect(await page({ device: imei })).toEqual([second.id, first.id]);
    expect(await page({ account, limit: 1 })).toEqual([second.id]);
    expect(await page({ account, before: second.id })).toEqual([first.id]);
    expect(await page({})).toHaveLength(3);
    expect(valueOf(await sends.identifiersOf(imei))).toEqual([imei, mdn]);
  });

  it('know the texts of the device that came after them', async () => {
    const { store, sends } = await open();
    await receive(store, callback('before', { deviceIds: [mdn, imei] }));
    const { id } = await ask(sends);
    await receive(store, callback('OK', { deviceIds: [imei] }));
    await receive(store, callback('other', { deviceIds: [{ id: '1', kind: 'mdn' }] }));
    expect(valueOf(await sends.textsSince(id)).map(({ text }) => text)).toEqual(['OK']);
  });
});

describe('a store of the version before', () => {
  it('keeps the texts that were sent, and what was reported of them', async () => {
    const directory = freshDirectory();
    const old = new Database(join(directory, 'messages.db'));
    createMessages(old, 'abcdef');
    createForwards(old);
    createDevices(old);
    old.exec(`
      INSERT INTO account (id, name) VALUES (1, '${account}');
      INSERT INTO device (id, identifiers) VALUES (1, '[["mdn","7022895555"]]');
      INSERT INTO device_identifier VALUES ('mdn:7022895555', 1);
      INSERT INTO known_device (id, changed) VALUES (7, 1);
      INSERT INTO holder VALUES ('mdn:7022895555', 7);
      INSERT INTO sent (request_id, account, device, text, sent_at, known_device) VALUES ('r', 1, 1, 'PING', ${noon}, 7);
      INSERT INTO delivery (request_id, account, device, status, received_at) VALUES ('r', '${account}', 1, 'Success', ${noon + 1});
      PRAGMA user_version = 3;
    `);
    old.close();
    const { sends } = await openStore(directory);
    expect(valueOf(await sends.page({ account, device: mdn, before: null, limit: 10 }))).toMatchObject([
      { text: 'PING', to: mdn, requestId: 'r', state: 'queued', deliveries: [{ status: 'Success', meaning: 'sent' }] },
    ]);
  });
});
