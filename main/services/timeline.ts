import type { TimelineEntry } from '../../preload/contract/snapshot.ts';
import { gapSentence } from '../core/gap.ts';
import type { Clock, Document } from '../core/ports.ts';
import type { Happening } from './core.ts';

/** Older entries go. */
const keptEntries = 500;

export interface Timeline {
  note(happening: Happening): void;
  /** Newest first. */
  newest(limit: number): readonly TimelineEntry[];
}

/** What happened, kept across restarts: gaps, changes of state, problems, notes. */
export function createTimeline(document: Document<readonly TimelineEntry[]>, clock: Clock): Timeline {
  return {
    note(happening) {
      const entry = entryOf(happening);
      if (!entry) return;
      const at = new Date(clock.now()).toISOString();
      // Losing a line of this to a full disk is told by the storage's own failure.
      document.write([...document.read(), { at, ...entry }].slice(-keptEntries));
    },
    newest: (limit) => document.read().slice(-limit).toReversed(),
  };
}

function entryOf(happening: Happening): Omit<TimelineEntry, 'at'> | null {
  switch (happening.type) {
    case 'gap':
      return { account: happening.gap.account, kind: 'gap', text: gapSentence(happening.gap) };
    case 'account': {
      const { account, state, reason } = happening;
      const worthIt =
        state === 'live' || state === 'polling' || state === 'degraded' || state === 'needs-you' || state === 'off';
      return worthIt ? { account, kind: 'state', text: reason === null ? state : `${state}: ${reason}` } : null;
    }
    case 'problem':
      return { account: happening.problem.account, kind: 'problem', text: happening.problem.message };
    case 'note':
      return { account: happening.account, kind: 'note', text: happening.text };
    case 'listening':
      return { account: null, kind: 'note', text: `Listening through ${happening.publicOrigin}.` };
    case 'message':
    case 'delivery':
      return null;
  }
}
