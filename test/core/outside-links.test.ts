import { expect, test } from 'vitest';
import { isOutsideLink } from '../../main/core/outside-links.ts';

test('pages that the app names may be offered', () => {
  for (const url of ['https://thingspace.verizon.com', 'https://dashboard.ngrok.com/get-started?x=1#y'])
    expect(isOutsideLink(url), url).toBe(true);
});

test.each([
  'http://thingspace.verizon.com/',
  'https://thingspace.verizon.com.evil.example/',
  'https://evil.example/thingspace.verizon.com',
  'https://thingspace.verizon.com@evil.example/',
  'https://user:word@tailscale.com/',
  'https://tailscale.com:8443/',
  'https://tailscale.com\\@evil.example/',
  'https://tailscale.com/\u202Egnp.exe',
  'HTTPS://TAILSCALE.COM/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'thingspace-sms://message/m1',
  ' https://tailscale.com/',
  'https://tailscale.com/ x',
  `https://tailscale.com/${'x'.repeat(3_000)}`,
  '',
])('%j is refused', (url) => {
  expect(isOutsideLink(url)).toBe(false);
});
