import type { Database } from 'better-sqlite3';

/** Counts a change of devices and answers its number. */
export function createCountChange(database: Database): () => number {
  const count = database
    .prepare<[], number>('UPDATE summary SET device_changes = device_changes + 1 RETURNING device_changes')
    .pluck();
  return () => count.get() ?? 0;
}

interface Said {
  readonly nickname: string | null;
  readonly note: string;
  readonly service_name: string | null;
  readonly account: number | null;
}

/** Nothing that the person wrote is lost: where both have a name, the other's stands in the note. */
function joined(kept: Said, other: Said): Said {
  const second = kept.nickname !== null && other.nickname !== kept.nickname ? other.nickname : null;
  return {
    nickname: kept.nickname ?? other.nickname,
    note: [kept.note, second ?? '', other.note].filter((part) => part !== '').join('\n'),
    service_name: kept.service_name ?? other.service_name,
    account: kept.account ?? other.account,
  };
}

/** Makes a device one with another, which keeps its number: all of its own becomes that one's. */
export function createMergeDevices(database: Database) {
  const said = database.prepare<[number], Said>(
    'SELECT nickname, note, service_name, account FROM known_device WHERE id = ?',
  );
  const say = database.prepare<[Said & { readonly id: number }]>(
    `UPDATE known_device SET nickname = @nickname, note = @note, service_name = @service_name, account = @account
     WHERE id = @id`,
  );
  const lead = database.prepare<[number, number, number, number]>(
    'UPDATE known_device SET merged_into = ?, changed = ? WHERE id = ? OR merged_into = ?',
  );
  const moves = ['holder SET device', 'placed SET device', 'send SET known_device'].map((column) =>
    database.prepare<[number, number]>(`UPDATE ${column} = ? WHERE ${column.split(' ').at(-1)} = ?`),
  );
  return (from: number, into: number, changed: number): void => {
    const [kept, other] = [said.get(into), said.get(from)];
    if (kept && other) say.run({ ...joined(kept, other), id: into });
    lead.run(into, changed, from, from);
    for (const move of moves) move.run(into, from);
  };
}
