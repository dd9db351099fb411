import { expect, test } from 'vitest';
import { bestIdentifier, identifiersInOrder } from '../../../renderer/messages/device.ts';

const mdn = { kind: 'mdn', id: '5551230000' };
const iccid = { kind: 'iccid', id: '89148000000000000001' };
const odd = { kind: 'sku', id: 'X1' };

test('the number that people know a device by comes first', () => {
  expect(bestIdentifier([iccid, mdn])).toBe(mdn);
  expect(identifiersInOrder([odd, iccid, mdn])).toEqual([mdn, odd, iccid]);
});

test('an identifier of an unknown kind is better than none', () => {
  expect(bestIdentifier([odd])).toBe(odd);
  expect(bestIdentifier([])).toBeUndefined();
});
