import { describe, expect, test } from 'vitest';
import { deepLinkAmong, parseDeepLink, viewFragment } from '../../main/core/deep-link.ts';

describe('a link', () => {
  test('names a message', () => {
    expect(parseDeepLink('thingspace-sms://message/01JABC_x-9')).toEqual({ kind: 'message', id: '01JABC_x-9' });
  });

  test('names a device', () => {
    expect(parseDeepLink('thingspace-sms://device/42')).toEqual({ kind: 'device', device: 42 });
  });

  test.each([
    'thingspace-sms://device/',
    'thingspace-sms://device/0',
    'thingspace-sms://device/-1',
    'thingspace-sms://device/042',
    'thingspace-sms://device/4.2',
    'thingspace-sms://device/1e3',
    'thingspace-sms://device/42/',
    'thingspace-sms://device/42?x=1',
    'thingspace-sms://device/42\n',
    'thingspace-sms://device/abc',
    `thingspace-sms://device/${'9'.repeat(16)}`,
    'thingspace-sms://message/',
    'thingspace-sms://message/a/b',
    'thingspace-sms://message/a?x=1',
    'thingspace-sms://message/a#x',
    'thingspace-sms://message/%61',
    'thingspace-sms://message/..',
    `thingspace-sms://message/${'a'.repeat(65)}`,
    'thingspace-sms://message/a\n',
    'thingspace-sms://account.stop/x',
    'thingspace-sms://user@message/a',
    'THINGSPACE-SMS://message/a',
    'thingspace-sms:message/a',
    'https://message/a',
    ' thingspace-sms://message/a',
    '',
  ])('does nothing when it is %j', (link) => {
    expect(parseDeepLink(link)).toBeNull();
  });

  test('is found among the arguments of a second start', () => {
    expect(deepLinkAmong(['/opt/app', '--hidden', 'thingspace-sms://message/m7'])).toEqual({
      kind: 'message',
      id: 'm7',
    });
    expect(deepLinkAmong(['/opt/app', '/home/me/file.txt'])).toBeNull();
  });

  test('becomes a fragment that cannot leave its place', () => {
    expect(viewFragment({ kind: 'message', id: 'a/../b#c' })).toBe('#/message/a%2F..%2Fb%23c');
    expect(viewFragment({ kind: 'messages' })).toBe('#/');
    expect(viewFragment({ kind: 'settings' })).toBe('#/settings');
    expect(viewFragment({ kind: 'settings', section: 'way-in' })).toBe('#/settings/way-in');
    expect(viewFragment({ kind: 'device', device: 42 })).toBe('#/device/42');
  });
});
