import type { Message } from '../../../preload/contract/message.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import { canonicalDeviceId } from '../../core/message.ts';
import type { IncomingBlock, IncomingCallback, MessageStore, OpenedStore, StoredCallback } from '../../core/ports.ts';
import { parseQuery } from '../../core/query.ts';
import { createDeviceBook, type DeviceBook } from './device-book.ts';
import { createForwardLedger } from './forward-ledger.ts';
import type { Answered, CallbackOutcome, Index, Open, ReadTable, WriteTable } from './protocol.ts';
import { messageId, sequenceOf } from './rows.ts';
import { createSendLedger } from './send-ledger.ts';
import { createStoreDevices } from './store-devices.ts';
import { startThread, type Thread } from './thread.ts';
import { createWholeReading } from './whole-reading.ts';

export interface MessageStoreOptions {
  /** Folder that holds `messages.db` and what belongs to it; made when missing. */
  readonly directory: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where the threads' entry stands when a bundler has moved it. */
  readonly workerUrl?: URL;
  /** Minutes that local time is ahead of UTC at a moment given as if local time were UTC. */
  readonly timeZoneOffsetMinutes?: (localAt: number) => number;
  /** A database that turned out unreadable while open was kept at this path, and a fresh one opened. */
  readonly onSetAside?: (path: string) => void;
}

type Writer = Thread<WriteTable, Answered>;
type Reader = Thread<ReadTable, Open | Index>;

interface Threads {
  readonly writer: Writer;
  readonly reader: Reader;
  readonly storeKey: () => string;
  readonly book: DeviceBook;
}

function workerUrlOf({ workerUrl }: MessageStoreOptions): URL {
  // What is built of the sources (resources/node-package.ts) has other endings.
  return workerUrl ?? new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
}

const largestPage = 1000;
/** Rows in one transaction: a text that comes meanwhile waits a few milliseconds longer. */
const deletedAtOnce = 100;

function localOffset(localAt: number): number {
  const local = new Date(localAt);
  return -new Date(localAt + local.getTimezoneOffset() * 60_000).getTimezoneOffset();
}

/** As SQLite keeps it: halves of surrogate pairs would come back as other characters, and never be found the same. */
function cleanCallback(callback: IncomingCallback): IncomingCallback {
  return { ...callback, text: callback.text.toWellFormed(), deviceIds: callback.deviceIds.map(canonicalDeviceId) };
}

function cleanBlock(block: IncomingBlock): IncomingBlock {
  const items = block.items.map((item) => ({
    ...item,
    text: item.text.toWellFormed(),
    deviceIds: item.deviceIds.map(canonicalDeviceId),
  }));
  return { ...block, items };
}

/** The device as it was known before the text: what a text itself changes of that comes a moment later. */
function withDevice(message: Message, book: DeviceBook): Message {
  const device = book.of(message.deviceIds);
  return device ? { ...message, device } : message;
}

function storedCallback(
  storeKey: string,
  callback: IncomingCallback,
  outcome: CallbackOutcome,
  book: DeviceBook,
): StoredCallback {
  if ('known' in outcome) return { message: withDevice(outcome.known, book), isNew: false };
  const message: Message = {
    id: messageId(storeKey, outcome.newSequence),
    sequence: outcome.newSequence,
    account: callback.account,
    deviceIds: callback.deviceIds,
    text: callback.text,
    receivedAt: new Date(callback.receivedAt).toISOString(),
    platformTime: callback.platformTime,
    lanes: ['callback'],
    unread: true,
  };
  return { message: withDevice(message, book), isNew: true };
}

function sequenceIn(outcome: CallbackOutcome): number {
  return 'known' in outcome ? outcome.known.sequence : outcome.newSequence;
}

type Writing = 'storeCallback' | 'answered' | 'storeBlock' | 'storeUnverified' | 'checkWritable';

function createWriting({ writer, storeKey, book }: Threads, now: () => number): Pick<MessageStore, Writing> {
  const done = <T>(result: Result<T, StorageFailure>) => (result.ok ? ok(undefined) : result);
  /** When rows whose callback is not answered yet, and each account's newest block, were on the disk. */
  const rowSyncedAt = new Map<number, number>();
  const blockSyncedAt = new Map<string, number>();
  return {
    async storeCallback(callback) {
      const clean = cleanCallback(callback);
      const result = await writer.call('callback', clean);
      if (result.ok) rowSyncedAt.set(sequenceIn(result.value), now());
      return result.ok ? ok(storedCallback(storeKey(), clean, result.value, book)) : result;
    },
    answered: (sequence, sent) => {
      const syncedAt = rowSyncedAt.get(sequence) ?? null;
      rowSyncedAt.delete(sequence);
      if (sent) writer.tell({ kind: 'answered', sequence, at: now(), syncedAt }, 'later');
    },
    async storeBlock(block) {
      const previousSyncedAt = blockSyncedAt.get(block.account) ?? null;
      const result = await writer.call('block', { ...cleanBlock(block), previousSyncedAt });
      if (!result.ok) return result;
      blockSyncedAt.set(block.account, now());
      const named = (message: Message) => withDevice(message, book);
      return ok({ added: result.value.added.map(named), matched: result.value.matched.map(named) });
    },
    storeUnverified: async (item) => done(await writer.call('unverified', item)),
    checkWritable: async () => done(await writer.call('check', null)),
  };
}

type Reading = 'page' | 'first' | 'detail' | 'markRead' | 'star' | 'unverified' | 'counts';

function createParse(options: MessageStoreOptions) {
  const timeZoneOffsetMinutes = options.timeZoneOffsetMinutes ?? localOffset;
  return (query: string) => parseQuery(query, { now: options.now(), timeZoneOffsetMinutes });
}

function createReading(threads: Threads, options: MessageStoreOptions): Pick<MessageStore, Reading> {
  const { reader, writer, storeKey } = threads;
  const parse = createParse(options);
  return {
    page: ({ query, limit, ...rest }) =>
      reader.call('page', { ...rest, query: parse(query), limit: Math.min(Math.max(limit, 0), largestPage) }),
    first: ({ query, limit }) => reader.call('first', { query: parse(query), limit: Math.min(limit, largestPage) }),
    detail: async (id) => {
      const sequence = sequenceOf(storeKey(), id);
      return sequence === null ? ok(null) : reader.call('detail', { sequence });
    },
    markRead: (ids) => {
      const known = ids?.flatMap((id) => sequenceOf(storeKey(), id) ?? []);
      return writer.call('read', known ?? null);
    },
    star: (ids, starred) =>
      writer.call('star', { sequences: ids.flatMap((id) => sequenceOf(storeKey(), id) ?? []), starred }),
    unverified: (limit) => reader.call('unverified', { limit }),
    counts: () => writer.call('counts', null),
  };
}

function createDeleting({ writer, reader }: Threads): Pick<MessageStore, 'countBefore' | 'deleteBefore'> {
  async function afterSettling<T>(look: () => Promise<Result<T, StorageFailure>>): Promise<Result<T, StorageFailure>> {
    const settled = await writer.call('settle', null);
    return settled.ok ? look() : settled;
  }
  return {
    countBefore: (at) => afterSettling(() => reader.call('countOld', { at })),
    async deleteBefore(at, limit) {
      const found = await afterSettling(() => reader.call('findOld', { at, limit }));
      if (!found.ok) return found;
      let count = 0;
      for (let start = 0; start < found.value.length; start += deletedAtOnce) {
        const sequences = found.value.slice(start, start + deletedAtOnce);
        const deleted = await writer.call('delete', { sequences, at });
        if (!deleted.ok) return deleted;
        count += deleted.value;
      }
      return ok(count);
    },
  };
}

/**
 * Both threads of a folder; a database that turns out damaged is put aside once neither holds its files. `logGrown` is
 * called when the log of the index should be copied into it.
 */
function startThreads(options: MessageStoreOptions, logGrown: () => void) {
  const url = workerUrlOf(options);
  const { directory } = options;
  let storeKey = '';
  let renewing = false;
  const damaged = () => void renew();
  const book = createDeviceBook();
  const grown = () => {
    reader.tell({ kind: 'index' });
    void readBook();
  };
  const reading = startThread<ReadTable, Open | Index>(url, { role: 'read', directory }, { damaged, logGrown });
  const writing = startThread<WriteTable, Answered>(url, { role: 'write', directory }, { damaged, grown });
  const reader = reading.thread;
  const writer = writing.thread;

  async function readBook(): Promise<void> {
    const page = await reader.call('book', { after: book.changed() });
    if (page.ok) book.take(page.value);
  }

  function begin(key: string): void {
    storeKey = key;
    book.clear();
    reader.tell({ kind: 'open', storeKey });
    void readBook();
  }

  async function renew(): Promise<void> {
    if (renewing) return;
    renewing = true;
    await reader.call('release', null);
    const renewed = await writer.call('renew', null);
    if (renewed.ok) begin(renewed.value.storeKey);
    if (renewed.ok) options.onSetAside?.(renewed.value.path);
    renewing = false;
  }

  const threads = { reader, writer, storeKey: () => storeKey, book, readBook };
  return { threads, opened: writing.opened, begin, damaged };
}

/**
 * Opens the message store of a folder. Two threads hold it: one writes, with one sync for all texts that wait, the
 * other reads and keeps the index, so that no search delays a text.
 */
export async function openMessageStore(options: MessageStoreOptions): Promise<Result<OpenedStore, StorageFailure>> {
  const { threads, opened, begin, damaged } = startThreads(options, () => void whole.checkpoint());
  const whole = createWholeReading(workerUrlOf(options), options.directory, damaged);
  // The reader first: the last connection to close leaves one file without a log.
  const close = () => threads.writer.close(threads.reader.close(whole.ended()));
  const opening = await opened;
  if (opening.kind === 'refused') {
    await close();
    return fail(opening.failure);
  }
  begin(opening.storeKey);
  const store: MessageStore = {
    ...createWriting(threads, options.now),
    ...createReading(threads, options),
    ...createDeleting(threads),
    ...createStoreDevices(threads, createParse(options)),
    backup: (path) => whole.backup(path),
    checkWhole: () => whole.checkWhole(),
    close,
  };
  const forwards = createForwardLedger(threads.writer, threads.storeKey);
  const sends = createSendLedger(threads.writer, threads.reader);
  return ok({ store, forwards, sends, setAside: opening.setAside });
}
