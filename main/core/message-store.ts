import type { Device, DeviceChange, DeviceKey } from '../../preload/contract/device.ts';
import type { DeviceId, Message, MessageDetail, Unverified } from '../../preload/contract/message.ts';
import type { Output, ParsedInput } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { StorageFailure } from './failure.ts';
import type { ForwardLedger } from './forward.ts';
import type { SendLedger } from './send-ledger.ts';
import type { ListedDevice } from './thingspace.ts';

/* What the services need of the message store (adapters/message-db). */

export interface StoredCallback {
  readonly message: Message;
  /** False when the text was there already: a repeat, or come by history. */
  readonly isNew: boolean;
}

export interface IncomingCallback {
  readonly account: string;
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  readonly receivedAt: number;
  readonly platformTime: string | null;
  readonly platformAt: number | null;
  readonly requestId: string | null;
  readonly callbackCount: number | null;
  /** JSON text of the body, its password cut out. */
  readonly raw: string;
}

export interface IncomingItem {
  readonly deviceIds: readonly DeviceId[];
  readonly text: string;
  readonly platformTime: string | null;
  /** On this computer's clock. */
  readonly platformAt: number | null;
  readonly raw: string;
}

export interface IncomingBlock {
  readonly account: string;
  readonly receivedAt: number;
  readonly items: readonly IncomingItem[];
  readonly unreadable: readonly string[];
  /** The answer that brought this block also showed that the account's block before it was acknowledged. */
  readonly acknowledgesPrevious: boolean;
}

export interface StoredBlock {
  /** Those that were not there before, in the order of the block. */
  readonly added: readonly Message[];
  /** Those that were there already and are now known to have come by history too. */
  readonly matched: readonly Message[];
}

export interface StoreCounts {
  readonly total: number;
  readonly unread: number;
  readonly newest: number;
  readonly unverified: number;
  readonly accounts: Readonly<
    Record<string, { readonly texts: number; readonly unread: number; readonly lastTextAt: number | null }>
  >;
}

export interface FirstRequest {
  readonly query: string;
  readonly limit: number;
}

export interface PageRequest extends FirstRequest {
  readonly before: number | null;
  readonly after: number | null;
  /** Rows below the newest that matches, in place of both. */
  readonly offset?: number | undefined;
}

/** Texts that a rule would delete; times of receipt in milliseconds since 1970, null where there are none. */
export interface OldTexts {
  readonly texts: number;
  readonly oldest: number | null;
  readonly newest: number | null;
}

/**
 * The only copy of what ThingSpace no longer keeps. Whatever a promise here says is stored has been synced to disk
 * when the promise resolves. Nothing rejects.
 */
export interface MessageStore {
  storeCallback(callback: IncomingCallback): Promise<Result<StoredCallback, StorageFailure>>;
  /** Our answer to the callback that stored `sequence` was handed over (or was not). Rule 1 of core/message.ts. */
  answered(sequence: number, sent: boolean): void;
  storeBlock(block: IncomingBlock): Promise<Result<StoredBlock, StorageFailure>>;
  storeUnverified(item: Omit<Unverified, 'id'>): Promise<Result<void, StorageFailure>>;
  /** The newest rows of a search, at once; `total` is null where counting takes longer: then `page` tells it. */
  first(
    request: FirstRequest,
  ): Promise<Result<{ readonly messages: readonly Message[]; readonly total: number | null }, StorageFailure>>;
  page(
    request: PageRequest,
  ): Promise<Result<{ readonly messages: readonly Message[]; readonly total: number }, StorageFailure>>;
  detail(id: string): Promise<Result<MessageDetail | null, StorageFailure>>;
  /** null: all. Resolves to how many changed. */
  markRead(ids: readonly string[] | null): Promise<Result<number, StorageFailure>>;
  /** Stars texts, or takes their stars away. Resolves to how many changed. */
  star(ids: readonly string[], starred: boolean): Promise<Result<number, StorageFailure>>;
  unverified(limit: number): Promise<Result<readonly Unverified[], StorageFailure>>;
  /** Devices, the one that texted last first (core/device.ts). */
  devices(request: ParsedInput<'devices.page'>): Promise<Result<Output<'devices.page'>, StorageFailure>>;
  /** null: there is no such device. */
  device(key: DeviceKey): Promise<Result<Device | null, StorageFailure>>;
  thread(request: ParsedInput<'devices.thread'>): Promise<Result<Output<'devices.thread'> | null, StorageFailure>>;
  /** Keeps what the person says of a device. One that is named by an identifier need not be known before. */
  changeDevice(change: DeviceChange): Promise<Result<Device | null, StorageFailure>>;
  /** Takes in what ThingSpace lists for an account; resolves to how many devices that are. */
  listDevices(account: string, devices: readonly ListedDevice[]): Promise<Result<number, StorageFailure>>;
  /** Marks all texts of a device as read; resolves to how many changed. */
  markDeviceRead(key: DeviceKey): Promise<Result<number, StorageFailure>>;
  counts(): Promise<Result<StoreCounts, StorageFailure>>;
  /** Writes and syncs something small: whether storing works again after it failed. */
  checkWritable(): Promise<Result<void, StorageFailure>>;
  /**
   * Texts received before `at` that may go. Those that ThingSpace is not known to know us to have stay: one of them
   * that came again could not be told from a new text.
   */
  countBefore(at: number): Promise<Result<OldTexts, StorageFailure>>;
  /** Deletes at most `limit` of them for ever, in small steps between which texts are stored. Resolves to how many went. */
  deleteBefore(at: number, limit: number): Promise<Result<number, StorageFailure>>;
  /** Writes the store as it is at one moment to a new file while storing goes on; the file opens as a store by itself. */
  backup(path: string): Promise<Result<void, StorageFailure>>;
  /** Reads the whole store once, beside all else. One that is damaged is kept aside, as when a read finds it so. */
  checkWhole(): Promise<Result<void, StorageFailure>>;
  close(): Promise<void>;
}

/** Opens the store; a corrupt one is kept aside and a fresh one opened. */
export interface OpenedStore {
  readonly store: MessageStore;
  readonly forwards: ForwardLedger;
  readonly sends: SendLedger;
  /** Path under which an unreadable database was kept, or null. */
  readonly setAside: string | null;
}
