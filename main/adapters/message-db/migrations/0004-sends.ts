import type { Database } from 'better-sqlite3';

/*
 *   send    a text to a device, kept before ThingSpace is asked. known_device: whom it is to. body: all of it but its id and reports, as JSON.
 *           waiting: what became of waiting for an answer; null where none is awaited. after: the newest text then.
 *   report  what the network said of a request, ours or not. confirmation, fault: empty where there is none
 *   bench   a run of a script on a device, as JSON
 */
const schema = `
CREATE TABLE send (
  id INTEGER PRIMARY KEY, account INTEGER NOT NULL, known_device INTEGER, request_id TEXT, state TEXT NOT NULL,
  waiting TEXT, asked_at INTEGER NOT NULL, after INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX send_by_request ON send (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX send_to_device ON send (known_device, id);
CREATE INDEX send_by_account ON send (account, id);
CREATE INDEX send_without_end ON send (state, id) WHERE state IN ('asking', 'queued', 'unknown');
CREATE INDEX send_by_time ON send (asked_at);
CREATE TABLE report (
  id INTEGER PRIMARY KEY, request_id TEXT NOT NULL, account TEXT, device INTEGER NOT NULL, status TEXT NOT NULL,
  confirmation TEXT NOT NULL, fault TEXT NOT NULL, meaning TEXT NOT NULL, received_at INTEGER NOT NULL,
  UNIQUE (request_id, device, status, confirmation, fault)
) STRICT;
CREATE INDEX report_by_time ON report (received_at);
CREATE TABLE bench (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
`;

interface OldSent {
  readonly id: number;
  readonly request_id: string;
  readonly account: number;
  readonly name: string;
  readonly known_device: number | null;
  readonly identifiers: string;
  readonly text: string;
  readonly sent_at: number;
}

function bodyOf(old: OldSent): string {
  const pairs: readonly (readonly [string, string])[] = JSON.parse(old.identifiers);
  const [kind, id] = pairs[0] ?? ['', ''];
  const at = new Date(old.sent_at).toISOString();
  return JSON.stringify({
    account: old.name,
    to: { id, kind },
    text: old.text,
    encoding: '7-bit',
    timeToLiveSeconds: null,
    askedAt: at,
    requestId: old.request_id,
    requestIdInferred: false,
    state: 'queued',
    history: [{ state: 'queued', at }],
    reason: null,
    service: null,
    awaited: null,
  });
}

/** The fourth schema: texts to devices from before they are asked for to their end, in place of those that were taken. */
export function createSends(database: Database): void {
  database.exec(schema);
  const insert = database.prepare<[number, number, number | null, string, number, string]>(
    `INSERT INTO send (id, account, known_device, request_id, state, asked_at, after, body)
     VALUES (?, ?, ?, ?, 'queued', ?, 0, ?)`,
  );
  const olds = database
    .prepare<[], OldSent>(
      `SELECT s.*, a.name, d.identifiers FROM sent s JOIN account a ON a.id = s.account JOIN device d ON d.id = s.device`,
    )
    .all();
  for (const old of olds) insert.run(old.id, old.account, old.known_device, old.request_id, old.sent_at, bodyOf(old));
  database.exec(`
    INSERT INTO report (id, request_id, account, device, status, confirmation, fault, meaning, received_at)
    SELECT id, request_id, account, device, status, '', '', iif(status = 'Failed', 'failed', 'sent'), received_at
    FROM delivery ORDER BY id;
    DROP TABLE sent;
    DROP TABLE delivery;
  `);
}
