import type { Database } from 'better-sqlite3';
import type { BenchRun } from '../../../preload/contract/bench.ts';
import type { Handlers } from './protocol.ts';
import { createFindRows, toMessage } from './rows.ts';
import { createFindNames, createToSend, type SendRow } from './send-rows.ts';
import type { SendReadTable } from './send-table.ts';
import { createFindDevice } from './write-device-says.ts';

/** Texts of a device that are looked at for an answer: far more than come while one is awaited. */
const mostTexts = 1000;

/** What can be asked of texts to devices. */
export function createSendReading(database: Database, storeKey: string): Handlers<SendReadTable> {
  const toSend = createToSend(database);
  const names = createFindNames(database);
  const findDevice = createFindDevice(database);
  const findRows = createFindRows(database);
  const columns = 'SELECT s.id, s.known_device, s.after, s.body FROM send s';
  const find = database.prepare<[number], SendRow>(`${columns} WHERE s.id = ?`);
  const page = database.prepare<
    [{ before: number; account: string | null; device: number | null; limit: number }],
    SendRow
  >(
    `${columns} WHERE s.id < @before
       AND (@account IS NULL OR s.account = (SELECT id FROM account WHERE name = @account))
       AND (@device IS NULL OR s.known_device = @device)
     ORDER BY s.id DESC LIMIT @limit`,
  );
  const open = database.prepare<[number], SendRow>(
    `${columns} WHERE s.state IN ('asking', 'queued', 'unknown')
     UNION ${columns} WHERE (s.waiting IN ('waiting', 'failed') OR s.state = 'sent') AND s.asked_at >= ? ORDER BY 1`,
  );
  const texts = database
    .prepare<[{ after: number; names: string; limit: number }], number>(
      `SELECT sequence FROM message WHERE sequence > @after AND device IN (SELECT value FROM json_each(@names))
       ORDER BY sequence LIMIT @limit`,
    )
    .pluck();
  const benches = database
    .prepare<[number], string>('SELECT body FROM bench ORDER BY started_at DESC, id DESC LIMIT ?')
    .pluck();
  return {
    sendFind({ id }) {
      const row = find.get(id);
      return row ? toSend(row) : null;
    },
    sendPage({ account, device, before, limit }) {
      const known = device === null ? null : findDevice(device);
      if (device !== null && known === null) return [];
      return page.all({ account, device: known, before: before ?? Number.MAX_SAFE_INTEGER, limit }).map(toSend);
    },
    sendOpen: ({ since }) => open.all(since).map(toSend),
    sendTexts({ id }) {
      const row = find.get(id);
      if (!row) return [];
      const lists = JSON.stringify(names(row.known_device));
      const sequences = texts.all({ after: row.after, names: lists, limit: mostTexts });
      return findRows(sequences)
        .map((found) => toMessage(storeKey, found))
        .toReversed();
    },
    benches: ({ limit }) => benches.all(limit).map((body): BenchRun => JSON.parse(body)),
  };
}
