import type { Database } from 'better-sqlite3';

/** The sixth schema: texts that a person starred. */
export function createStars(database: Database): void {
  database.exec('CREATE TABLE star (sequence INTEGER PRIMARY KEY) STRICT');
}
