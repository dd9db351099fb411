import { describe, expect, it } from 'vitest';
import { checkPublicUrl, hostOf, isCallbackPort, isPrivateHost } from '../../main/core/public-url.ts';

const outside = { loopbackAllowed: false };
const here = { loopbackAllowed: true };

describe('a public URL that ThingSpace can call', () => {
  it.each([
    ['https://sms.example.com', 'https://sms.example.com'],
    ['https://sms.example.com/', 'https://sms.example.com'],
    ['HTTPS://SMS.Example.com:9001/hook/', 'https://sms.example.com:9001/hook'],
    ['http://sms.example.com', 'http://sms.example.com'],
    ['http://sms.example.com:80', 'http://sms.example.com:80'],
    ['https://203.0.113.9:28220', 'https://203.0.113.9:28220'],
    ['https://[2001:db8::1]:50559', 'https://[2001:db8::1]:50559'],
  ])('%s is %s', (given, origin) => {
    expect(checkPublicUrl(given, outside)).toEqual({ ok: true, value: origin });
  });

  it('may be on this computer only where the service is too, and the rule of ports holds there as well', () => {
    expect(checkPublicUrl('http://127.0.0.1:9003', here)).toEqual({ ok: true, value: 'http://127.0.0.1:9003' });
    expect(checkPublicUrl('http://127.0.0.1:9003', outside).ok).toBe(false);
    expect(checkPublicUrl('http://127.0.0.1:9007', here).ok).toBe(false);
    expect(checkPublicUrl('http://192.168.1.20:80', here).ok).toBe(false);
  });
});

describe('a public URL that it cannot call is refused with the reason', () => {
  it.each([
    ['sms.example.com', 'is no URL'],
    ['https://user@sms.example.com', 'is no URL'],
    ['https://sms.example.com/?a=1', 'is no URL'],
    ['https://sms.example.com/#a', 'is no URL'],
    ['ftp://sms.example.com:80', 'not ftp:'],
    ['https://sms.example.com:8443', 'port 8443'],
    ['https://sms.example.com:99999', 'port 99999'],
    ['http://sms.example.com:9001', 'only on port 80'],
    ['https://localhost', 'from outside'],
    ['https://intranet', 'from outside'],
    ['https://printer.local', 'from outside'],
    ['https://10.1.2.3', 'from outside'],
    ['https://172.16.0.1', 'from outside'],
    ['https://169.254.1.1', 'from outside'],
    ['https://100.64.0.1', 'from outside'],
    ['https://[::1]', 'from outside'],
    ['https://[fd00::1]', 'from outside'],
  ])('%s', (given, reason) => {
    expect(checkPublicUrl(given, outside)).toEqual({ ok: false, error: expect.stringContaining(reason) });
  });
});

describe('the parts of the rule', () => {
  it('ports at both ends of each range', () => {
    const allowed = [80, 443, 9001, 9006, 50_551, 50_559, 28_200, 28_220];
    const refused = [0, 79, 444, 9000, 9007, 50_550, 50_560, 28_199, 28_221];
    expect(allowed.every(isCallbackPort)).toBe(true);
    expect(refused.some(isCallbackPort)).toBe(false);
  });

  it('hosts next to the private ranges are public', () => {
    for (const host of ['172.15.0.1', '172.32.0.1', '192.169.0.1', '100.63.0.1', '100.128.0.1', '11.0.0.1'])
      expect(isPrivateHost(host)).toBe(false);
  });

  it('the host of a URL is shown without a user name', () => {
    expect(hostOf('https://user:pass@ops.example.com:9001/a?b')).toBe('ops.example.com:9001');
    expect(hostOf('no url')).toBe('no url');
  });
});
