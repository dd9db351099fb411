import type {
  Device,
  DeviceChange,
  DeviceCursor,
  DeviceKey,
  DeviceRow,
  ThreadCursor,
  ThreadEntry,
} from '../../../preload/contract/device.ts';
import type { Message, MessageDetail, Unverified } from '../../../preload/contract/message.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { StorageFailure } from '../../core/failure.ts';
import type {
  IncomingBlock,
  IncomingCallback,
  ListedDevice,
  OldTexts,
  StoreCounts,
  StoredBlock,
} from '../../core/ports.ts';
import type { Query } from '../../core/query.ts';
import type { ForwardTable } from './forward-table.ts';
import type { BookPage } from './read-book.ts';
import type { SendReadTable, SendTable } from './send-table.ts';

/* What the main thread and the two database threads say to one another: one that writes, one that reads and indexes. */

/** A stored callback: a new row needs only its number to be told, a row that was there comes back as it now is. */
export type CallbackOutcome = { readonly newSequence: number } | { readonly known: Message };

export interface FirstAsked {
  readonly query: Query;
  readonly limit: number;
}

export interface PageAsked extends FirstAsked {
  readonly before: number | null;
  readonly after: number | null;
  readonly offset?: number | undefined;
}

export interface DevicesAsked {
  /** A part of a nickname or identifier, in lower case; empty: every device. */
  readonly find: string;
  readonly query: Query;
  readonly texted: boolean;
  readonly before: DeviceCursor | null;
  readonly limit: number;
}

export interface DevicesFound {
  readonly devices: readonly DeviceRow[];
  readonly total: number;
  readonly above: number;
  readonly next: DeviceCursor | null;
}

export interface ThreadAsked {
  readonly device: DeviceKey;
  readonly before: ThreadCursor | null;
  readonly limit: number;
}

export interface ThreadFound {
  readonly device: Device;
  readonly entries: readonly ThreadEntry[];
  readonly next: ThreadCursor | null;
}

export interface Renewed {
  readonly storeKey: string;
  /** Where the damaged database is kept. */
  readonly path: string;
}

/** Input and output of each call to the thread that writes. */
export interface WriteTable extends ForwardTable, SendTable {
  readonly callback: readonly [IncomingCallback, CallbackOutcome];
  readonly block: readonly [BlockAsked, StoredBlock];
  readonly unverified: readonly [Omit<Unverified, 'id'>, null];
  /** Sequences to mark as read; null: all. */
  readonly read: readonly [readonly number[] | null, number];
  /** Stars texts, or takes their stars away; how many changed. */
  readonly star: readonly [{ readonly sequences: readonly number[]; readonly starred: boolean }, number];
  /** Writes and syncs a page that says nothing new. */
  readonly check: readonly [null, null];
  readonly counts: readonly [null, StoreCounts];
  /** Writes what only memory holds, so that the thread that reads sees it. */
  readonly settle: readonly [null, null];
  /** Finds out whose so many more rows are; true when there may be others. */
  readonly place: readonly [{ readonly limit: number }, boolean];
  /** What a person says of a device; its number, or null when there is no such device. */
  readonly deviceChange: readonly [DeviceChange, number | null];
  /** What the service's list says of an account's devices; how many of them are known now. */
  readonly deviceList: readonly [{ readonly account: string; readonly devices: readonly ListedDevice[] }, number];
  /** Deletes those rows that were received before `at` and that the service is known to know us to have. */
  readonly delete: readonly [{ readonly sequences: readonly number[]; readonly at: number }, number];
  /** Puts a damaged database aside and opens a fresh one. */
  readonly renew: readonly [null, Renewed];
}

/** Input and output of each call to the thread that reads. */
export interface ReadTable extends SendReadTable {
  readonly page: readonly [PageAsked, { readonly messages: readonly Message[]; readonly total: number }];
  readonly first: readonly [FirstAsked, { readonly messages: readonly Message[]; readonly total: number | null }];
  readonly detail: readonly [{ readonly sequence: number }, MessageDetail | null];
  readonly unverified: readonly [{ readonly limit: number }, readonly Unverified[]];
  readonly devices: readonly [DevicesAsked, DevicesFound];
  readonly device: readonly [{ readonly device: DeviceKey }, Device | null];
  readonly thread: readonly [ThreadAsked, ThreadFound | null];
  /** Sequences of texts of a device that were not read. */
  readonly unreadOf: readonly [{ readonly device: DeviceKey; readonly limit: number }, readonly number[]];
  /** What changed of devices since. */
  readonly book: readonly [{ readonly after: number }, BookPage];
  /** Rows received before `at` that may be deleted: how many, or which, oldest rows first. */
  readonly countOld: readonly [{ readonly at: number }, OldTexts];
  readonly findOld: readonly [{ readonly at: number; readonly limit: number }, readonly number[]];
  /** Lets go of the files. */
  readonly release: readonly [null, null];
}

/** One call of a table, numbered so that its answer finds back. */
export type Call<T, K extends keyof T = keyof T> = {
  readonly [P in K]: {
    readonly id: number;
    readonly kind: P;
    readonly input: T[P] extends readonly [infer I, unknown] ? I : never;
  };
}[K];

export type Outcome<T, K extends keyof T> = T[K] extends readonly [unknown, infer O] ? O : never;

/** One function per call of a table. */
export type Handlers<T> = { readonly [K in keyof T]: (input: Call<T, K>['input']) => Outcome<T, K> };

/** That our 2xx for the callback of a row was sent, when, and since when the row is synced (milliseconds since 1970). */
export interface Answered {
  readonly kind: 'answered';
  readonly sequence: number;
  readonly at: number;
  readonly syncedAt?: number | null;
}

/** A block as it crosses to the thread that writes: `previousSyncedAt` is of the account's block before it. */
export type BlockAsked = IncomingBlock & { readonly previousSyncedAt?: number | null };

/** Ends the thread once all that came before is done; its exit is the answer. */
export interface Close {
  readonly kind: 'close';
}

/** The database is there to be read; said again when a fresh one took its place. */
export interface Open {
  readonly kind: 'open';
  readonly storeKey: string;
}

/** There are new rows to index, when there is nothing else to do. */
export interface Index {
  readonly kind: 'index';
}

export type WriteCall = Call<WriteTable>;
export type ReadCall = Call<ReadTable>;
export type ToWriter = WriteCall | Answered | Close;
export type ToReader = ReadCall | Open | Index | Close;

export interface Reply {
  readonly id: number;
  readonly result: Result<unknown, StorageFailure>;
}

/** What a thread says: answers, whether it could open, that there are new rows and a moment to index them,
 *  or that the database turned out damaged. */
export type FromThread =
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  | { readonly kind: 'ready'; readonly storeKey: string; readonly setAside: string | null }
  | { readonly kind: 'refused'; readonly failure: StorageFailure }
  | { readonly kind: 'grown' }
  /** The index was written to so often that its log should be copied into it, which this thread has no time for. */
  | { readonly kind: 'log-grown' }
  | { readonly kind: 'damaged' };

export type ThreadData =
  | { readonly role: 'write' | 'read'; readonly directory: string }
  /** Reads the whole database, says whether it is sound and ends. */
  | { readonly role: 'check'; readonly directory: string }
  /** Copies the log of the index into it and ends. */
  | { readonly role: 'checkpoint'; readonly directory: string }
  /** Copies the database to `path`, says what came of it and ends. */
  | { readonly role: 'backup'; readonly directory: string; readonly path: string };

/** Messages cross as JSON text: half the work of cloning objects, for many small ones. All of them are plain data. */
export function encode(message: unknown): string {
  return JSON.stringify(message);
}
