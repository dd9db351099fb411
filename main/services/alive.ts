import type { TimelineEntry } from '../../preload/contract/snapshot.ts';
import type { Gaps } from '../core/gap.ts';
import type { Clock, Notes } from '../core/ports.ts';
import { standing } from '../core/standing.ts';
import type { State } from '../core/state.ts';
import type { Store } from '../core/store.ts';

export interface RunMemory {
  /** What happened, oldest first. */
  readonly timeline: Notes<readonly TimelineEntry[]>;
  /** Until when this computer was listening, as the last run knew it: milliseconds since 1970. */
  readonly listening: Notes<number | null>;
  /** The newest gap of each account. */
  readonly gaps: Notes<Gaps>;
}

/** A gap's beginning is known this exactly after a crash (milliseconds). */
const everyMs = 60_000;

/** Keeps the newest gap of each account across restarts, so that every face still shows it. Returns what ends it. */
function rememberGaps(state: Store, notes: Notes<Gaps>): () => void {
  state.dispatch({ type: 'gaps-remembered', gaps: notes.read() });
  return state.subscribe((event, before, after) => {
    if (event.type !== 'queue-emptied') return;
    const { account } = event;
    const gap = after.accounts[account]?.lastGap ?? null;
    if (gap && gap !== before.accounts[account]?.lastGap) notes.write({ ...notes.read(), [account]: gap });
  });
}

/** Remembers until when this computer was listening, so that the next run can say how long it was not. Returns what ends it. */
function rememberListening(state: Store, clock: Clock, notes: Notes<number | null>): () => void {
  const until = notes.read();
  if (until !== null && until <= clock.now()) state.dispatch({ type: 'was-listening', until });
  let cancel = clock.after(everyMs, tick);

  function write(known: State): void {
    const names = Object.keys(known.wishes);
    const listens = (name: string): boolean => ['live', 'polling'].includes(standing(known, name).state);
    if (names.length > 0 && names.every(listens)) notes.write(clock.now());
  }

  function tick(): void {
    write(state.get());
    cancel = clock.after(everyMs, tick);
  }

  const end = state.subscribe((event, before) => {
    if (event.type === 'stop-asked' || event.type === 'paused') write(before);
  });
  return () => {
    cancel();
    end();
  };
}

/** What one run hands to the next about its gaps. Returns what ends it. */
export function rememberRun(state: Store, clock: Clock, { listening, gaps }: Omit<RunMemory, 'timeline'>): () => void {
  const ends = [rememberGaps(state, gaps), rememberListening(state, clock, listening)];
  return () => {
    for (const end of ends) end();
  };
}
