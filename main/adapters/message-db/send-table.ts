import type { BenchRun } from '../../../preload/contract/bench.ts';
import type { DeviceId, Message } from '../../../preload/contract/message.ts';
import type { Send } from '../../../preload/contract/sends.ts';
import type { SendChange } from '../../core/send-changes.ts';
import type { IncomingReport, NewSend, SendsAsked } from '../../core/send-ledger.ts';

/** Input and output of each call, for the table of the thread that writes. */
export interface SendTable {
  readonly sendAsk: readonly [NewSend, Send];
  readonly sendChange: readonly [{ readonly id: number; readonly change: SendChange }, Send | null];
  readonly sendReport: readonly [IncomingReport, { readonly kept: boolean; readonly send: Send | null }];
  /** As all texts up to now show it. */
  readonly sendIdentifiers: readonly [DeviceId, readonly DeviceId[]];
  readonly benchSave: readonly [BenchRun, null];
}

/** The same of the thread that reads. */
export interface SendReadTable {
  readonly sendFind: readonly [{ readonly id: number }, Send | null];
  readonly sendPage: readonly [SendsAsked, readonly Send[]];
  readonly sendOpen: readonly [{ readonly since: number }, readonly Send[]];
  readonly sendTexts: readonly [{ readonly id: number }, readonly Message[]];
  readonly benches: readonly [{ readonly limit: number }, readonly BenchRun[]];
}
