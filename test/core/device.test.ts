import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOf, isSettled, place } from '../../main/core/device.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import { createModel } from './device-model.ts';

const id = (kind: string) => (value: string | number) => ({ kind, id: String(value) });
const imei = id('imei');
const iccid = id('iccid');
const mdn = id('mdn');
const sku = id('sku');

/** The device of each sighting, once all were seen. */
function devicesOf(...sightings: readonly (readonly DeviceId[])[]): readonly number[] {
  const model = createModel();
  return sightings.map((ids) => model.see(ids)).map((device) => model.resolve(device));
}

describe('identifiers seen together', () => {
  it('are of one device, however few of them a later text names', () => {
    expect(devicesOf([imei(1), iccid(1), mdn(1)], [mdn(1)], [imei(1)], [iccid(1)])).toEqual([1, 1, 1, 1]);
  });
  it('join what was heard under each of them before', () => {
    const [a, b, together] = devicesOf([mdn(1)], [imei(1)], [imei(1), mdn(1)]);
    expect(new Set([a, b, together]).size).toBe(1);
  });
  it('join through a third, one after the other', () => {
    expect(new Set(devicesOf([mdn(1)], [imei(1)], [mdn(1), iccid(1)], [iccid(1), imei(1)])).size).toBe(1);
  });
});

describe('an identifier that moves', () => {
  it('a number given to another SIM is of that device from then on, and glues nothing together', () => {
    const [first, alone, second, after, back] = devicesOf(
      [iccid(1), mdn(1)],
      [mdn(1)],
      [iccid(2), mdn(1)],
      [mdn(1)],
      [iccid(1)],
    );
    expect([alone, back]).toEqual([first, first]);
    expect(second).not.toBe(first);
    expect(after).toBe(second);
  });
  it('a number that comes back is of the first device again', () => {
    const [first, second, again, alone] = devicesOf(
      [iccid(1), mdn(1)],
      [iccid(2), mdn(1)],
      [iccid(1), mdn(1)],
      [mdn(1)],
    );
    expect([again, alone]).toEqual([first, first]);
    expect(second).not.toBe(first);
  });
  it('a SIM put into another modem is of that modem', () => {
    const [first, second, sim, modem] = devicesOf(
      [imei(1), iccid(1), mdn(1)],
      [imei(2), iccid(1), mdn(1)],
      [iccid(1)],
      [imei(1)],
    );
    expect(sim).toBe(second);
    expect(modem).toBe(first);
    expect(second).not.toBe(first);
  });
  it('a modem with another SIM is the same device, and the SIM that was taken out is not', () => {
    const [first, second, old] = devicesOf([imei(1), iccid(1), mdn(1)], [imei(1), iccid(2), mdn(2)], [iccid(1)]);
    expect(second).toBe(first);
    expect(old).not.toBe(first);
  });
  it('a SIM with a new number is the same device, and the number that was given up is not', () => {
    const [first, second, old] = devicesOf([iccid(1), mdn(1)], [iccid(1), mdn(2)], [mdn(1)]);
    expect(second).toBe(first);
    expect(old).not.toBe(first);
  });
  it('does not take its history along', () => {
    const [number, , other, together] = devicesOf(
      [mdn(1)],
      [iccid(1), mdn(1)],
      [iccid(2), mdn(1)],
      [imei(9), mdn(1), iccid(2)],
    );
    expect(together).toBe(other);
    expect(number).not.toBe(other);
  });
});

describe('an identifier of a kind that many may share', () => {
  it('says nothing beside another', () => {
    const [a, b] = devicesOf([sku('X'), mdn(1)], [sku('X'), mdn(2)]);
    expect(a).not.toBe(b);
  });
  it('is the device where there is nothing else', () => {
    expect(devicesOf([sku('X')], [sku('X')], [sku('X'), mdn(1)])).toEqual([1, 1, 2]);
  });
});

// ---------------------------------------------------------------- whatever is seen

const kinds = ['imei', 'iccid', 'mdn', 'msisdn', 'sku'] as const;
const anyId = fc.record({ kind: fc.constantFrom(...kinds), id: fc.integer({ min: 1, max: 4 }).map(String) });
const sighting = fc.uniqueArray(anyId, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind });
const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) };

describe('whatever is seen, in whatever order', () => {
  it('each identifier has one holder, no device has two of a kind, and what was seen last is settled', () => {
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 30 }), (sightings) => {
        const model = createModel();
        for (const ids of sightings) {
          const device = model.see(ids);
          const held = model.known.heldBy(device);
          expect(new Set(held.map(({ kind }) => kind)).size).toBe(held.length);
          expect(isSettled(ids, device, model.known)).toBe(true);
          expect(deviceOf(ids, model.known)).toBe(device);
          expect(place(ids, model.known)).toEqual({ device, absorbed: [], taken: [], dropped: [] });
        }
      }),
      runs,
    );
  });

  it('texts that name different modems are never of one device', () => {
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: 30 }), (sightings) => {
        const model = createModel();
        const seen = sightings.map((ids) => ({
          modem: ids.find(({ kind }) => kind === 'imei')?.id,
          device: model.see(ids),
        }));
        const modems = new Map<number, string>();
        for (const { modem, device } of seen) {
          if (modem === undefined) continue;
          const known = modems.get(model.resolve(device)) ?? modem;
          expect(modem).toBe(known);
          modems.set(model.resolve(device), known);
        }
      }),
      runs,
    );
  });

  it('while nothing moves, devices are what is linked by being seen together, in any order', () => {
    const truth = fc.array(fc.subarray(['imei', 'iccid', 'mdn', 'msisdn'], { minLength: 1 }), {
      minLength: 1,
      maxLength: 4,
    });
    const seen = truth.chain((devices) =>
      fc.array(
        fc
          .nat({ max: devices.length - 1 })
          .chain((device) =>
            fc
              .subarray(devices[device] ?? [], { minLength: 1 })
              .map((chosen) => chosen.map((kind) => ({ kind, id: String(device) }))),
          ),
        { maxLength: 25 },
      ),
    );
    fc.assert(
      fc.property(seen, (sightings) => {
        const model = createModel();
        const devices = sightings.map((ids) => model.see(ids));
        const linked = components(sightings);
        for (const [index, ids] of sightings.entries())
          for (const [other, others] of sightings.entries())
            expect(model.resolve(devices[index] ?? 0) === model.resolve(devices[other] ?? 0)).toBe(
              linked(ids) === linked(others),
            );
      }),
      runs,
    );
  });
});

/** Which sightings are linked by sharing identifiers, found the plain way. */
function components(sightings: readonly (readonly DeviceId[])[]) {
  const text = ({ kind, id: value }: DeviceId) => `${kind}:${value}`;
  const leader = new Map<string, string>();
  const find = (key: string): string => {
    const up = leader.get(key) ?? key;
    return up === key ? key : find(up);
  };
  for (const [first, ...rest] of sightings)
    for (const other of rest) if (first) leader.set(find(text(other)), find(text(first)));
  return (ids: readonly DeviceId[]) => (ids[0] ? find(text(ids[0])) : '');
}
