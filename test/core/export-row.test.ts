import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExportRow, exportedText, exportFormats, firstHash, hashedText } from '../../main/core/export-row.ts';

const { csv, ndjson } = exportFormats;

const awkward = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.constantFrom('=1+1', "'=1", "''+x", '@a', '-5', '\tx', '\rx', '\n', '"', ',', '', "'plain", '007', ' a:b%c '),
);
const text: fc.Arbitrary<ExportRow> = fc.record({
  kind: fc.constant('text' as const),
  row: fc.nat(),
  hash: fc.constant(firstHash),
  text: fc.record({
    id: awkward,
    account: awkward,
    deviceIds: fc
      .array(fc.record({ id: awkward, kind: awkward }))
      .filter((ids) => ids.every(({ id, kind }) => id && kind)),
    text: awkward,
    receivedAt: awkward,
    platformTime: fc.oneof(
      fc.constant(null),
      awkward.filter((given) => given !== ''),
    ),
    lanes: fc.constantFrom(['callback'] as const, ['history'] as const, ['callback', 'history'] as const),
  }),
});
const end: fc.Arbitrary<ExportRow> = fc.record({
  kind: fc.constant('end' as const),
  count: fc.nat(),
  hash: fc.constant(firstHash),
});

function written(format: typeof csv, given: string): string {
  const row = exportedText({
    id: 'k-1',
    account: '0000123456-00001',
    deviceIds: [
      { id: '0012345', kind: 'mdn' },
      { id: 'a b', kind: 'imei' },
    ],
    text: given,
    receivedAt: '2026-11-01T00:00:00.000Z',
    platformTime: null,
    lanes: ['callback', 'history'],
  });
  return format.write({ kind: 'text', row: 1, text: row, hash: 'h' });
}

describe('rows of an export', () => {
  test.each([
    ['ndjson', ndjson],
    ['csv', csv],
  ])('%s reads back what it writes, whatever the text', (_, format) => {
    fc.assert(
      fc.property(fc.oneof(text, end), (row) => {
        expect(format.read(format.write(row))).toEqual(row);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'a cell that begins like a formula is guarded: %j',
    (given) => {
      const [, , , , cell = ''] = written(csv, given).split(',');
      expect(cell.replace(/^"/, '').startsWith(`'${given[0]}`)).toBe(true);
    },
  );

  test('csv keeps leading zeros, and the identifiers of a device apart', () => {
    expect(written(csv, 'a "b", c\r\nd')).toBe(
      '1,k-1,0000123456-00001,mdn:0012345 imei:a%20b,"a ""b"", c\r\nd",2026-11-01T00:00:00.000Z,,callback history,h',
    );
  });

  test('the hash covers the hash before, the number and each field', () => {
    const { text: row } = JSON.parse(
      `{"text":${JSON.stringify(exportedText({ ...JSON.parse(written(ndjson, 'x')) }))}}`,
    );
    expect(hashedText(firstHash, 1, row)).toBe(
      `${firstHash}\n1\n{"id":"k-1","account":"0000123456-00001","deviceIds":[{"id":"0012345","kind":"mdn"},{"id":"a b","kind":"imei"}],"text":"x","receivedAt":"2026-11-01T00:00:00.000Z","platformTime":null,"lanes":["callback","history"]}`,
    );
  });
});
