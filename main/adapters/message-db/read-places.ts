import type { Database } from 'better-sqlite3';
import type { DeviceId } from '../../../preload/contract/message.ts';
import { endsIdentifier, isCalled } from '../../core/query.ts';
import type { Book } from './read-book.ts';
import { unpackIdentifiers } from './rows.ts';

/** Texts with a list of identifiers from a sequence on, up to another one where there is one. */
export interface Span {
  readonly names: number;
  readonly from: number;
  readonly until: number | null;
}

/** Where the texts of some devices are: all with these lists of identifiers, and some with others. */
export interface DevicePlaces {
  readonly lists: readonly number[];
  readonly spans: readonly Span[];
}

export interface Places {
  /** Numbers of the accounts whose name contains a part (in lower case). */
  accounts(part: string): readonly number[];
  /** Texts that carry an identifier that ends so, or whose device has one or is called so (in lower case). */
  devices(name: string): DevicePlaces;
  /** The only word of the index that begins so, or null where there are none or several. */
  soleWord(start: string): string | null;
}

/** Lists of identifiers, the part of each that is of the devices in question. */
function createSpansOf(database: Database) {
  const select = database.prepare<[string], Span & { readonly first: number }>(
    `SELECT p.names, p.from_sequence AS "from",
       (SELECT min(q.from_sequence) FROM placed q WHERE q.names = p.names AND q.from_sequence > p.from_sequence) AS until,
       (SELECT min(q.from_sequence) FROM placed q WHERE q.names = p.names) AS first
     FROM placed p WHERE p.device IN (SELECT value FROM json_each(?))`,
  );
  return (devices: readonly number[]) => (devices.length === 0 ? [] : select.all(JSON.stringify(devices)));
}

/** To look for one word is twice as fast as for all that begin so: the index then has nothing to put together. */
function createSoleWord(database: Database): Places['soleWord'] {
  database.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)');
  const select = database.prepare<[string], string>('SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1').pluck();
  return (start) => {
    const word = select.get(start);
    if (!word?.startsWith(start)) return null;
    return select.get(`${word}\u0001`)?.startsWith(start) ? null : word;
  };
}

/** Accounts and devices by name: few beside the texts, so they are kept in memory and looked through. */
export function createPlaces(database: Database, book: Book): Places {
  const nextLists = database.prepare<[number], { id: number; identifiers: string }>(
    'SELECT id, identifiers FROM device WHERE id > ? ORDER BY id',
  );
  const allAccounts = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM account');
  const spansOf = createSpansOf(database);
  const lists: { readonly id: number; readonly deviceIds: readonly DeviceId[] }[] = [];

  return {
    soleWord: createSoleWord(database),
    accounts: (part) =>
      allAccounts
        .all()
        .filter((account) => account.name.toLowerCase().includes(part))
        .map((account) => account.id),
    devices(name) {
      for (const { id, identifiers } of nextLists.all(lists.at(-1)?.id ?? 0))
        lists.push({ id, deviceIds: unpackIdentifiers(identifiers) });
      const found = new Set(lists.filter((list) => endsIdentifier(list.deviceIds, name)).map(({ id }) => id));
      const devices = [...book.all()].filter((device) => isCalled(device, name)).map(({ id }) => id);
      const spans: Span[] = [];
      for (const { names, from, until, first } of spansOf(devices))
        if (from === first && until === null) found.add(names);
        else if (!found.has(names)) spans.push({ names, from, until });
      return { lists: [...found].sort((a, b) => a - b), spans };
    },
  };
}
