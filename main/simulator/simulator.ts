/** What a running simulator offers to the code that started it. */
import type { Credentials } from './credentials.ts';
import type { SampleDevice } from './devices.ts';
import type { Fault } from './faults.ts';
import type { Submission } from './mobile-originated.ts';
import type { Registration } from './registry.ts';
import type { LoggedRequest } from './request-log.ts';
import type { FloodOutcome, Traffic } from './scenario.ts';
import type { Switches } from './switches.ts';
import type { Counts, DeviceId, LedgerEntry, NewText } from './texts.ts';

export interface Simulator {
  /** `http://127.0.0.1:PORT`: what a client takes as its API base. */
  readonly origin: string;
  readonly credentials: Credentials;
  readonly accounts: readonly string[];
  devices(): readonly SampleDevice[];
  switches(): Switches;
  setSwitches(patch: Partial<Switches>): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** A device sends a text: pushed to the listener, or queued. */
  deviceTexts(account: string, text: NewText): Submission;
  /** A text that came while nobody listened. */
  queueText(account: string, text: NewText): void;
  /** Queues so many reports of the last hours for every account. */
  backlog(count: number): void;
  /** Sends so many numbered texts as fast as they are taken; resolves when each has settled. */
  flood(account: string, count: number): Promise<FloodOutcome>;
  /** Lets the devices text by themselves until the returned function is called. */
  startDevices(traffic: Traffic): () => void;
  stopDevices(): void;
  counts(account: string): Counts;
  ledger(account: string): readonly LedgerEntry[];
  registrations(account: string): readonly Registration[];
  /** The newest 10,000 requests to the API, oldest first. */
  requests(): readonly LoggedRequest[];
  expireTokens(): void;
  expireSessions(): void;
  isLocked(): boolean;
  unlock(): void;
  /** Resolves when nothing is being pushed and no retry is due. */
  idle(): Promise<void>;
  /** Back to how it was started: no texts but the backlog, no registrations, sessions, faults or log. */
  reset(): void;
  close(): Promise<void>;
}

export type { DeviceId };
