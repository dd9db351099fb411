import type { Database } from 'better-sqlite3';
import type { Handlers, ReadTable } from './protocol.ts';
import { type Book, createBookPage } from './read-book.ts';
import { createConversation } from './read-conversation.ts';
import { createReadDevices } from './read-devices.ts';
import type { Finder } from './read-find.ts';

type Asked = 'devices' | 'device' | 'thread' | 'unreadOf' | 'book';

/** What is asked of devices. `catchUp` brings what is derived up to the newest row. */
export function createDeviceHandlers(
  database: Database,
  storeKey: string,
  finder: Finder,
  book: Book,
  catchUp: () => void,
): Pick<Handlers<ReadTable>, Asked> {
  const devices = createReadDevices(database, storeKey, finder, book);
  const conversation = createConversation(database, storeKey, book);
  const bookPage = createBookPage(database);
  const unread = database
    .prepare<[number, number], number>('SELECT sequence FROM unread_text WHERE device = ? ORDER BY sequence LIMIT ?')
    .pluck();
  /** On one state of the database. */
  const consistently = <T>(work: () => T): T => {
    catchUp();
    return database.transaction(work)();
  };
  return {
    devices: (asked) => consistently(() => devices.page(asked)),
    device: ({ device }) => consistently(() => devices.get(devices.find(device) ?? 0)),
    thread: ({ device, before, limit }) =>
      consistently(() => {
        const known = devices.get(devices.find(device) ?? 0);
        return known && { device: known, ...conversation(known.id, before, limit) };
      }),
    unreadOf: ({ device, limit }) => consistently(() => unread.all(devices.find(device) ?? 0, limit)),
    book: ({ after }) => bookPage(after),
  };
}
