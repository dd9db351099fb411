import type { Message } from '../../preload/contract/message.ts';

/** The rows that are held: one unbroken run, newest first. `offset` is the place of the first below the rail's top. */
export interface RowWindow {
  readonly offset: number;
  readonly rows: readonly Message[];
}

/** As many rows as are kept; those farthest from where the run grew go first. */
export const mostRows = 1000;

export const noRows: RowWindow = { offset: 0, rows: [] };

export function windowEnd(window: RowWindow): number {
  return window.offset + window.rows.length;
}

export function rowAt(window: RowWindow, offset: number): Message | undefined {
  return offset < window.offset ? undefined : window.rows[offset - window.offset];
}

/** Place of a row below the rail's top, or null when it is not held. */
export function offsetOf(window: RowWindow, sequence: number): number | null {
  const place = placeOf(window, sequence);
  return place !== null && rowAt(window, place)?.sequence === sequence ? place : null;
}

/** Where a row stands or, when it is no longer among the rows, the one that came after it; null outside those held. */
export function placeOf(window: RowWindow, sequence: number): number | null {
  let low = 0;
  let high = window.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((window.rows[middle]?.sequence ?? 0) > sequence) low = middle + 1;
    else high = middle;
  }
  const row = window.rows[low];
  // Above the first row held there may be others, unless that is the rail's top.
  return row && (low > 0 || window.offset === 0 || row.sequence === sequence) ? window.offset + low : null;
}

/** Adds a page that was asked for with `before` the last row held. */
export function withOlder(window: RowWindow, page: readonly Message[]): RowWindow {
  const last = window.rows.at(-1);
  const rows = [...window.rows, ...page.filter((row) => !last || row.sequence < last.sequence)];
  const dropped = Math.max(0, rows.length - mostRows);
  return { offset: window.offset + dropped, rows: rows.slice(dropped) };
}

/**
 * Adds a page that begins above the rows held and reaches into them; `fromTop` when it begins at the rail's top. Returns
 * null where it adds nothing or does not reach: then rows may be missing between, and the page must stand alone.
 */
export function withNewer(window: RowWindow, page: readonly Message[], fromTop: boolean): RowWindow | null {
  const first = window.rows[0];
  const joint = page.findIndex((row) => first !== undefined && row.sequence <= first.sequence);
  if (!first || joint <= 0) return null;
  const rows = [...page.slice(0, joint), ...window.rows].slice(0, mostRows);
  return { offset: fromTop ? 0 : Math.max(0, window.offset - joint), rows };
}

export function withChanged(window: RowWindow, id: string, change: (row: Message) => Message): RowWindow {
  return { ...window, rows: window.rows.map((row) => (row.id === id ? change(row) : row)) };
}
