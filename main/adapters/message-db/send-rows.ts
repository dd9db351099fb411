import type { Database } from 'better-sqlite3';
import type { Delivery } from '../../../preload/contract/message.ts';
import type { Send } from '../../../preload/contract/sends.ts';
import { unpackIdentifiers } from './rows.ts';

/* Rows of `send` and `report` as both threads read them. */

export interface SendRow {
  readonly id: number;
  readonly known_device: number | null;
  readonly after: number;
  readonly body: string;
}

interface ReportRow {
  readonly request_id: string;
  readonly account: string | null;
  readonly identifiers: string;
  readonly status: string;
  readonly confirmation: string;
  readonly fault: string;
  readonly meaning: Delivery['meaning'];
  readonly received_at: number;
}

function deliveryOf(row: ReportRow): Delivery {
  return {
    account: row.account,
    requestId: row.request_id,
    deviceIds: unpackIdentifiers(row.identifiers),
    status: row.status,
    confirmation: row.confirmation === '' ? null : row.confirmation,
    meaning: row.meaning,
    fault: row.fault === '' ? null : row.fault,
    receivedAt: new Date(row.received_at).toISOString(),
  };
}

/** What the network reported of a request, oldest first. */
export function createFindReports(database: Database): (requestId: string | null) => readonly Delivery[] {
  const select = database.prepare<[string], ReportRow>(
    `SELECT r.*, d.identifiers FROM report r CROSS JOIN device d ON d.id = r.device WHERE r.request_id = ? ORDER BY r.id`,
  );
  return (requestId) => (requestId === null ? [] : select.all(requestId).map(deliveryOf));
}

/** A row as it is told, with its reports. */
export function createToSend(database: Database): (row: SendRow) => Send {
  const reports = createFindReports(database);
  return ({ id, body }) => {
    const kept: Omit<Send, 'id' | 'deliveries'> = JSON.parse(body);
    return { id, ...kept, deliveries: reports(kept.requestId) };
  };
}

/** Numbers of the lists of identifiers that name something that a device has: what came under them is its own. */
export function createFindNames(database: Database): (device: number | null) => readonly number[] {
  const select = database
    .prepare<[number | null], number>(
      `SELECT DISTINCT i.device FROM holder h CROSS JOIN device_identifier i ON i.identifier = h.identifier
       WHERE h.device = ?`,
    )
    .pluck();
  return (device) => select.all(device);
}
