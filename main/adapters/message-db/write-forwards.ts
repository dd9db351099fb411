import type { Database } from 'better-sqlite3';
import type { ForwardResult } from '../../../preload/contract/forward.ts';
import type { ForwardLane } from '../../core/forward.ts';
import type { ForwardTable, NextForward } from './forward-table.ts';
import type { Handlers } from './protocol.ts';

/* What is sent on to endpoints, and what became of it. Each function runs inside a transaction that the caller commits. */

const states = ['pending', 'delivered', 'parked', 'stopped'] as const;

interface Row {
  readonly key: string;
  readonly state: number;
  readonly attempts: number;
  readonly status: number | null;
  readonly reason: string | null;
  readonly at: number | null;
}

/** What is sent by hand to an endpoint stands under a key with its URL alone: no rule has one like it. */
function replayKey(url: string): string {
  return JSON.stringify([url]);
}

/** A rule's key is JSON that begins with its URL (core/forward.ts). */
function partsOf(key: string): readonly unknown[] {
  const parts: unknown = JSON.parse(key);
  return Array.isArray(parts) ? parts : [];
}

function resultOf({ key, state, at, ...rest }: Row): ForwardResult {
  const [url, ...others] = partsOf(key);
  return {
    url: String(url),
    replay: others.length === 0,
    state: states[state] ?? 'pending',
    ...rest,
    at: at === null ? null : new Date(at).toISOString(),
  };
}

function createBegin(database: Database): Handlers<ForwardTable>['forwardBegin'] {
  const retire = database.prepare<[]>('UPDATE forward_rule SET active = 0 WHERE active = 1');
  // One that comes back after it was left out begins anew: what came meanwhile was not meant for it.
  const insert = database.prepare<[string, number]>(
    `INSERT INTO forward_rule (key, through, active) VALUES (?, ?, 1)
     ON CONFLICT (key) DO UPDATE SET active = 1, through = iif(active = 2, through, excluded.through)`,
  );
  const keep = database.prepare<[string]>('UPDATE forward_rule SET active = 2 WHERE active = 1 AND key = ?');
  const through = database.prepare<[string], number>('SELECT through FROM forward_rule WHERE key = ?').pluck();
  const lanes = database.prepare<[], ForwardLane>(
    `SELECT DISTINCT r.key AS rule, f.device FROM forward_rule r JOIN forward f ON f.rule = r.id
     WHERE r.active = 1 AND f.state = 0`,
  );
  return ({ rules, newest }) => {
    for (const rule of rules) keep.run(rule);
    retire.run();
    for (const rule of rules) insert.run(rule, newest);
    return {
      through: Object.fromEntries(rules.map((rule) => [rule, through.get(rule) ?? newest])),
      lanes: lanes.all(),
    };
  };
}

function createNoteReplay(database: Database): Handlers<ForwardTable>['forwardNoteReplay'] {
  const rule = database.prepare<[string]>('INSERT OR IGNORE INTO forward_rule (key, through, active) VALUES (?, 0, 0)');
  const note = database.prepare<[string, number, number, number, number | null, string | null]>(
    `INSERT INTO forward (rule, sequence, device, state, attempts, at, status, reason)
     VALUES ((SELECT id FROM forward_rule WHERE key = ?), ?, '', ?, 1, ?, ?, ?)
     ON CONFLICT (sequence, rule) DO UPDATE SET state = excluded.state, attempts = attempts + 1, at = excluded.at,
     status = excluded.status, reason = excluded.reason`,
  );
  return ({ sequence, url, status, reason, at }) => {
    const key = replayKey(url);
    rule.run(key);
    note.run(key, sequence, states.indexOf(reason === null ? 'delivered' : 'parked'), at, status, reason);
    return null;
  };
}

export function createForwardHandlers(database: Database): Handlers<ForwardTable> {
  const ruleId = database.prepare<[string], number>('SELECT id FROM forward_rule WHERE key = ?').pluck();
  const advance = database.prepare<[string, number]>(
    `INSERT INTO forward_rule (key, through, active) VALUES (?, ?, 1)
     ON CONFLICT (key) DO UPDATE SET through = max(through, excluded.through)`,
  );
  const add = database.prepare<[number, number, string]>(
    'INSERT OR IGNORE INTO forward (rule, sequence, device) VALUES (?, ?, ?)',
  );
  const next = database.prepare<[string, string], NextForward>(
    `SELECT id AS number, sequence, attempts, first_at AS firstAt, next_at AS nextAt FROM forward
     WHERE state = 0 AND rule = (SELECT id FROM forward_rule WHERE key = ?) AND device = ? ORDER BY id LIMIT 1`,
  );
  const note = database.prepare<[number, number, number, number, number | null, string | null, number]>(
    `UPDATE forward SET state = ?, attempts = attempts + 1, first_at = coalesce(first_at, ?), next_at = ?, at = ?,
     status = ?, reason = ? WHERE id = ?`,
  );
  const stop = database.prepare<[number, string, string]>(
    `UPDATE forward SET state = 3, at = ?, reason = ?
     WHERE state = 0 AND rule = (SELECT id FROM forward_rule WHERE key = ?)`,
  );
  const of = database.prepare<[number], Row>(
    `SELECT r.key, f.state, f.attempts, f.status, f.reason, f.at FROM forward f JOIN forward_rule r ON r.id = f.rule
     WHERE f.sequence = ? ORDER BY f.id`,
  );
  const retire = database.prepare<[string]>('UPDATE forward_rule SET active = 0 WHERE key = ?');
  return {
    forwardBegin: createBegin(database),
    forwardAdd({ rule, through, texts }) {
      advance.run(rule, through);
      const id = ruleId.get(rule) ?? 0;
      for (const { sequence, device } of texts) add.run(id, sequence, device);
      return null;
    },
    forwardNext: ({ rule, device }) => next.get(rule, device) ?? null,
    forwardNote({ number, state, at, nextAt, status, reason }) {
      note.run(states.indexOf(state), at, nextAt, at, status, reason, number);
      return null;
    },
    forwardStop({ rule, reason, at }) {
      stop.run(at, reason, rule);
      retire.run(rule);
      return null;
    },
    forwardNoteReplay: createNoteReplay(database),
    forwardsOf: ({ sequence }) => of.all(sequence).map(resultOf),
  };
}
