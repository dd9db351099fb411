import type { ServerResponse } from 'node:http';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ExportTarget } from '../services/export-texts.ts';
import type { ExportOrder, WindowExports } from '../services/window-exports.ts';
import { answerEmpty, writeHead } from './respond.ts';

const types: Readonly<Record<ExportOrder['format'], string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

const ended = 'The browser ended the download. Nothing whole was saved; begin it again.';

/** A download as an export writes it: no faster than the browser takes it, and broken off unless it is whole. */
function targetOf(response: ServerResponse): ExportTarget {
  return {
    write: (text) =>
      new Promise<Result<void, string>>((resolve) => {
        const done = (result: Result<void, string>): void => {
          response.off('drain', drained);
          response.off('close', closed);
          resolve(result);
        };
        const drained = (): void => done(ok(undefined));
        const closed = (): void => done(fail(ended));
        if (response.destroyed) return resolve(fail(ended));
        if (response.write(text)) return resolve(ok(undefined));
        response.once('drain', drained);
        response.once('close', closed);
      }),
    finish: () =>
      new Promise((resolve) => {
        response.once('close', () => resolve(response.writableFinished ? ok(undefined) : fail(ended)));
        response.end();
      }),
    async abandon() {
      response.destroy();
    },
  };
}

/** Answers the request by which a browser fetches an export that a window began. */
export async function answerExport(exports: WindowExports, id: string, response: ServerResponse): Promise<void> {
  const order = exports.waiting(id);
  if (order === null) return answerEmpty(response, 404);
  const disposition = `attachment; filename="${order.fileName}"`;
  writeHead(response, 200, { 'Content-Type': types[order.format], 'Content-Disposition': disposition });
  await exports.pour(id, targetOf(response));
}
