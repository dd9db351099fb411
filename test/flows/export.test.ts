import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RunningCommand, runCommand, startCommand } from './command.ts';
import { freshFolder } from './place.ts';
import { storeTexts } from './stored-texts.ts';

const texts = ['plain', '=HYPERLINK("x")', 'two\r\nlines, "quoted"', '+1', "'tis", 'ünï 🚚', '', 'last'];

async function exported(format: 'ndjson' | 'csv', ...rest: readonly string[]) {
  const dataDirectory = freshFolder();
  await storeTexts(
    dataDirectory,
    texts.map((text) => ({ text })),
  );
  const path = join(dataDirectory, `texts.${format}`);
  const { code, command } = await runCommand(['export', '--format', format, '--output', path, ...rest], {
    dataDirectory,
  });
  expect(command.err()).toContain('exported');
  expect(code).toBe(0);
  return { dataDirectory, path, content: readFileSync(path, 'utf8') };
}

async function verified(
  dataDirectory: string,
  path: string,
): Promise<{ code: number | null; command: RunningCommand }> {
  return runCommand(['verify', path], { dataDirectory });
}

/** Rows with their line ends, without the header of CSV. */
function rowsOf(
  format: 'ndjson' | 'csv',
  content: string,
): { readonly header: string; readonly rows: readonly string[] } {
  if (format === 'ndjson') return { header: '', rows: content.split(/(?<=\n)/) };
  const [header = '', ...rows] = content.split(/(?<=[^"]\r\n)(?=row,|\d+,|end,)/);
  return { header, rows };
}

describe('export', () => {
  test('writes each text once, oldest first, with its times and lanes, and then the count', async () => {
    const { content } = await exported('ndjson');
    const lines = content
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines.slice(0, -1).map((line) => line['text'])).toEqual(texts);
    expect(lines[0]).toEqual({
      type: 'message',
      row: 1,
      id: expect.any(String),
      account: '0000123456-00001',
      deviceIds: [{ id: '0012345', kind: 'mdn' }],
      text: 'plain',
      receivedAt: '2026-11-01T00:00:00.000Z',
      platformTime: null,
      lanes: ['callback'],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(lines.at(-1)).toEqual({ type: 'end', count: texts.length, hash: lines.at(-2)?.['hash'] });
  });

  test('both formats have the same chain, on standard output as in a file', async () => {
    const { dataDirectory, content } = await exported('ndjson');
    const { command } = await runCommand(['export', '--format', 'csv'], { dataDirectory });
    const { command: again } = await runCommand(['export'], { dataDirectory });
    expect(`${again.out.join('\n')}\n`).toBe(content);
    const hash: unknown = JSON.parse(again.out.at(-1) ?? '')['hash'];
    expect(command.out.at(-1)).toContain(String(hash));
  });

  test('a dash is standard output', async () => {
    const { dataDirectory, content } = await exported('ndjson');
    const { code, command } = await runCommand(['export', '--output', '-'], { dataDirectory });
    expect({ code, out: `${command.out.join('\n')}\n`, err: command.err() }).toEqual({
      code: 0,
      out: content,
      err: '',
    });
  });

  test('takes only what a query finds', async () => {
    const { content } = await exported('ndjson', '--query', 'last');
    expect(content.trimEnd().split('\n')).toHaveLength(2);
  });

  test('goes over more than one page', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(
      dataDirectory,
      Array.from({ length: 450 }, (_, index) => ({ text: `n${index}` })),
    );
    const { command } = await runCommand(['export', '--query', 'account:0000123456'], { dataDirectory });
    expect(
      command
        .lines()
        .slice(0, -1)
        .map((line) => line['text']),
    ).toEqual(Array.from({ length: 450 }, (_, i) => `n${i}`));
  });

  test('a file appears whole, for its user alone, and nothing else stays beside it', async () => {
    const { dataDirectory, path } = await exported('csv');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDirectory).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('a folder that is not there, a device and a link are refused in words, and an old file stays', async () => {
    const { dataDirectory, path } = await exported('csv');
    const link = join(dataDirectory, 'link.csv');
    symlinkSync(path, link);
    for (const target of [join(dataDirectory, 'no', 'x.csv'), '/dev/null', link]) {
      const { code, command } = await runCommand(['export', '--output', target], { dataDirectory });
      expect(code).toBe(1);
      expect(command.err()).toContain(target);
      expect(command.err()).not.toMatch(/\n\s+at /);
    }
    expect(existsSync(join(dataDirectory, 'no'))).toBe(false);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk behind standard output ends it with 1, in words', async () => {
    const { dataDirectory } = await exported('ndjson');
    const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
    const { status, stderr } = spawnSync(process.execPath, [cli, 'export', '--data-dir', dataDirectory], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect(stderr).toContain('the disk is full');
    expect(status).toBe(1);
  });

  test('a reader that goes away ends it quietly', async () => {
    const dataDirectory = freshFolder();
    await storeTexts(
      dataDirectory,
      Array.from({ length: 1500 }, (_, index) => ({ text: `${index} ${'long '.repeat(30)}` })),
    );
    const command = startCommand(['export'], { dataDirectory });
    command.child.stdout?.once('data', () => command.child.stdout?.destroy());
    expect(await command.exited).toBe(0);
    expect(command.err()).toBe('');
  });

  test('what cannot be read is told in words of reading', async () => {
    const dataDirectory = freshFolder();
    mkdirSync(join(dataDirectory, 'folder'));
    for (const [name, says] of [
      ['none.csv', 'there is no such file'],
      ['folder', 'it is a folder'],
    ] as const) {
      const path = join(dataDirectory, name);
      const { code, command } = await runCommand(['verify', path], { dataDirectory });
      expect({ code, err: command.err() }).toEqual({ code: 1, err: `${path} cannot be read: ${says}.\n` });
    }
  });

  test('wrong usage is told before anything is read', async () => {
    const dataDirectory = freshFolder();
    expect((await runCommand(['export', '--format', 'xml'], { dataDirectory })).code).toBe(2);
    expect((await runCommand(['verify'], { dataDirectory })).code).toBe(2);
    expect((await runCommand(['verify', join(dataDirectory, 'none.csv')], { dataDirectory })).code).toBe(1);
  });
});

describe.each(['ndjson', 'csv'] as const)('verify of %s', (format) => {
  test('says that an untouched export is whole', async () => {
    const { dataDirectory, path } = await exported(format);
    const { code, command } = await verified(dataDirectory, path);
    expect(command.out[0]).toContain(`${texts.length} rows`);
    expect(code).toBe(0);
  });

  test('reads a pipe as it reads a file', async () => {
    const { dataDirectory, path, content } = await exported(format);
    const { code, command } = await runCommand(['verify', '-'], { dataDirectory, input: content });
    expect(command.err()).toBe('');
    expect(command.out[0]).toContain(`${texts.length} rows`);
    expect(code).toBe(0);
    if (process.platform === 'win32') return;
    const pipe = 'cat "$1" | "$2" "$3" verify /dev/stdin';
    const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
    const piped = spawnSync('sh', ['-c', pipe, 'sh', path, process.execPath, cli], { encoding: 'utf8' });
    expect({ out: piped.stdout.trim(), err: piped.stderr }).toEqual({ out: command.out[0], err: '' });
  });

  test('names the first row that was removed, added, swapped or cut off', async () => {
    const { dataDirectory, path, content } = await exported(format);
    const { header, rows } = rowsOf(format, content);
    expect(rows).toHaveLength(texts.length + 1);
    const [first = '', second = '', third = ''] = rows;
    const cases: readonly (readonly [readonly string[], string])[] = [
      [[first, ...rows.slice(2)], 'Row 2 was removed'],
      [rows.slice(1), 'Row 1 was removed'],
      [[...rows.slice(0, -2), ...rows.slice(-1)], `Row ${texts.length} was removed`],
      [rows.slice(0, -1), `Row ${texts.length + 1} was removed: the file was cut short`],
      [[first, first, ...rows.slice(1)], 'was added'],
      [[first, second, 'garbage\n', ...rows.slice(2)], 'Row 3 was added'],
      [[...rows.slice(0, -1), second, ...rows.slice(-1)], `Row ${texts.length + 1}`],
      [[first, third, second, ...rows.slice(3)], 'Row 2'],
      [[...rows, second], 'added after the last'],
      [[], 'was removed'],
    ];
    for (const [changed, says] of cases) {
      writeFileSync(path, header + changed.join(''));
      const { code, command } = await verified(dataDirectory, path);
      expect(command.out.join('\n')).toContain(says);
      expect(code).toBe(1);
    }
  });
});
