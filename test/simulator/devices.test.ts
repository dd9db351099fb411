import { expect, test } from 'vitest';
import { account, otherAccount, scene, simulated } from './simulated.ts';

const listPath = '/devices/actions/list';

test('without an account the devices of all accounts are listed, each with its account', async () => {
  const { send } = await scene();
  const { json } = await send('POST', listPath, {});
  expect(json.hasMoreData).toBe(false);
  expect(new Set(json.devices.map(({ accountName }) => accountName))).toEqual(new Set([account, otherAccount]));
});

test('the list of one account has its devices only, each with several identifiers', async () => {
  const { send } = await scene();
  const { json } = await send('POST', listPath, { accountName: otherAccount });
  expect(json.devices).toHaveLength(5);
  for (const device of json.devices) {
    expect(device.accountName).toBe(otherAccount);
    expect(device.deviceIds.map(({ kind }) => kind)).toEqual(['mdn', 'imei', 'iccid']);
  }
});

test('the list is paged by the largest id that was seen', async () => {
  const { send } = await scene();
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let hasMore = true; hasMore; ) {
    const { json } = await send('POST', listPath, { maxNumberOfDevices: 3, largestDeviceIdSeen: cursor });
    expect(json.devices.length).toBeLessThanOrEqual(3);
    seen.push(...json.devices.map(({ deviceIds }) => deviceIds[0]?.id ?? ''));
    cursor = json.devices.at(-1)?.extendedAttributes.find(({ key }) => key === 'DeviceId')?.value;
    hasMore = json.hasMoreData;
  }
  expect(seen).toHaveLength(10);
  expect(new Set(seen).size).toBe(10);
});

test.each([0, 501, 'many'])('a page of %s devices is refused', async (maxNumberOfDevices) => {
  const { send } = await scene();
  expect((await send('POST', listPath, { maxNumberOfDevices })).status).toBe(400);
});

test('the list of an unknown account is refused', async () => {
  const { send } = await scene();
  expect((await send('POST', listPath, { accountName: '1-1' })).json.errorCode).toMatch(/AccountNotFound$/);
});

test('no two devices share an identifier', async () => {
  const simulator = await simulated();
  const ids = simulator.devices().flatMap((device) => device.deviceIds.map(({ id, kind }) => `${kind}:${id}`));
  expect(new Set(ids).size).toBe(ids.length);
});

test('a backlog waits in each queue from the start, oldest first and in the past', async () => {
  const simulator = await simulated({ backlog: 20 });
  for (const name of [account, otherAccount]) {
    const times = simulator.ledger(name).map(({ timestamp }) => timestamp);
    expect(simulator.counts(name)).toMatchObject({ total: 20, queued: 20 });
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(Math.max(...times)).toBeLessThan(Date.now());
  }
});

test('devices text by themselves until they are stopped', async () => {
  const simulator = await simulated();
  const total = () => simulator.counts(account).total + simulator.counts(otherAccount).total;
  const stop = simulator.startDevices({ rate: 500, seed: 7 });
  await expect.poll(total).toBeGreaterThan(20);
  stop();
  const whenStopped = total();
  await simulator.deviceTexts(account, { deviceIds: [], text: 'x' }).settled;
  expect(total()).toBe(whenStopped + 1);
});

test('the same seed makes the same texts', async () => {
  const texts = async () => {
    const simulator = await simulated({ seed: 3, backlog: 30, now: () => 1_800_000_000_000 });
    return simulator.ledger(account).map(({ text }) => text);
  };
  expect(await texts()).toEqual(await texts());
});

test('reports look like those of trackers, meters, routers and alarms, and fit into one text', async () => {
  const simulator = await simulated({ backlog: 300 });
  const texts = simulator.ledger(account).map(({ text }) => text);
  const forms = [
    /^\$GPRMC,\d{6}\.00,A,\d{4}\.\d{4},N,\d{5}\.\d{4},W,\d{3}\.\d,\d{3}\.0,\d{6},,\*[0-9A-F]{2}$/,
    /^lat=47\.\d{5} lon=-12\d\.\d{5} spd=\d+ hdg=\d+ bat=\d+ ign=(on|off)$/,
    /^68[0-9A-F]{14}16$/,
    /^reply from router-\d+: status IP 10\.226\.22\.\d+ Network Ready : .+  RSSI -\d+ up=\d+d$/,
    /^ALARM zone=\d event="[a-z ]+" armed=(yes|no) tamper=no$/,
  ];
  for (const form of forms) expect(texts.some((text) => form.test(text))).toBe(true);
  for (const text of texts) {
    expect(forms.some((form) => form.test(text))).toBe(true);
    expect(text.length).toBeLessThanOrEqual(160);
  }
});

test('the checksum of a position is right', async () => {
  const simulator = await simulated({ backlog: 100 });
  const sentence = simulator.ledger(account).find(({ text }) => text.startsWith('$GPRMC'))?.text ?? '';
  const [fields = '', checksum] = sentence.slice(1).split('*');
  const sum = Buffer.from(fields).reduce((total, byte) => total ^ byte, 0);
  expect(Number.parseInt(checksum ?? '', 16)).toBe(sum);
});
