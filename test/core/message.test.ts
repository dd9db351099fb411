import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  canonicalDeviceId,
  type Delivered,
  isSameText,
  preferredDeviceId,
  sameDevice,
  sameTextWindowMs,
} from '../../main/core/message.ts';

const mdn = { id: '7022895555', kind: 'mdn' };
const esn = { id: '60E5F99D', kind: 'esn' };
const noon = Date.UTC(2026, 10, 1, 12);

function delivered(change: Partial<Delivered> = {}): Delivered {
  const base = { lane: 'callback', deviceIds: [mdn], receivedAt: noon, platformAt: null, platformTime: null } as const;
  return { ...base, requestId: null, callbackCount: null, ...change };
}

function row(change: Partial<Candidate> = {}): Candidate {
  const base = {
    deviceIds: [mdn],
    lanes: ['callback'],
    receivedAt: noon,
    platformAt: null,
    platformTime: null,
  } as const;
  return { ...base, requestId: null, callbackCount: null, answered: true, acknowledged: false, ...change };
}

describe('a text that comes twice by callback', () => {
  it('is the same while our 2xx is not known to have been sent, however late it comes', () => {
    expect(isSameText(delivered({ receivedAt: noon + 1e9 }), row({ answered: false }))).toBe(true);
  });
  it('is another one once our 2xx was sent', () => {
    expect(isSameText(delivered(), row())).toBe(false);
  });
  it('is the same when the service calls it a later attempt', () => {
    expect(isSameText(delivered({ callbackCount: 2 }), row({ callbackCount: 1 }))).toBe(true);
    expect(isSameText(delivered({ callbackCount: 2 }), row())).toBe(true);
    expect(isSameText(delivered({ callbackCount: 1 }), row({ callbackCount: 1 }))).toBe(false);
    expect(isSameText(delivered({ callbackCount: 2 }), row({ callbackCount: 2 }))).toBe(false);
  });
  it('is another one when the later attempt comes long after attempts end: the first never reached us', () => {
    expect(isSameText(delivered({ callbackCount: 2, receivedAt: noon + 21 * 60_000 }), row())).toBe(false);
  });
  it('is decided by the request ids where both have one', () => {
    expect(isSameText(delivered({ requestId: 'a' }), row({ requestId: 'a' }))).toBe(true);
    expect(isSameText(delivered({ requestId: 'a' }), row({ requestId: 'b', answered: false }))).toBe(false);
  });
  it('is another one when its history block was acknowledged', () => {
    const both = row({ lanes: ['callback', 'history'], answered: false, acknowledged: true });
    expect(isSameText(delivered(), both)).toBe(false);
  });
});

describe('a text that comes twice by history', () => {
  const given = '2026-11-01T12:00:00Z';
  const inBlock = row({ lanes: ['history'], answered: false, platformAt: noon, platformTime: given });
  it('is the same while its block is not acknowledged, however the clocks were compared', () => {
    expect(isSameText(delivered({ lane: 'history', platformAt: noon + 1000, platformTime: given }), inBlock)).toBe(
      true,
    );
  });
  it('is another one at another time, or once its block was acknowledged', () => {
    const later = delivered({ lane: 'history', platformAt: noon, platformTime: '2026-11-01T12:00:01Z' });
    expect(isSameText(later, inBlock)).toBe(false);
    const same = delivered({ lane: 'history', platformAt: noon, platformTime: given });
    expect(isSameText(same, { ...inBlock, acknowledged: true })).toBe(false);
  });
});

describe('a text that comes by both ways', () => {
  it.each([-sameTextWindowMs, 0, sameTextWindowMs])('is the same %i ms apart', (apart) => {
    expect(isSameText(delivered({ lane: 'history', platformAt: noon + apart }), row())).toBe(true);
    const fetched = row({ lanes: ['history'], platformAt: noon + apart, acknowledged: true, answered: false });
    expect(isSameText(delivered(), fetched)).toBe(true);
  });
  it('is another one when further apart', () => {
    const late = noon + sameTextWindowMs + 1;
    expect(isSameText(delivered({ lane: 'history', platformAt: late }), row())).toBe(false);
    expect(isSameText(delivered({ receivedAt: late }), row({ lanes: ['history'], acknowledged: true }))).toBe(false);
  });
  it('is the same at any time when the callback was not answered', () => {
    expect(isSameText(delivered({ lane: 'history', platformAt: noon + 1e9 }), row({ answered: false }))).toBe(true);
  });
  it('is the same when it is pushed about when its unacknowledged block was fetched', () => {
    const fetched = row({ lanes: ['history'], platformAt: noon - 1e9, answered: false });
    expect(isSameText(delivered(), fetched)).toBe(true);
    expect(isSameText(delivered(), { ...fetched, acknowledged: true })).toBe(false);
  });
});

describe('a device', () => {
  it('is the same by one identifier in common', () => {
    expect(sameDevice([esn, mdn], [mdn])).toBe(true);
    expect(sameDevice([esn], [mdn])).toBe(false);
    expect(sameDevice([{ ...mdn, kind: 'imei' }], [mdn])).toBe(false);
    expect(sameDevice([], [])).toBe(true);
    expect(sameDevice([], [mdn])).toBe(false);
    expect(isSameText(delivered({ deviceIds: [esn] }), row({ answered: false }))).toBe(false);
  });
  it('is shown by the identifier that people know', () => {
    expect(preferredDeviceId([esn, mdn])).toEqual(mdn);
    expect(preferredDeviceId([{ id: '1', kind: 'eid' }])).toEqual({ id: '1', kind: 'eid' });
    expect(preferredDeviceId([])).toBeNull();
  });
  it('has kinds in lower case and identifiers without spaces around them', () => {
    expect(canonicalDeviceId({ id: ' 007 ', kind: 'ICCID ' })).toEqual({ id: '007', kind: 'iccid' });
  });
});
