import type { DeviceCursor, DeviceRow } from '../../preload/contract/device.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';

/** What is known of the devices with texts that a search finds: an unbroken run from the newest on. */
export interface GroupState {
  readonly rows: readonly DeviceRow[];
  readonly total: number;
  readonly next: DeviceCursor | null;
  readonly error: PublicError | null;
  /** Whether there was an answer. */
  readonly isKnown: boolean;
}

export const noGroups: GroupState = { rows: [], total: 0, next: null, error: null, isKnown: false };

/** The newest were fetched again: those that texted since have moved up, the others keep their order. */
export function withNewestGroups(state: GroupState, page: Output<'devices.page'>): GroupState {
  const fresh = new Set(page.devices.map(({ id }) => id));
  const rest = page.next === null ? [] : state.rows.filter(({ id }) => !fresh.has(id));
  return {
    rows: [...page.devices, ...rest],
    total: page.total,
    next: rest.length > 0 ? state.next : page.next,
    error: null,
    isKnown: true,
  };
}

export function withMoreGroups(state: GroupState, page: Output<'devices.page'>): GroupState {
  const known = new Set(state.rows.map(({ id }) => id));
  return {
    ...state,
    rows: [...state.rows, ...page.devices.filter(({ id }) => !known.has(id))],
    next: page.next,
  };
}

/** The newest text that the rows show; 0 where there is none. */
export function newestShown({ rows: [first] }: GroupState): number {
  return first?.latest?.sequence ?? 0;
}
