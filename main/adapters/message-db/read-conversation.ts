import type { Database } from 'better-sqlite3';
import type { ThreadCursor, ThreadEntry } from '../../../preload/contract/device.ts';
import type { Book } from './read-book.ts';
import { createFindRows, toMessage } from './rows.ts';
import { createToSend, type SendRow } from './send-rows.ts';

/** An entry with the time by which the two kinds are put in order (ms), and where its kind goes on. */
interface Placed {
  readonly entry: ThreadEntry;
  readonly at: number;
  readonly cursor: Partial<ThreadCursor>;
}

/** Both newest first: each keeps its own order, the later of the two heads comes next. */
function inOneOrder(texts: readonly Placed[], sent: readonly Placed[], limit: number): readonly Placed[] {
  const all: Placed[] = [];
  let [heard, told] = [0, 0];
  while (all.length < limit) {
    const [text, other] = [texts[heard], sent[told]];
    const isText = text !== undefined && (other === undefined || text.at >= other.at);
    const next = isText ? text : other;
    if (next === undefined) break;
    all.push(next);
    if (isText) heard++;
    else told++;
  }
  return all;
}

/** What came from a device and what was sent to it, newest first. */
export function createConversation(database: Database, storeKey: string, book: Book) {
  const findRows = createFindRows(database);
  const toSend = createToSend(database);
  const heard = database
    .prepare<[number, number, number], number>(
      'SELECT sequence FROM heard WHERE device = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    )
    .pluck();
  const sentTo = database.prepare<[number, number, number], SendRow>(
    'SELECT id, known_device, after, body FROM send WHERE known_device = ? AND id < ? ORDER BY id DESC LIMIT ?',
  );

  function textsOf(device: number, before: number, limit: number): readonly Placed[] {
    return findRows(heard.all(device, before, limit)).map((row) => {
      const message = toMessage(storeKey, row, book.of(device));
      return { entry: { kind: 'text', message }, at: row.received_at, cursor: { sequence: row.sequence } };
    });
  }

  function sentOf(device: number, before: number, limit: number): readonly Placed[] {
    return sentTo.all(device, before, limit).map((row) => {
      const sent = toSend(row);
      return { entry: { kind: 'sent', sent }, at: Date.parse(sent.askedAt), cursor: { sent: row.id } };
    });
  }

  return (device: number, before: ThreadCursor | null, limit: number) => {
    const start = before ?? { sequence: Number.MAX_SAFE_INTEGER, sent: Number.MAX_SAFE_INTEGER };
    const shown = inOneOrder(textsOf(device, start.sequence, limit), sentOf(device, start.sent, limit), limit);
    const next = shown.reduce((cursor, { cursor: more }) => ({ ...cursor, ...more }), start);
    return { entries: shown.map(({ entry }) => entry), next: shown.length < limit ? null : next };
  };
}
