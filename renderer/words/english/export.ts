import type { Formats } from '../formats.ts';

/** What the filter shows, into a file. */
export function exportWords({ number, count: counted }: Formats) {
  return {
    title: 'Export texts',
    button: 'Export what is shown',
    all: (count: number) => `All ${counted(count, { one: 'stored text', other: 'stored texts' })}, oldest first.`,
    found: (count: number) => `${counted(count, { one: 'text', other: 'texts' })} of this search, oldest first:`,
    format: 'Format',
    formats: { csv: 'CSV', ndjson: 'NDJSON' },
    meaning: {
      csv: 'For spreadsheets: a header, a row for each text, and nothing in it that a spreadsheet would run.',
      ndjson: 'For programs: one JSON object a line.',
    },
    begin: 'Export',
    cancel: 'Cancel the export',
    progress: (written: number, total: number) => `${number(written)} of ${number(total)}`,
    states: {
      waiting: 'Waiting for the browser to fetch it…',
      running: 'Exporting…',
      done: 'Exported.',
      cancelled: 'Cancelled. No file is left.',
      failed: 'The export failed.',
    },
    hash: 'Hash of the last text',
  };
}
