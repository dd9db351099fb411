import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../main/adapters/message-db/index-database.ts';
import { createMessages } from '../../../main/adapters/message-db/migrations/0001-messages.ts';
import { createForwards } from '../../../main/adapters/message-db/migrations/0002-forwards.ts';
import type { MessageStore } from '../../../main/core/ports.ts';
import type { DeviceId } from '../../../preload/contract/message.ts';
import type { Output } from '../../../preload/contract/methods.ts';
import { createModel } from '../../core/device-model.ts';
import {
  asked,
  block,
  callback,
  freshDirectory,
  freshStore,
  item,
  noon,
  openStore,
  receive,
  report,
  textsOf,
  valueOf,
} from './store-fixture.ts';

const imei = { id: '990013907835573', kind: 'imei' };
const iccid = { id: '89148000000800139708', kind: 'iccid' };
const otherIccid = { id: '89148000000800139716', kind: 'iccid' };
const mdn = { id: '7022895555', kind: 'mdn' };

const everyDevice = { find: '', query: '', texted: false, before: null, limit: 500 };
const thread = (store: MessageStore, device: number | DeviceId, limit = 100) =>
  store.thread({ device, before: null, limit });

async function hear(store: MessageStore, text: string, deviceIds: readonly DeviceId[], receivedAt = noon) {
  return receive(store, callback(text, { deviceIds, receivedAt }));
}

async function threadTexts(store: MessageStore, device: number | DeviceId): Promise<readonly string[]> {
  const found = valueOf(await thread(store, device));
  return found?.entries.map((entry) => (entry.kind === 'text' ? entry.message.text : `> ${entry.sent.text}`)) ?? [];
}

describe('devices', () => {
  it('are told once every text is counted, and texts meanwhile, while the index is made anew', async () => {
    const directory = freshDirectory();
    const { store: before } = await openStore(directory);
    const count = 7000;
    const texts = Array.from({ length: count }, (_, number) => callback(`text ${number}`, { deviceIds: [mdn] }));
    for (const stored of await Promise.all(texts.map((text) => before.storeCallback(text)))) valueOf(stored);
    await before.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${join(directory, 'messages-index.db')}${end}`, { force: true });
    const { store } = await openStore(directory);
    const answered: string[] = [];
    const devices = store.devices(everyDevice).finally(() => answered.push('devices'));
    const page = store.page({ query: '', before: null, after: null, limit: 1 }).finally(() => answered.push('page'));
    expect(valueOf(await page).total).toBe(count);
    expect(valueOf(await devices).devices.map((device) => device.texts)).toEqual([count]);
    expect(answered).toEqual(['page', 'devices']);
  });

  it('are one whatever its texts call it: counted, with the newest text first', async () => {
    const store = await freshStore();
    await hear(store, 'by all', [iccid, imei, mdn]);
    await hear(store, 'by number', [mdn], noon + 1000);
    await hear(store, 'of another', [{ id: '1', kind: 'mdn' }], noon + 2000);
    const { devices, total } = valueOf(await store.devices(everyDevice));
    expect(total).toBe(2);
    expect(devices.map(({ texts, unread, lastTextAt, latest }) => [texts, unread, lastTextAt, latest?.text])).toEqual([
      [1, 1, new Date(noon + 2000).toISOString(), 'of another'],
      [2, 2, new Date(noon + 1000).toISOString(), 'by number'],
    ]);
    expect(devices[1]?.deviceIds.map(({ kind }) => kind)).toEqual(['mdn', 'imei', 'iccid']);
    expect(await threadTexts(store, imei)).toEqual(['by number', 'by all']);
  });

  it('keep apart what an identifier that moved stood for before', async () => {
    const store = await freshStore();
    await hear(store, 'first', [iccid, mdn]);
    await hear(store, 'first, by number', [mdn]);
    await hear(store, 'second', [otherIccid, mdn]);
    await hear(store, 'second, by number', [mdn]);
    expect(await threadTexts(store, iccid)).toEqual(['first, by number', 'first']);
    expect(await threadTexts(store, mdn)).toEqual(['second, by number', 'second']);
    const first = valueOf(await store.device(iccid));
    expect(first?.formerIds).toEqual([mdn]);
    await store.changeDevice({ device: iccid, nickname: 'Pump' });
    expect(await textsOf(store, 'device:pump')).toEqual(['first, by number', 'first']);
    expect(await textsOf(store, 'by -device:pump')).toEqual(['second, by number']);
  });

  it('that turn out to be one keep every name and note, and both numbers lead to it', async () => {
    const store = await freshStore();
    await hear(store, 'by number', [mdn]);
    await hear(store, 'by modem', [imei]);
    const number = valueOf(await store.changeDevice({ device: mdn, nickname: 'Pump', note: 'key under the mat' }));
    const modem = valueOf(await store.changeDevice({ device: imei, nickname: 'Modem 7', note: 'new aerial' }));
    await store.markDeviceRead(modem?.id ?? 0);
    await hear(store, 'by both', [imei, mdn]);
    const one = valueOf(await store.device(number?.id ?? 0));
    expect(one).toEqual(valueOf(await store.device(modem?.id ?? 0)));
    expect(one).toMatchObject({
      nickname: 'Modem 7',
      note: 'new aerial\nPump\nkey under the mat',
      texts: 3,
      unread: 2,
    });
    expect(await threadTexts(store, number?.id ?? 0)).toEqual(['by both', 'by modem', 'by number']);
    expect(valueOf(await store.devices(everyDevice)).total).toBe(1);
  });

  it('are found by a part of the name or of any identifier, and so are their texts', async () => {
    const store = await freshStore();
    await hear(store, 'by all', [iccid, imei, mdn]);
    await hear(store, 'by card', [iccid]);
    await hear(store, 'of another', [{ id: '5552', kind: 'mdn' }]);
    await store.changeDevice({ device: imei, nickname: 'Pump 3 Nørth' });
    const found = async (find: string) => valueOf(await store.devices({ ...everyDevice, find })).total;
    expect([await found('PUMP'), await found('8955'), await found('555'), await found('nobody')]).toEqual([1, 1, 2, 0]);
    for (const query of ['device:pump', 'from:"3 nørth"', 'device:5573', 'from:5555', 'device:39708', 'pump'])
      expect(await textsOf(store, query)).toEqual(['by card', 'by all']);
    const [row] = valueOf(await store.page({ query: 'device:pump', before: null, after: null, limit: 1 })).messages;
    expect(row?.deviceIds).toEqual([iccid]);
    expect(row?.device).toMatchObject({ nickname: 'Pump 3 Nørth', deviceIds: [mdn, imei, iccid] });
    await store.changeDevice({ device: imei, nickname: null });
    expect(await textsOf(store, 'device:pump')).toEqual([]);
  });

  it('are found by what ThingSpace’s list calls them, as by what the person does', async () => {
    const store = await freshStore();
    await hear(store, 'by number', [mdn]);
    await hear(store, 'of another', [{ id: '5552', kind: 'mdn' }]);
    await store.listDevices('A-1', [{ account: null, name: 'tracker-101', deviceIds: [mdn, imei] }]);
    await store.changeDevice({ device: mdn, nickname: 'Pump' });
    expect(valueOf(await store.devices({ ...everyDevice, find: 'TRACKER' })).total).toBe(1);
    for (const query of ['device:tracker', 'from:pump']) expect(await textsOf(store, query)).toEqual(['by number']);
    const [row] = valueOf(await store.page({ query: 'from:er-101', before: null, after: null, limit: 1 })).messages;
    expect(row?.device).toMatchObject({ nickname: 'Pump', serviceName: 'tracker-101' });
  });

  it('name the very next text that comes in, once they are named', async () => {
    const store = await freshStore();
    await hear(store, 'first', [imei, mdn]);
    await store.changeDevice({ device: mdn, nickname: 'Pump' });
    expect((await hear(store, 'again', [imei])).device?.nickname).toBe('Pump');
    const stored = valueOf(await store.storeBlock(block([item('by history', noon, { deviceIds: [mdn] })])));
    expect(stored.added[0]?.device?.nickname).toBe('Pump');
  });

  it('may be named before they are heard, and are not known by a number that never was', async () => {
    const store = await freshStore();
    const named = valueOf(await store.changeDevice({ device: { id: ' 7022895555 ', kind: 'MDN' }, nickname: 'Pump' }));
    expect(named).toMatchObject({ nickname: 'Pump', deviceIds: [mdn], texts: 0, lastTextAt: null });
    await hear(store, 'first', [iccid, mdn]);
    expect(valueOf(await store.device(iccid))).toMatchObject({ id: named?.id, nickname: 'Pump', texts: 1 });
    expect(valueOf(await store.changeDevice({ device: 4711, nickname: 'x' }))).toBeNull();
    expect(valueOf(await store.device({ id: '1', kind: 'mdn' }))).toBeNull();
  });

  it('are named by the list of the service, which ties identifiers together too', async () => {
    const store = await freshStore();
    await hear(store, 'by number', [mdn]);
    await hear(store, 'by modem', [imei]);
    const listed = [
      { account: null, deviceIds: [imei, iccid, mdn], name: 'tracker-101' },
      { account: null, deviceIds: [{ id: '2', kind: 'mdn' }], name: null },
    ];
    expect(valueOf(await store.listDevices('A-1', listed))).toBe(2);
    const { devices } = valueOf(await store.devices(everyDevice));
    expect(devices.map(({ serviceName, texts, account }) => [serviceName, texts, account])).toEqual([
      ['tracker-101', 2, '0342077109-00001'],
      [null, 0, 'A-1'],
    ]);
  });

  it('have a thread of what was sent and what came, in one order of time, page by page', async () => {
    const { store, sends } = await openStore(freshDirectory());
    const told: string[] = [];
    for (let number = 1; number <= 30; number++) {
      const text = `n${number}`;
      if (number % 3 === 0) {
        const { id } = valueOf(await sends.ask(asked({ text, askedAt: noon + number * 1000 })));
        await sends.change(id, { kind: 'taken', requestId: `r${number}`, inferred: false, at: noon });
      } else await hear(store, text, number % 2 === 0 ? [mdn] : [imei, mdn], noon + number * 1000);
      told.unshift(number % 3 === 0 ? `> ${text}` : text);
    }
    await sends.report(report('r30', { deviceIds: [mdn] }));
    expect(await threadTexts(store, mdn)).toEqual(told);
    const paged: string[] = [];
    let before: { readonly sequence: number; readonly sent: number } | null = null;
    do {
      const page: Output<'devices.thread'> | null = valueOf(await store.thread({ device: imei, before, limit: 7 }));
      for (const entry of page?.entries ?? [])
        paged.push(entry.kind === 'text' ? entry.message.text : `> ${entry.sent.text}`);
      before = page?.next ?? null;
    } while (before);
    expect(paged).toEqual(told);
    const newest = valueOf(await thread(store, mdn, 1))?.entries[0];
    expect(newest?.kind === 'sent' && newest.sent.deliveries.map(({ status }) => status)).toEqual(['Success']);
  });

  it('follow what is read and what is deleted', async () => {
    const store = await freshStore();
    const counts = async () =>
      valueOf(await store.devices(everyDevice)).devices.map(({ texts, unread }) => [texts, unread]);
    const rows = [];
    for (let number = 0; number < 6; number++)
      rows.push(await hear(store, `n${number}`, [number % 2 ? mdn : imei], noon + number));
    expect(await counts()).toEqual([
      [3, 3],
      [3, 3],
    ]);
    await store.markRead([rows[1]?.id ?? '', rows[3]?.id ?? '']);
    expect(await counts()).toEqual([
      [3, 1],
      [3, 3],
    ]);
    expect(valueOf(await store.markDeviceRead(imei))).toBe(3);
    expect(await counts()).toEqual([
      [3, 1],
      [3, 0],
    ]);
    expect(valueOf(await store.deleteBefore(noon + 4, 100))).toBe(4);
    // Asked at every moment, the store finds no pause in which to tidy up.
    await expect.poll(counts, { timeout: 10_000, interval: 400 }).toEqual([
      [1, 1],
      [1, 0],
    ]);
    await store.markRead(null);
    await hear(store, 'after all', [mdn], noon + 10);
    expect(await counts()).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(await threadTexts(store, mdn)).toEqual(['after all', 'n5']);
  });

  it('are the rows of a list that is grouped by device, with what is searched', async () => {
    const store = await freshStore();
    for (let number = 0; number < 9; number++)
      await hear(store, `${number % 2 ? 'alarm' : 'report'} ${number}`, [{ id: `100${number % 3}`, kind: 'mdn' }]);
    const grouped = async () =>
      valueOf(await store.devices({ ...everyDevice, query: 'alarm' })).devices.map(({ latest, found, texts }) => [
        latest?.text,
        found,
        texts,
      ]);
    expect(await grouped()).toEqual([
      ['alarm 7', 2, 3],
      ['alarm 5', 1, 3],
      ['alarm 3', 1, 3],
    ]);
    await hear(store, 'alarm 9', [{ id: '1000', kind: 'mdn' }]);
    expect(await grouped()).toEqual([
      ['alarm 9', 2, 4],
      ['alarm 7', 2, 3],
      ['alarm 5', 1, 3],
    ]);
    const first = valueOf(await store.devices({ ...everyDevice, query: 'alarm', limit: 2 }));
    const rest = valueOf(await store.devices({ ...everyDevice, query: 'alarm', limit: 2, before: first.next }));
    expect([first.total, rest.devices.map(({ latest }) => latest?.text), rest.next]).toEqual([3, ['alarm 5'], null]);
    expect([first.above, rest.above]).toEqual([0, 2]);
    const over = valueOf(
      await store.devices({ ...everyDevice, query: 'alarm', before: { sequence: 1, device: 0 }, limit: 1 }),
    );
    expect([over.devices, over.above]).toEqual([[], 3]);
  });

  it('are listed page by page, those that never texted last', async () => {
    const store = await freshStore();
    for (let number = 0; number < 5; number++) await hear(store, `n${number}`, [{ id: `100${number}`, kind: 'mdn' }]);
    for (let number = 5; number < 8; number++)
      await store.changeDevice({ device: { id: `100${number}`, kind: 'mdn' }, note: 'new' });
    const seen: string[] = [];
    const above: number[] = [];
    let before: { readonly sequence: number; readonly device: number } | null = null;
    do {
      const page: Output<'devices.page'> = valueOf(await store.devices({ ...everyDevice, limit: 3, before }));
      seen.push(...page.devices.map(({ deviceIds }) => deviceIds[0]?.id ?? ''));
      above.push(page.above);
      before = page.next;
    } while (before);
    expect(above).toEqual([0, 3, 6]);
    const texted = valueOf(await store.devices({ ...everyDevice, texted: true }));
    expect([texted.total, texted.devices.length]).toEqual([5, 5]);
    expect(seen).toEqual(['1004', '1003', '1002', '1001', '1000', '1007', '1006', '1005']);
  });
});

describe('what is known of devices', () => {
  it('is there after a restart, and the same without the index or after it was made again', async () => {
    const directory = freshDirectory();
    const { store: first, sends } = await openStore(directory);
    await hear(first, 'a', [iccid, mdn]);
    await hear(first, 'b', [otherIccid, mdn]);
    await first.changeDevice({ device: iccid, nickname: 'Pump', note: 'gate 4' });
    await sends.ask(asked({ text: 'STATUS' }));
    const before = valueOf(await first.devices(everyDevice));
    await first.close();
    const backup = join(directory, 'copy');
    const second = (await openStore(directory)).store;
    expect(valueOf(await second.devices(everyDevice))).toEqual(before);
    await second.backup(`${backup}.db`);
    await second.close();
    mkdirSync(backup);
    cpSync(`${backup}.db`, join(backup, 'messages.db'));
    const third = (await openStore(backup)).store;
    expect(valueOf(await third.devices(everyDevice))).toEqual(before);
    expect(await threadTexts(third, mdn)).toEqual(['b', '> STATUS']);
  });

  it('is found for texts of a store that an earlier version made, a little at a time', async () => {
    const directory = freshDirectory();
    const database = new Database(join(directory, 'messages.db'));
    createMessages(database, 'abcdef');
    createForwards(database);
    database.exec("INSERT INTO account (name, texts, unread, last_text_at) VALUES ('A-1', 9000, 9000, 1)");
    const addNames = database.prepare('INSERT INTO device (identifiers) VALUES (?)');
    for (let number = 0; number < 3; number++) addNames.run(JSON.stringify([['mdn', `100${number}`]]));
    const add = database.prepare(
      "INSERT INTO message (sequence, account, device, lanes, received_at, text) VALUES (?, 1, ?, 2, 1, 'old')",
    );
    database.transaction(() => {
      for (let sequence = 1; sequence <= 9000; sequence++) add.run(sequence, 1 + (sequence % 3));
      database.exec('UPDATE summary SET through = 9000');
      database.pragma('user_version = 2');
    })();
    database.close();
    const { store } = await openStore(directory);
    await expect
      .poll(async () => valueOf(await store.devices(everyDevice)).devices.map(({ texts }) => texts), {
        timeout: 20_000,
      })
      .toEqual([3000, 3000, 3000]);
  });

  it('is what the rule makes of the texts one after the other', async () => {
    const anyId = fc.record({ kind: fc.constantFrom('imei', 'iccid', 'mdn'), id: fc.constantFrom('1', '2', '3') });
    const sighting = fc.uniqueArray(anyId, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind });
    await fc.assert(
      fc.asyncProperty(
        fc.array(sighting, { minLength: 1, maxLength: 25 }),
        fc.nat({ max: 25 }),
        async (sightings, stop) => {
          const directory = freshDirectory();
          let { store } = await openStore(directory);
          const model = createModel();
          const expected = new Map<number, string[]>();
          const devices: number[] = [];
          for (const [index, ids] of sightings.entries()) {
            await hear(store, `n${index}`, ids);
            devices.push(model.see(ids));
            if (index !== stop) continue;
            // In the middle, perhaps before anything was looked at, perhaps after.
            if (index % 2) await store.devices(everyDevice);
            await store.close();
            store = (await openStore(directory)).store;
          }
          for (const [index, device] of devices.entries()) {
            const own = model.resolve(device);
            expected.set(own, [`n${index}`, ...(expected.get(own) ?? [])]);
          }
          const listed = valueOf(await store.devices(everyDevice)).devices.filter(({ texts }) => texts > 0);
          const threads = await Promise.all(listed.map(({ id }) => threadTexts(store, id)));
          expect(threads.map((texts) => texts.join()).sort()).toEqual(
            [...expected.values()].map((texts) => texts.join()).sort(),
          );
          for (const { id, latest } of listed) expect(latest?.device?.id).toBe(id);
          await store.close();
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 12) },
    );
  });

  it('is read by indexes, however many there are', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    const { id } = await hear(store, 'a', [mdn]);
    await store.devices(everyDevice);
    await store.close();
    const database = openIndex(directory, id.slice(0, id.indexOf('-')));
    const plan = (sql: string) =>
      database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail);
    expect(
      plan(
        'SELECT * FROM tally WHERE (last_sequence, device) < (9, 9) AND texts >= 1 ORDER BY last_sequence DESC, device DESC LIMIT 9',
      ),
    ).toEqual(['SEARCH tally USING INDEX tally_by_last (last_sequence<?)']);
    expect(plan('SELECT sequence FROM heard WHERE device = 1 AND sequence < 9 ORDER BY sequence DESC LIMIT 9')).toEqual(
      ['SEARCH heard USING COVERING INDEX heard_of_device (device=? AND sequence<?)'],
    );
    expect(plan('SELECT s.id FROM send s WHERE s.known_device = 1 AND s.id < 9 ORDER BY s.id DESC LIMIT 9')).toEqual([
      'SEARCH s USING COVERING INDEX send_to_device (known_device=? AND id<?)',
    ]);
    expect(plan('SELECT id FROM known_device WHERE changed > 9 ORDER BY changed')).toEqual([
      'SEARCH known_device USING COVERING INDEX known_device_changed (changed>?)',
    ]);
    expect(plan('SELECT sequence FROM read_mark WHERE change > 9')).toEqual([
      'SEARCH read_mark USING COVERING INDEX read_mark_by_change (change>?)',
    ]);
    database.close();
  });

  it('costs storing a text nothing: nothing of it is written before the text is answered', async () => {
    const directory = freshDirectory();
    const { store } = await openStore(directory);
    const placed = () => {
      const database = new Database(join(directory, 'messages.db'), { readonly: true });
      const through = database.prepare<[], number>('SELECT placed_through FROM summary').pluck().get();
      const devices = database.prepare<[], number>('SELECT count(*) FROM known_device').pluck().get();
      database.close();
      return [through, devices];
    };
    await store.storeCallback(callback('a', { deviceIds: [mdn] }));
    expect(placed()).toEqual([0, 0]);
    await expect.poll(placed, { timeout: 10_000 }).toEqual([1, 1]);
  });
});
