import { describe, expect, test } from 'vitest';
import { readInvocation } from '../../main/config.ts';

function options(...argv: readonly string[]) {
  const read = readInvocation(argv, {});
  if (!read.ok) throw new Error(read.error);
  if (read.value.kind !== 'run') throw new Error(read.value.kind);
  return read.value.options;
}

describe('a value may begin with a dash', () => {
  test('as a word to leave out does, and a number below zero', () => {
    const given = options('messages', '--query', '-hello', '--json', '--limit', '-1');
    expect([given.text('query'), given.has('json'), given.text('limit')]).toEqual(['-hello', true, '-1']);
  });

  test('for standard output it is one', () => expect(options('export', '--output', '-').text('output')).toBe('-'));

  test('behind an equals sign with two', () =>
    expect(options('messages', '--query=--hello').text('query')).toBe('--hello'));

  test('but what stands behind a switch, or behind two dashes alone, is none', () => {
    expect(readInvocation(['messages', '--json', '-x'], {}).ok).toBe(false);
    expect(options('service', 'systemd', '--', '--query', '-x').positionals).toEqual(['systemd', '--query', '-x']);
  });
});

test.each(['-v', '-V', '--version'])('%s is the version', (word) =>
  expect(readInvocation([word], {})).toEqual({ ok: true, value: { kind: 'version' } }),
);
