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

/** Where hits lie so close together (rows for each hit), reading all rows between them is faster than finding each. */
const closeTogether = 4;

type Place = readonly [sequence: number, device: number];

/** The device of each of some hits, oldest first; hits without a device are left out. */
function createDevicesOf(database: Database) {
  const each = database
    .prepare<[string], Place>(
      'SELECT sequence, device FROM heard WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence',
    )
    .raw();
  const between = database
    .prepare<[number, number], Place>(
      'SELECT sequence, device FROM heard WHERE sequence BETWEEN ? AND ? ORDER BY sequence',
    )
    .raw();
  return (hits: Uint32Array, use: (sequence: number, device: number) => void): void => {
    const [first, last] = [hits.at(0) ?? 0, hits.at(-1) ?? 0];
    if (last - first >= hits.length * closeTogether) {
      for (const [sequence, device] of each.iterate(JSON.stringify([...hits]))) use(sequence, device);
      return;
    }
    let next = 0;
    for (const [sequence, device] of between.iterate(first, last)) {
      while ((hits[next] ?? Number.POSITIVE_INFINITY) < sequence) next++;
      if (hits[next] === sequence) use(sequence, device);
    }
  };
}

/** Groups the hits of a query by device, the newest first. What was grouped last is remembered: only newer hits are added. */
export function createGroups(database: Database) {
  const devicesOf = createDevicesOf(database);
  let known: Known | null = null;

  return (key: string, found: Found | null): readonly Group[] => {
    if (found === null) return [];
    const { hits, changeable } = found;
    const isMore =
      known !== null && known.key === key && !changeable && (hits.at(known.count - 1) ?? known.last) === known.last;
    const start = isMore && known !== null && known.count <= hits.length ? known : null;
    const groups = new Map(start?.groups);
    for (let from = start?.count ?? 0; from < hits.length; from += hitsAtOnce)
      devicesOf(hits.subarray(from, from + hitsAtOnce), (sequence, device) => {
        const group = groups.get(device);
        groups.set(device, { device, last: sequence, found: (group?.found ?? 0) + 1 });
      });
    known = { key, count: hits.length, last: hits.at(-1) ?? 0, groups };
    return [...groups.values()].sort((a, b) => b.last - a.last);
  };
}
