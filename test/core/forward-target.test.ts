import { describe, expect, test } from 'vitest';
import { forwardRefusal, isPrivateAddress } from '../../main/core/forward-target.ts';

describe('where texts may be sent on to', () => {
  test.each([
    'http://localhost:3000/sms',
    'http://app.localhost/',
    'http://127.0.0.1:8080',
    'http://127.9.9.9/',
    'http://10.1.2.3/x',
    'https://192.168.1.20/x?a=b',
    'http://172.31.0.1',
    'http://169.254.1.1/',
    'http://100.64.0.1/',
    'http://[::1]:3000/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:127.0.0.1]/',
  ])('%s is near, and needs no yes', (url) => {
    expect(forwardRefusal(url, false)).toBeNull();
  });

  test.each([
    'https://8.8.8.8/',
    'https://[2001:db8::1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[::ffff:808:808]/',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
  ])('%s is outside: it takes a yes, and https', (url) => {
    expect(forwardRefusal(url, false)).toContain('--forward-anywhere');
    expect(forwardRefusal(url, true)).toBeNull();
    expect(forwardRefusal(url.replace('https', 'http'), true)).toContain('https only');
  });

  test.each([
    'http://134744072/',
    'http://0x08080808/',
    'http://010.8.8.8/',
    'http://8.8.2056/',
    'http://127.1/',
    'http://10.0.0.256/',
    'http://10.0.0.1./',
  ])('%s may be any address, and is refused', (url) => {
    expect(forwardRefusal(url, false)).toContain('usual form');
    expect(forwardRefusal(url, true)).toContain('usual form');
  });

  test.each(['ftp://localhost/', 'localhost:3000', 'http://', 'http:// x', 'http://user@localhost/', 'javascript:x'])(
    '%s is refused',
    (url) => {
      expect(forwardRefusal(url, true)).not.toBeNull();
    },
  );

  test('a name is what its addresses are; one of them outside is enough', () => {
    const url = 'http://hooks.example.com/sms';
    expect(forwardRefusal(url, false)).toBeNull();
    expect(forwardRefusal(url, false, ['10.0.0.1', 'fd00::1'])).toBeNull();
    for (const resolved of [[], ['8.8.8.8'], ['10.0.0.1', '8.8.8.8']]) {
      expect(forwardRefusal(url, false, resolved)).toContain('--forward-anywhere');
      expect(forwardRefusal(url, true, resolved)).toContain('https only');
    }
  });

  test('an address is judged as a resolver writes it', () => {
    for (const near of ['::1', 'fe80::1%eth0', '::ffff:10.0.0.1', 'fdab::1']) expect(isPrivateAddress(near)).toBe(true);
    for (const far of ['', '::', '0.0.0.0', 'fc::1', '::ffff:8.8.8.8', '1.1.1.1', 'fec0::1'])
      expect(isPrivateAddress(far)).toBe(false);
  });
});
