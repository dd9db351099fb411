import type { Database } from 'better-sqlite3';

/** Stars texts, or takes the stars away; returns how many changed. Runs inside a transaction that the caller commits. */
export function createStar(database: Database) {
  const add = database.prepare<[number]>(
    'INSERT OR IGNORE INTO star (sequence) SELECT sequence FROM message WHERE sequence = ?',
  );
  const remove = database.prepare<[number]>('DELETE FROM star WHERE sequence = ?');
  // What searches remembered of stars is found anew.
  const noteChange = database.prepare<[]>('UPDATE summary SET changes = changes + 1');
  return ({ sequences, starred }: { readonly sequences: readonly number[]; readonly starred: boolean }): number => {
    const statement = starred ? add : remove;
    const changed = sequences.reduce((sum, sequence) => sum + statement.run(sequence).changes, 0);
    if (changed > 0) noteChange.run();
    return changed;
  };
}
