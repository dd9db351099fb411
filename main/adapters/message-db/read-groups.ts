import type { Database } from 'better-sqlite3';
import type { Found } from './read-find.ts';

/** A device among hits: the newest of its, and how many it has. */
export interface Group {
  readonly device: number;
  readonly last: number;
  readonly found: number;
}

interface Known {
  readonly key: string;
  /** How many hits were counted, and which was the last of them. */
  readonly count: number;
  readonly last: number;
  readonly groups: ReadonlyMap<number, Group>;
}

/** Hits whose devices are looked up in one go. */
const hitsAtOnce = 10_000;

/** Groups the hits of a query by device, the newest first. What was grouped last is remembered: only newer hits are added. */
export function createGroups(database: Database) {
  const devicesOf = database.prepare<[string], { sequence: number; device: number }>(
    `SELECT sequence, device FROM heard WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
  );
  let known: Known | null = null;

  return (key: string, found: Found | null): readonly Group[] => {
    if (found === null) return [];
    const { hits, changeable } = found;
    const isMore =
      known !== null && known.key === key && !changeable && (hits.at(known.count - 1) ?? known.last) === known.last;
    const start = isMore && known !== null && known.count <= hits.length ? known : null;
    const groups = new Map(start?.groups);
    for (let from = start?.count ?? 0; from < hits.length; from += hitsAtOnce) {
      const sequences = JSON.stringify([...hits.subarray(from, from + hitsAtOnce)]);
      for (const { sequence, device } of devicesOf.iterate(sequences))
        groups.set(device, { device, last: sequence, found: (groups.get(device)?.found ?? 0) + 1 });
    }
    known = { key, count: hits.length, last: hits.at(-1) ?? 0, groups };
    return [...groups.values()].sort((a, b) => b.last - a.last);
  };
}
