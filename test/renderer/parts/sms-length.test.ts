import { expect, test } from 'vitest';
import { smsLength } from '../../../renderer/parts/sms-length.ts';

test('characters of the basic alphabet take one place', () => {
  expect(smsLength('STATUS? äöü @£')).toEqual({ kind: 'septets', count: 14 });
});

test('characters of the extension take two', () => {
  expect(smsLength('{[€]}')).toEqual({ kind: 'septets', count: 10 });
});

test('the first character outside is named, whole', () => {
  expect(smsLength('ok 👍 ç')).toEqual({ kind: 'outside', character: '👍' });
});
