import { expect, test } from 'vitest';
import { viewFragment } from '../../main/core/deep-link.ts';
import { fragmentOf, parseFragment } from '../../renderer/view.ts';

test('a fragment that the app writes is the view that the window shows', () => {
  for (const view of [
    { kind: 'messages' },
    { kind: 'settings' },
    { kind: 'settings', section: 'way-in' },
    { kind: 'message', id: '0199-ab_C' },
    { kind: 'device', device: 42 },
  ] as const) {
    expect(parseFragment(viewFragment(view))).toEqual(view);
    expect(fragmentOf(view)).toBe(viewFragment(view));
  }
  expect(parseFragment('')).toEqual({ kind: 'messages' });
});

test.each([
  '#token=x',
  '#/message/',
  '#/message/a/b',
  '#/message/%3Cb%3E',
  '#/settings/x',
  `#/message/${'a'.repeat(65)}`,
])('%s is no view', (fragment) => expect(parseFragment(fragment)).toBeNull());
