import type { Database } from 'better-sqlite3';
import type { Delivery, DeviceId } from '../../../preload/contract/message.ts';
import type { Send } from '../../../preload/contract/sends.ts';
import { changed } from '../../core/send-changes.ts';
import type { IncomingReport, NewSend } from '../../core/send-ledger.ts';
import type { Handlers } from './protocol.ts';
import { identifierText, readIdentifier } from './rows.ts';
import { createFindNames, createFindReports, createToSend, type SendRow } from './send-rows.ts';
import type { SendTable } from './send-table.ts';
import type { Placer } from './write-devices.ts';
import type { Memory } from './write-memory.ts';

/* Texts to devices and what is reported of them. Each function runs inside a transaction that the caller commits. */

/** A report counts as that of a text whose answer was lost when it comes within this time of it (milliseconds). */
const inferredWithinMs = 10 * 60_000;

function newSend({ account, to, text, encoding, timeToLiveSeconds, expected, askedAt }: NewSend): Omit<Send, 'id'> {
  const at = new Date(askedAt).toISOString();
  return {
    account,
    to,
    text,
    encoding,
    timeToLiveSeconds,
    askedAt: at,
    requestId: null,
    requestIdInferred: false,
    state: 'asking',
    history: [{ state: 'asking', at }],
    reason: null,
    service: null,
    deliveries: [],
    awaited: expected && {
      expected,
      dueAt: new Date(askedAt + expected.seconds * 1000).toISOString(),
      result: 'waiting',
      reply: null,
      reason: null,
    },
  };
}

/** Reports are kept in rows of their own. */
function bodyOf({ deliveries: _reports, ...kept }: Omit<Send, 'id'>): string {
  return JSON.stringify(kept);
}

function createRows(database: Database, placer: Placer) {
  const insert = database.prepare<[number, number | null, string | null, number, number, string]>(
    `INSERT INTO send (account, known_device, state, waiting, asked_at, after, body) VALUES (?, ?, 'asking', ?, ?, ?, ?)`,
  );
  const update = database.prepare<[string | null, string, string | null, string, number]>(
    'UPDATE send SET request_id = ?, state = ?, waiting = ?, body = ? WHERE id = ?',
  );
  const select = database.prepare<[number], SendRow>('SELECT id, known_device, after, body FROM send WHERE id = ?');
  const toSend = createToSend(database);
  return {
    add(memory: Memory, given: NewSend): Send {
      const send = newSend(given);
      const device = placer.see(memory, memory.dictionary.device([given.to]).number);
      const account = memory.dictionary.account(given.account);
      const waiting = send.awaited?.result ?? null;
      const body = bodyOf(send);
      const { lastInsertRowid } = insert.run(account, device, waiting, given.askedAt, memory.newest, body);
      return { id: Number(lastInsertRowid), ...send };
    },
    find(id: number): Send | null {
      const row = select.get(id);
      return row ? toSend(row) : null;
    },
    save(send: Send): Send {
      const { id, ...rest } = send;
      update.run(send.requestId, send.state, send.awaited?.result ?? null, bodyOf(rest), id);
      return send;
    },
  };
}

function withReport(send: Send, { meaning, fault, receivedAt }: Delivery): Send {
  return changed(send, { kind: 'reported', meaning, fault, at: Date.parse(receivedAt) });
}

/** Finds which text a request belongs to where ThingSpace's answer was lost: only if there is no other it could be. */
function createInference(database: Database) {
  const names = createFindNames(database);
  const lost = database
    .prepare<[{ account: string; identifiers: string; from: number; to: number }], number>(
      `SELECT s.id FROM send s JOIN account a ON a.id = s.account
       WHERE s.state IN ('asking', 'unknown') AND s.request_id IS NULL AND a.name = @account
         AND s.asked_at BETWEEN @from AND @to AND s.known_device IN
           (SELECT h.device FROM json_each(@identifiers) AS one JOIN holder h ON h.identifier = one.value)`,
    )
    .pluck();
  const orphans = database
    .prepare<[{ account: string; names: string; from: number; to: number }], string>(
      `SELECT DISTINCT r.request_id FROM report r
       WHERE r.received_at BETWEEN @from AND @to AND r.account = @account
         AND r.device IN (SELECT value FROM json_each(@names))
         AND NOT EXISTS (SELECT 1 FROM send s WHERE s.request_id = r.request_id)`,
    )
    .pluck();
  const device = database.prepare<[number], number | null>('SELECT known_device FROM send WHERE id = ?').pluck();
  const textsTo = (account: string, ids: readonly DeviceId[], from: number, to: number) =>
    lost.all({ account, identifiers: JSON.stringify(ids.map(identifierText)), from, to });
  return {
    /** The text without an answer that a report must be about. */
    sendOf({ account, deviceIds, receivedAt }: Delivery): number | null {
      if (account === null) return null;
      const to = Date.parse(receivedAt);
      const found = textsTo(account, deviceIds, to - inferredWithinMs, to);
      return found.length === 1 ? (found[0] ?? null) : null;
    },
    /** The request that a text without an answer must have been. */
    requestOf({ id, account, to: given, askedAt }: Send): string | null {
      const from = Date.parse(askedAt);
      const to = from + inferredWithinMs;
      const found = orphans.all({ account, names: JSON.stringify(names(device.get(id) ?? null)), from, to });
      const isOnly = textsTo(account, [given], from - inferredWithinMs, to).length === 1;
      return found.length === 1 && isOnly ? (found[0] ?? null) : null;
    },
  };
}

export function createSendHandlers(database: Database, memory: () => Memory, placer: Placer): Handlers<SendTable> {
  const rows = createRows(database, placer);
  const reports = createFindReports(database);
  const inference = createInference(database);
  const byRequest = database.prepare<[string], number>('SELECT id FROM send WHERE request_id = ?').pluck();
  const anyLost = database
    .prepare<[string | null], number>(
      `SELECT 1 FROM send s JOIN account a ON a.id = s.account
       WHERE s.state IN ('asking', 'unknown') AND s.request_id IS NULL AND a.name = ?`,
    )
    .pluck();
  const insertReport = database.prepare<
    [string, string | null, number, string, string, string, Delivery['meaning'], number]
  >(
    `INSERT OR IGNORE INTO report (request_id, account, device, status, confirmation, fault, meaning, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const heldBy = database.prepare<[number], string>('SELECT identifier FROM holder WHERE device = ?').pluck();
  const saveBench = database.prepare<[string, number, string]>(
    'INSERT INTO bench (id, started_at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );

  /** A text whose request is known from now on: what was reported of it before counts too. */
  function withRequest(send: Send, requestId: string, inferred: boolean, at: number): Send {
    const known = changed(send, { kind: 'taken', requestId, inferred, at });
    const found = reports(requestId);
    return { ...found.reduce(withReport, known), deliveries: found };
  }

  function keep({ delivery, isDelivery }: IncomingReport, belongs: boolean): boolean {
    if (!isDelivery && !belongs && anyLost.get(delivery.account) === undefined) return false;
    const { requestId, account, deviceIds, status, confirmation, fault, meaning, receivedAt } = delivery;
    const { number } = memory().dictionary.device(deviceIds);
    const at = Date.parse(receivedAt);
    insertReport.run(requestId, account, number, status, confirmation ?? '', fault ?? '', meaning, at);
    return true;
  }

  function lostTextOf(delivery: Delivery): Send | null {
    const id = inference.sendOf(delivery);
    const send = id === null ? null : rows.find(id);
    // While ThingSpace may still answer, its answer says what the request is.
    return send?.state === 'unknown' ? send : null;
  }

  return {
    sendAsk: (given) => rows.add(memory(), given),
    sendChange({ id, change }) {
      const send = rows.find(id);
      if (!send) return null;
      if (change.kind === 'taken') return rows.save(withRequest(send, change.requestId, change.inferred, change.at));
      const next = changed(send, change);
      const requestId = next.state === 'unknown' && next.requestId === null ? inference.requestOf(next) : null;
      return rows.save(requestId === null ? next : withRequest(next, requestId, true, change.at));
    },
    sendReport(report) {
      const { delivery } = report;
      const id = byRequest.get(delivery.requestId);
      const known = id === undefined ? null : rows.find(id);
      const lost = known ? null : lostTextOf(delivery);
      const kept = keep(report, known !== null || lost !== null);
      if (lost)
        return { kept, send: rows.save(withRequest(lost, delivery.requestId, true, Date.parse(delivery.receivedAt))) };
      if (!known) return { kept, send: null };
      return { kept, send: rows.save({ ...withReport(known, delivery), deliveries: reports(known.requestId) }) };
    },
    sendIdentifiers(device) {
      const known = placer.see(memory(), memory().dictionary.device([device]).number);
      const held = known === null ? [] : heldBy.all(known).map(readIdentifier);
      return [device, ...held.filter(({ id, kind }) => id !== device.id || kind !== device.kind)];
    },
    benchSave(run) {
      saveBench.run(run.id, Date.parse(run.startedAt), JSON.stringify(run));
      return null;
    },
  };
}
