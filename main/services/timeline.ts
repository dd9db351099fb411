import type { TimelineEntry } from '../../preload/contract/snapshot.ts';
import { gapSentence } from '../core/gap.ts';
import type { Clock, Notes } from '../core/ports.ts';
import type { Happening } from './core.ts';

/** Older entries go. */
const keptEntries = 500;

export interface Timeline {
  note(happening: Happening): void;
  /** Newest first. */
  newest(limit: number): readonly TimelineEntry[];
}

/** What happened, kept across restarts: gaps, changes of state, problems, notes. */
export function createTimeline(notes: Notes<readonly TimelineEntry[]>, clock: Clock): Timeline {
  return {
    note(happening) {
      const entry = entryOf(happening);
      const entries = notes.read();
      if (!entry || isReason(entry, entries.at(-1))) return;
      const at = new Date(clock.now()).toISOString();
      notes.write([...entries, { at, ...entry }].slice(-keptEntries));
    },
    newest: (limit) => notes.read().slice(-limit).toReversed(),
  };
}

/** A problem that is why an account has just changed its state is not said twice. */
function isReason({ kind, text }: Omit<TimelineEntry, 'at'>, last: TimelineEntry | undefined): boolean {
  return kind === 'problem' && last?.kind === 'state' && last.text.endsWith(`: ${text}`);
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
      return { account: null, kind: 'note', text: `The public address is ${happening.publicOrigin}.` };
    case 'message':
    case 'delivery':
      return null;
  }
}
