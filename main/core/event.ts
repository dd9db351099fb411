import type { Message } from '../../preload/contract/message.ts';
import type { Problem } from '../../preload/contract/snapshot.ts';
import type { ServiceFailure, StorageFailure } from './failure.ts';
import type { Gaps } from './gap.ts';
import type { StoreCounts } from './ports.ts';
import type { AccountStep, RegistrationState, Step, Wish } from './state.ts';

type Seen = Exclude<RegistrationState, { kind: 'unknown' }>;

/** Facts, in the past tense; nothing else changes the state. `at` is milliseconds since 1970, `chance` 0 to 1 for jitter. */
export type Event =
  | { readonly type: 'wished'; readonly account: string; readonly wish: Wish | null }
  /** A claim of an earlier run was found for an account that may not be wanted now. */
  | { readonly type: 'claim-found'; readonly account: string }
  | { readonly type: 'take-over-agreed'; readonly account: string }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'stop-asked' }
  | { readonly type: 'retry-asked' }
  | { readonly type: 'woke'; readonly since: number }
  /** Read at the start: until when an earlier run was listening. */
  | { readonly type: 'was-listening'; readonly until: number }
  /** Read at the start: the newest gap of each account, as earlier runs knew it. */
  | { readonly type: 'gaps-remembered'; readonly gaps: Gaps }
  | { readonly type: 'step-started'; readonly step: Step }
  | { readonly type: 'step-ended'; readonly step: Step }
  | {
      readonly type: 'step-failed';
      readonly account: string;
      readonly step: AccountStep;
      readonly failure: ServiceFailure;
      readonly at: number;
      readonly chance: number;
    }
  | { readonly type: 'listener-opened'; readonly port: number }
  | { readonly type: 'listener-failed'; readonly problem: Problem; readonly at: number }
  | { readonly type: 'way-in-closed' }
  /** Whether the way in is to be open though no account needs it, because a person sets it up. */
  | { readonly type: 'way-in-tried'; readonly tried: boolean }
  /** Port, address, hosts or tunnel were chosen anew. */
  | { readonly type: 'way-in-chosen' }
  | { readonly type: 'address-up'; readonly origin: string; readonly at: number }
  | { readonly type: 'address-missing' }
  | { readonly type: 'address-failed'; readonly problem: Problem; readonly passing: boolean; readonly at: number }
  | { readonly type: 'proved'; readonly at: number }
  | { readonly type: 'proof-failed'; readonly problem: Problem; readonly at: number }
  | { readonly type: 'signed-in' }
  | { readonly type: 'sign-in-failed'; readonly failure: ServiceFailure; readonly at: number; readonly chance: number }
  | { readonly type: 'registration-seen'; readonly account: string; readonly seen: Seen }
  | { readonly type: 'registered'; readonly account: string; readonly holder: string; readonly at: number }
  | { readonly type: 'released'; readonly account: string }
  | { readonly type: 'callbacks-started'; readonly account: string; readonly at: number }
  | { readonly type: 'queue-fetched'; readonly account: string; readonly count: number }
  /** `at`: when the service was asked. */
  | { readonly type: 'queue-emptied'; readonly account: string; readonly at: number; readonly fetched: number }
  | { readonly type: 'queue-doubted'; readonly account: string; readonly since: number; readonly at: number }
  | { readonly type: 'queue-looked-at'; readonly account: string; readonly at: number; readonly waiting: number }
  | {
      readonly type: 'message-stored';
      readonly message: Message;
      readonly isNew: boolean;
      readonly byCallback: boolean;
      readonly at: number;
    }
  | { readonly type: 'unverified-stored' }
  | { readonly type: 'counts-read'; readonly counts: StoreCounts }
  | { readonly type: 'storage-failed'; readonly failure: StorageFailure; readonly at: number }
  /** A text to a device, or a run of the bench, is not what it was. */
  | { readonly type: 'sends-changed' }
  | { readonly type: 'storage-recovered' }
  | { readonly type: 'told'; readonly problem: Problem }
  /** A sentence for a person, said once. */
  | { readonly type: 'noted'; readonly text: string }
  | { readonly type: 'told-off'; readonly code: Problem['code']; readonly account: string | null };
