import type { BenchRun } from '../../preload/contract/bench.ts';
import type { Delivery, DeviceId, Message } from '../../preload/contract/message.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Expectation, Send } from '../../preload/contract/sends.ts';
import type { SmsEncoding } from '../../preload/contract/sms-text.ts';
import type { StorageFailure } from './failure.ts';
import type { SendChange } from './send-changes.ts';

/* What is kept of texts to devices (adapters/message-db). */

export interface NewSend {
  readonly account: string;
  readonly to: DeviceId;
  readonly text: string;
  readonly encoding: SmsEncoding;
  readonly timeToLiveSeconds: number | null;
  readonly expected: Expectation | null;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

export interface IncomingReport {
  readonly delivery: Delivery;
  /** False: it says nothing of a delivery itself, and is kept only if its request is one of ours, or may be. */
  readonly isDelivery: boolean;
}

export interface SendsAsked {
  /** null: of all accounts. */
  readonly account: string | null;
  /** null: to all devices. Those that share an identifier with it count as it. */
  readonly device: DeviceId | null;
  /** Those with a smaller id; null: from the newest. */
  readonly before: number | null;
  readonly limit: number;
}

/** Survives crashes. All of it is synced to disk when a promise resolves; nothing rejects. */
export interface SendLedger {
  /** Keeps a text in the state `asking`. */
  ask(send: NewSend): Promise<Result<Send, StorageFailure>>;
  /** Resolves to the text as it then is; null when there is none of this id. Reports that came before count. */
  change(id: number, change: SendChange): Promise<Result<Send | null, StorageFailure>>;
  /**
   * Keeps what the network reported. `kept` is false for what does not belong to any text of ours. A report of a request
   * that nobody here knows is taken to be that of the only text to this device whose answer was lost, if there is one.
   */
  report(
    report: IncomingReport,
  ): Promise<Result<{ readonly kept: boolean; readonly send: Send | null }, StorageFailure>>;
  find(id: number): Promise<Result<Send | null, StorageFailure>>;
  /** Newest first. */
  page(asked: SendsAsked): Promise<Result<readonly Send[], StorageFailure>>;
  /** Those that something is still to be done about: no last state yet, or an answer that may come. */
  open(since: number): Promise<Result<readonly Send[], StorageFailure>>;
  /** All identifiers known to be of one device with this one, itself included. */
  identifiersOf(device: DeviceId): Promise<Result<readonly DeviceId[], StorageFailure>>;
  /** Texts of the device that were stored after a text to it was asked for, oldest first. */
  textsSince(id: number): Promise<Result<readonly Message[], StorageFailure>>;
  saveBench(run: BenchRun): Promise<Result<void, StorageFailure>>;
  /** Newest first. */
  benches(limit: number): Promise<Result<readonly BenchRun[], StorageFailure>>;
}
