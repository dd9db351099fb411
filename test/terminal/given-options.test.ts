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

describe('what every command takes', () => {
  const read = (...argv: readonly string[]) => {
    const found = readInvocation(argv, {});
    return found.ok && found.value.kind === 'run'
      ? [found.value.command.name, found.value.surroundings.dataDirectory, found.value.options.positionals]
      : found;
  };

  test('may stand before the command too', () => {
    expect(read('--data-dir', '/a', 'status')).toEqual(['status', '/a', []]);
    expect(read('--data-dir=/a', '--api-base=https://x.example', 'service', 'systemd', '--', 'serve')).toEqual([
      'service',
      '/a',
      ['systemd', 'serve'],
    ]);
  });

  test.each([[['--json', 'status']], [['--data-dir', '/a']], [['--data-dir']]])('%j has no command', (argv) =>
    expect(read(...argv)).toEqual({ ok: false, error: expect.stringContaining('The command comes first') }),
  );
});

test.each([
  ['--query', 'a'.repeat(1025), '--query takes at most 1,024 characters.'],
  ['--json', '--query', '--query needs a value.'],
])('messages %s %s is refused in words', (...words) => {
  const says = words.pop();
  expect(readInvocation(['messages', ...words], {})).toEqual({ ok: false, error: says });
});
