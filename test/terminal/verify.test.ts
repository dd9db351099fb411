import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import {
  type ExportedText,
  exportFormats,
  type FormatName,
  firstHash,
  hashedText,
} from '../../main/core/export-row.ts';
import { sha256 } from '../../main/terminal/export.ts';
import { judge } from '../../main/terminal/verify.ts';
import { freshFolder } from '../flows/place.ts';

const judged = (path: string) => judge(createReadStream(path), path);

function sample(name: FormatName): readonly string[] {
  const format = exportFormats[name];
  let hash = firstHash;
  const rows = ['alarm', '=cmd|x', 'a "b"\nc,d', 'bye'].map((text, index) => {
    const row: ExportedText = {
      id: `abcdef-${index + 1}`,
      account: '0000123456-00001',
      deviceIds: [{ id: '7022895555', kind: 'mdn' }],
      text,
      receivedAt: '2026-11-01T00:00:00.000Z',
      platformTime: index === 1 ? '2026-11-01' : null,
      lanes: ['callback'],
    };
    hash = sha256(hashedText(hash, index + 1, row));
    return format.write({ kind: 'text', row: index + 1, text: row, hash });
  });
  return [
    ...(format.header === null ? [] : [format.header]),
    ...rows,
    format.write({ kind: 'end', count: rows.length, hash }),
  ].map((line) => line + format.lineEnd);
}

describe('what is no export', () => {
  const row = sample('ndjson')[0] ?? '';
  test.each([
    ['x.md', '# Title\n\nWords.\n'],
    ['x.csv', 'a,b,c\r\n1,2,3\r\n'],
    ['x.ndjson', row.replace(/"row":1,/, '').replace(/,"hash":"\w+"/, '')],
    ['x', 'no line end'],
    ['x', Buffer.alloc(3_000_000, 0xff)],
  ])('%s %#', async (name, content) => {
    const path = join(freshFolder(), name);
    writeFileSync(path, content);
    expect(await judged(path)).toMatchObject({ whole: false, what: 'no-export', row: null });
  });

  test.each(['ndjson', 'csv'] as const)('an export in %s whose line ends were changed is one', async (name) => {
    const path = join(freshFolder(), `x.${name}`);
    const lines = sample(name).map((line) => line.trimEnd());
    writeFileSync(path, lines.join(name === 'csv' ? '\n' : '\r\n'));
    expect(await judged(path)).toMatchObject({ whole: false, what: 'changed' });
  });

  test('an export whose beginning came in many pieces is one', async () => {
    const pieces = Array.from(Buffer.from(sample('csv').join('')), (byte) => Buffer.of(byte));
    expect(await judge(Readable.from(pieces), '-')).toMatchObject({ whole: true, count: 4 });
  });
});

describe.each(['ndjson', 'csv'] as const)('every byte of an export in %s', (name) => {
  test.each([0x01, 0x20, 0x80])(`changed by %i is found, in the row where it is`, async (bits) => {
    const lines = sample(name);
    const path = join(freshFolder(), 'x');
    const whole = Buffer.from(lines.join(''));
    const starts = lines.map((_, index) => Buffer.byteLength(lines.slice(0, index).join('')));
    const offset = name === 'csv' ? 0 : 1;
    for (let at = name === 'csv' ? 4 : 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ bits;
      writeFileSync(path, flipped);
      const verdict = await judged(path);
      const place = starts.findLastIndex((start) => start <= at) + offset;
      const row = place >= 1 && place <= 4 ? place : null;
      expect({ at, whole: verdict.whole }).toEqual({ at, whole: false });
      // A lost line end or quote joins a row with the next: the first of both is named. The last row has no number.
      if (row !== null && !verdict.whole) expect({ at, row: verdict.row }).toEqual({ at, row });
    }
  });

  test('cut at any place is found', async () => {
    const whole = Buffer.from(sample(name).join(''));
    const path = join(freshFolder(), `x.${name}`);
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length));
      expect((await judged(path)).whole).toBe(false);
    }
  });
});
