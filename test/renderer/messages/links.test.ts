import fc from 'fast-check';
import { expect, test } from 'vitest';
import { destinationOf, stretchesOf } from '../../../renderer/messages/links.ts';

const links = (text: string): readonly string[] =>
  stretchesOf(text).flatMap(({ kind, text }) => (kind === 'link' ? [text] : []));

test('links are found without the sentence around them', () => {
  expect(links('see https://a.example/x?y=1, (http://b.example/z). HTTPS://C.example!')).toEqual([
    'https://a.example/x?y=1',
    'http://b.example/z',
    'HTTPS://C.example',
  ]);
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'https://', 'http://[', 'www.example.com'])(
  '%s is no link',
  (text) => expect(links(text)).toEqual([]),
);

test('a link ends where something invisible begins', () => {
  expect(links('https://a.example/\u202Egnp.exe')).toEqual(['https://a.example/']);
});

test('a host in another script is written in plain letters', () => {
  expect(destinationOf('https://ex\u0430mple.com/a')).toEqual({
    host: 'xn--exmple-4nf.com',
    address: 'https://xn--exmple-4nf.com/a',
  });
});

test('nothing of a text is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('https://', 'a.example', '/', ' ', '.', 'x', '\n', '"')), (parts) => {
      const text = parts.join('');
      expect(
        stretchesOf(text)
          .map((stretch) => stretch.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
