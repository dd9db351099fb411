import { expect, test } from 'vitest';
import type { DeviceRow } from '../../../preload/contract/device.ts';
import { ok } from '../../../preload/contract/result.ts';
import { type Standing, stand } from '../../../renderer/devices/held-order.ts';
import type { DevicesAnswer } from '../../../renderer/devices/use-devices.ts';

const row = (id: number, unread = 0): DeviceRow => ({
  id,
  nickname: null,
  note: '',
  serviceName: null,
  deviceIds: [],
  formerIds: [],
  account: null,
  lastTextAt: null,
  texts: 0,
  unread,
  latest: null,
  found: 0,
});

function answerOf(devices: readonly DeviceRow[], find = '', limit = 4): DevicesAnswer {
  const page = ok({ devices, total: devices.length, above: 0, next: null });
  return { wanted: { find, limit, before: null, revision: 1 }, page };
}

const nothing: Standing = { answer: null, held: false, devices: [] };
const first = stand(nothing, answerOf([row(1), row(2), row(3)]), false);
const ids = ({ devices }: Standing): readonly number[] => devices.map(({ id }) => id);

test('devices that are held keep their places and say what is new of them', () => {
  const held = stand(first, answerOf([row(3, 1), row(1), row(2)]), true);
  expect(ids(held)).toEqual([1, 2, 3]);
  expect(held.devices[2]?.unread).toBe(1);
  expect(ids(stand(held, held.answer, false))).toEqual([3, 1, 2]);
});

test('a device that is new comes at the end as long as there is place, and pushes none away', () => {
  const held = stand(first, answerOf([row(9), row(1), row(2), row(3)]), true);
  expect(ids(held)).toEqual([1, 2, 3, 9]);
  expect(ids(stand(held, answerOf([row(8), row(9), row(1), row(2)]), true))).toEqual([1, 2, 3, 9]);
});

test('another search is not held to the order of the one before', () => {
  expect(ids(stand(first, answerOf([row(3), row(1)], 'pump'), true))).toEqual([3, 1]);
});
