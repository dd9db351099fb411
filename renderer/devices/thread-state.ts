import type { Device, ThreadCursor, ThreadEntry } from '../../preload/contract/device.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';

/** What is known of a conversation: an unbroken run of entries up to the newest, newest first. */
export interface ThreadState {
  /** null until the first answer. */
  readonly device: Device | null;
  readonly entries: readonly ThreadEntry[];
  /** Where older ones begin; null: there are none. */
  readonly next: ThreadCursor | null;
  readonly error: PublicError | null;
}

export const emptyThread: ThreadState = { device: null, entries: [], next: null, error: null };

/** Stays the same however often an entry is fetched. */
export function entryKey(entry: ThreadEntry): string {
  return entry.kind === 'text' ? `text ${entry.message.sequence}` : `sent ${entry.sent.id}`;
}

/** The newest entries were fetched again: older ones that are known stay, if the two runs meet. */
export function withNewest(state: ThreadState, page: Output<'devices.thread'>): ThreadState {
  const fetched = new Set(page.entries.map(entryKey));
  const last = state.entries.findLastIndex((entry) => fetched.has(entryKey(entry)));
  const meets = page.next === null || last !== -1;
  const older = meets && page.next !== null ? state.entries.slice(last + 1) : [];
  return {
    device: page.device,
    entries: [...page.entries, ...older],
    next: older.length > 0 ? state.next : page.next,
    error: null,
  };
}

/** Older entries were fetched. */
export function withOlder(state: ThreadState, page: Output<'devices.thread'>): ThreadState {
  const known = new Set(state.entries.map(entryKey));
  const fresh = page.entries.filter((entry) => !known.has(entryKey(entry)));
  return { ...state, entries: [...state.entries, ...fresh], next: page.next };
}

/** How many entries are newer than one that was known. */
export function countNewer(entries: readonly ThreadEntry[], key: string | null): number {
  const index = key === null ? 0 : entries.findIndex((entry) => entryKey(entry) === key);
  return index === -1 ? entries.length : index;
}
