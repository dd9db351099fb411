import type { Database } from 'better-sqlite3';
import type { OldTexts } from '../../core/ports.ts';
import { type Indexer, spanBits } from './index-words.ts';

/* Rows that were received before a time and may be deleted. The writer looks at each once more. */

export interface Old {
  count(at: number): OldTexts;
  /** Sequences, ascending. */
  find(at: number, limit: number): readonly number[];
}

const fromOld = `
FROM message m WHERE m.sequence < (SELECT (max(number) + 1) << ${spanBits} FROM span WHERE first_at < @at)
  AND m.received_at < @at AND m.sequence NOT IN (SELECT sequence FROM unanswered)
  AND NOT EXISTS (SELECT 1 FROM unacknowledged u WHERE u.account = m.account AND u.sequence = m.sequence)`;

export function createOld(database: Database, indexer: Indexer): Old {
  const count = database.prepare<[{ at: number }], OldTexts>(
    `SELECT count(*) AS texts, min(m.received_at) AS oldest, max(m.received_at) AS newest ${fromOld}`,
  );
  const find = database
    .prepare<[{ at: number; limit: number }], number>(`SELECT m.sequence ${fromOld} ORDER BY m.sequence LIMIT @limit`)
    .pluck();
  return {
    count(at) {
      indexer.indexAll();
      return count.get({ at }) ?? { texts: 0, oldest: null, newest: null };
    },
    find(at, limit) {
      indexer.indexAll();
      return find.all({ at, limit });
    },
  };
}
