import { describe, expect, test } from 'vitest';
import { measureText } from '../../preload/contract/sms-text.ts';
import { fillTemplate, placeholdersOf, valueOf } from '../../preload/contract/template.ts';
import { longestTimeToLive, timeToLiveText } from '../../preload/contract/time-to-live.ts';

describe('the length of a text to a device', () => {
  test.each([
    ['STATUS? äöü @£', '7-bit', 14, 160],
    ['{[€]}', '7-bit', 10, 160],
    ['`id`', '8-bit-ASCII', 4, 140],
    ['żółć', '8-bit-UTF-8', 8, 140],
    ['ok 👍', '8-bit-UTF-8', 7, 140],
  ] as const)('of %j is counted in %s', (text, encoding, used, limit) => {
    expect(measureText(text)).toMatchObject({ encoding, used, limit, outside: null });
  });

  test('names what the chosen encoding does not hold, and what ThingSpace may refuse', () => {
    expect(measureText('ok 👍 ç', '7-bit').outside).toBe('👍');
    expect(measureText('café', '8-bit-ASCII').outside).toBe('é');
    expect(measureText("it's <a> \\n").refusable).toEqual(["'", '<', '\\']);
    expect(measureText('plain').refusable).toEqual([]);
  });
});

test.each([
  [3600, '000000010000000R'],
  [60, '000000000100000R'],
  [longestTimeToLive, '000005000000000R'],
  [90_061, '000001010101000R'],
])('a time to live of %d s is written as %s', (seconds, text) => {
  expect(timeToLiveText(seconds)).toBe(text);
});

describe('a command with places', () => {
  test('is filled by name, and keeps what has no value and braces around anything else', () => {
    const text = 'APN {apn} {user} {apn} {"json":1} {1}';
    expect(placeholdersOf(text)).toEqual(['apn', 'user']);
    expect(fillTemplate(text, { apn: '$&net', toString: 'x' })).toBe('APN $&net {user} $&net {"json":1} {1}');
  });

  test('has no value under a name that every object knows, unless one was given', () => {
    expect(valueOf({}, 'constructor')).toBe('');
    expect(valueOf({ constructor: 'x' }, 'constructor')).toBe('x');
  });
});
