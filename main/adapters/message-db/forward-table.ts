import type { ForwardResult } from '../../../preload/contract/forward.ts';
import type { ForwardLane, ForwardOutcome, ReplayOutcome } from '../../core/forward.ts';

export interface NextForward {
  readonly number: number;
  readonly sequence: number;
  readonly attempts: number;
  readonly firstAt: number | null;
  readonly nextAt: number;
}

/** Input and output of each call, for the table of the thread that writes. */
export interface ForwardTable {
  readonly forwardBegin: readonly [
    { readonly rules: readonly string[]; readonly newest: number },
    { readonly through: Readonly<Record<string, number>>; readonly lanes: readonly ForwardLane[] },
  ];
  readonly forwardAdd: readonly [
    {
      readonly rule: string;
      readonly through: number;
      readonly texts: readonly { readonly sequence: number; readonly device: string }[];
    },
    null,
  ];
  readonly forwardNext: readonly [ForwardLane, NextForward | null];
  readonly forwardNote: readonly [ForwardOutcome, null];
  readonly forwardStop: readonly [{ readonly rule: string; readonly reason: string; readonly at: number }, null];
  readonly forwardNoteReplay: readonly [Omit<ReplayOutcome, 'messageId'> & { readonly sequence: number }, null];
  readonly forwardsOf: readonly [{ readonly sequence: number }, readonly ForwardResult[]];
}
