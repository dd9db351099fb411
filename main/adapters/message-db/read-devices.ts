import type { Database } from 'better-sqlite3';
import type { Device, DeviceKey, DeviceRow } from '../../../preload/contract/device.ts';
import type { DeviceId, TextsDevice } from '../../../preload/contract/message.ts';
import { staysWithDevice } from '../../core/device.ts';
import { isNamed } from '../../core/query.ts';
import type { DevicesAsked, DevicesFound } from './protocol.ts';
import type { Book } from './read-book.ts';
import type { Finder } from './read-find.ts';
import { createGroups, type Group } from './read-groups.ts';
import { createFindRows, identifierText, readIdentifier, toMessage, unpackIdentifiers } from './rows.ts';
import { createFindDevice } from './write-device-says.ts';

/* Devices as faces see them. The tally is up to date when anything here is called. */

interface Counts {
  readonly texts: number;
  readonly unread: number;
  readonly last_sequence: number;
  readonly last_at: number | null;
}

/** Some devices of an order, how many there are, and how many of them stand above. */
interface Section {
  readonly rows: readonly Group[];
  readonly total: number;
  readonly above: number;
}

interface Listed extends Counts {
  readonly device: number;
}

export interface ReadDevices {
  /** The number of a device that is known. */
  find(key: DeviceKey): number | null;
  get(device: number): Device | null;
  page(asked: DevicesAsked): DevicesFound;
}

/** Everything about one device but its texts. */
function createGet(database: Database, book: Book) {
  const counts = database.prepare<[number], Counts>(
    'SELECT texts, unread, last_sequence, last_at FROM tally WHERE device = ?',
  );
  const said = database.prepare<[number], { note: string; account: string | null }>(
    'SELECT note, (SELECT name FROM account a WHERE a.id = k.account) AS account FROM known_device k WHERE id = ?',
  );
  const lists = database
    .prepare<[number], string>('SELECT d.identifiers FROM placed p JOIN device d ON d.id = p.names WHERE p.device = ?')
    .pluck();
  const accountOf = database
    .prepare<[number], string>('SELECT a.name FROM message m JOIN account a ON a.id = m.account WHERE m.sequence = ?')
    .pluck();

  function formerIds(device: number, held: readonly DeviceId[]): readonly DeviceId[] {
    const now = new Set(held.map(identifierText));
    const seen = lists.all(device).flatMap(unpackIdentifiers).filter(staysWithDevice).map(identifierText);
    return [...new Set(seen)].filter((text) => !now.has(text)).map(readIdentifier);
  }

  return (device: number): Device | null => {
    const known = book.of(device);
    const words = said.get(device);
    if (!known || !words) return null;
    const { texts, unread, last_sequence: last, last_at: lastAt } = counts.get(device) ?? none;
    return {
      ...known,
      note: words.note,
      formerIds: formerIds(device, known.deviceIds),
      account: accountOf.get(last) ?? words.account,
      lastTextAt: lastAt === null ? null : new Date(lastAt).toISOString(),
      texts,
      unread,
    };
  };
}

const none: Counts = { texts: 0, unread: 0, last_sequence: 0, last_at: null };

/** Whether a part of a name, or of an identifier, is so (given in lower case). */
function isFound(part: string) {
  return (device: TextsDevice): boolean =>
    isNamed(device, part) || device.deviceIds.some(({ id }) => id.toLowerCase().includes(part));
}

export function createReadDevices(database: Database, storeKey: string, finder: Finder, book: Book): ReadDevices {
  const get = createGet(database, book);
  const find = createFindDevice(database);
  const findRows = createFindRows(database);
  const groups = createGroups(database);
  /* How many texts a device has at the least stands before the limit. */
  const all = database.prepare<[number, number, number, number], Listed>(
    `SELECT * FROM tally WHERE (last_sequence, device) < (?, ?) AND texts >= ? ORDER BY last_sequence DESC, device DESC LIMIT ?`,
  );
  const some = database.prepare<[string, number, number, number, number], Listed>(
    `SELECT * FROM tally WHERE device IN (SELECT value FROM json_each(?)) AND (last_sequence, device) < (?, ?)
       AND texts >= ?
     ORDER BY last_sequence DESC, device DESC LIMIT ?`,
  );
  const count = database
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM tally WHERE (last_sequence, device) >= (?, ?) AND texts >= ?',
    )
    .pluck();
  const countSome = database
    .prepare<[string, number, number, number], number>(
      `SELECT count(*) FROM tally WHERE device IN (SELECT value FROM json_each(?)) AND (last_sequence, device) >= (?, ?)
         AND texts >= ?`,
    )
    .pluck();

  function listed({ find: part, texted, before, limit }: DevicesAsked): Section {
    const from = before ?? { sequence: Number.MAX_SAFE_INTEGER, device: 0 };
    const least = texted ? 1 : 0;
    const wanted = part === '' ? null : JSON.stringify([...book.all()].filter(isFound(part)).map(({ id }) => id));
    const rows =
      wanted === null
        ? all.all(from.sequence, from.device, least, limit)
        : some.all(wanted, from.sequence, from.device, least, limit);
    const downTo = (sequence: number, device: number): number =>
      (wanted === null ? count.get(sequence, device, least) : countSome.get(wanted, sequence, device, least)) ?? 0;
    return {
      rows: rows.map((row) => ({ device: row.device, last: row.last_sequence, found: row.texts })),
      total: downTo(0, 0),
      above: before === null ? 0 : downTo(before.sequence, before.device),
    };
  }

  function grouped({ query, find: part, before, limit }: DevicesAsked): Section {
    const found = finder.hits(query);
    const isWanted = isFound(part);
    const rows = groups(JSON.stringify(query), found).filter(({ device }) => {
      const known = book.of(device);
      return known !== undefined && (part === '' || isWanted(known));
    });
    const start = before === null ? 0 : rows.findIndex(({ last }) => last < before.sequence);
    const above = start === -1 ? rows.length : start;
    return { rows: rows.slice(above, above + limit), total: rows.length, above };
  }

  return {
    find,
    get,
    page(asked) {
      const { rows, total, above } = asked.query.length === 0 ? listed(asked) : grouped(asked);
      const newest = new Map(findRows(rows.map(({ last }) => last)).map((row) => [row.sequence, row]));
      const devices = rows.flatMap(({ device, last, found }): readonly DeviceRow[] => {
        const known = get(device);
        const row = newest.get(last);
        const latest = row ? toMessage(storeKey, row, book.of(device)) : null;
        return known ? [{ ...known, latest, found }] : [];
      });
      const end = rows.length < asked.limit ? undefined : rows.at(-1);
      return { devices, total, above, next: end ? { sequence: end.last, device: end.device } : null };
    },
  };
}
