import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meaningOf } from '../../main/core/delivery-report.ts';
import { changed, type SendChange } from '../../main/core/send-changes.ts';
import { nextLookAt } from '../../main/core/send-times.ts';
import type { Send } from '../../preload/contract/sends.ts';

const at = Date.UTC(2026, 10, 23, 15);
const iso = new Date(at).toISOString();
const asking: Send = {
  id: 1,
  account: 'A-1',
  to: { id: '7022895555', kind: 'mdn' },
  text: 'STATUS',
  encoding: '7-bit',
  timeToLiveSeconds: null,
  askedAt: iso,
  requestId: null,
  requestIdInferred: false,
  state: 'asking',
  history: [{ state: 'asking', at: iso }],
  reason: null,
  service: null,
  deliveries: [],
  awaited: {
    expected: { pattern: { kind: 'any', value: '' }, seconds: 60 },
    dueAt: iso,
    result: 'waiting',
    reply: null,
    reason: null,
  },
};
const taken: SendChange = { kind: 'taken', requestId: 'r', inferred: false, at };
const reported = (meaning: 'sent' | 'delivered' | 'failed' | 'expired'): SendChange => ({
  kind: 'reported',
  meaning,
  fault: null,
  at,
});

describe('a text to a device', () => {
  test('ends where its reports say, in whatever order and however often they come', () => {
    const reports = fc.shuffledSubarray([taken, taken, reported('sent'), reported('sent'), reported('delivered')], {
      minLength: 5,
    });
    fc.assert(fc.property(reports, (all) => all.reduce(changed, asking).state === 'delivered'));
  });

  test('begins the time for its answer when ThingSpace took it', () => {
    const late = changed(asking, { ...taken, at: at + 20_000 });
    expect(Date.parse(late.awaited?.dueAt ?? '')).toBe(at + 80_000);
  });

  test('that fails is not waited for any more', () => {
    expect(changed(changed(asking, taken), reported('failed')).awaited?.result).toBe('failed');
  });

  test('is asked about ever less often, and only while nothing is reported', () => {
    const queued = changed(asking, taken);
    const looks = [nextLookAt(queued, null)];
    for (let look = 0; look < 6; look += 1) looks.push(nextLookAt(queued, looks.at(-1) ?? null));
    expect(looks.map((look) => ((look ?? 0) - at) / 60_000)).toEqual([0.5, 2, 10, 60, 360, 1080, 1800]);
    expect(nextLookAt(changed(queued, reported('sent')), null)).toBeNull();
  });
});

describe('what a report means', () => {
  test.each([
    ['Success', 'Sent by network', null, 'network', 'sent'],
    ['Success', 'Received by device', null, 'network', 'delivered'],
    ['Success', 'whatever', null, 'confirmation', 'delivered'],
    ['Success', 'whatever', null, null, 'sent'],
    ['Failed', 'Expired', 'X: expired', 'confirmation', 'expired'],
    ['Failed', null, 'X: no', 'network', 'failed'],
    ['DeliveryFailed', null, null, null, 'failed'],
  ] as const)('%s, %s, %s by %s is %s', (status, confirmation, fault, origin, meaning) => {
    expect(meaningOf({ status, confirmation, fault }, origin)).toBe(meaning);
  });
});
