import type { Message } from '../../preload/contract/message.ts';
import { offsetOf, type RowWindow, rowAt } from './row-window.ts';

/** The row that the keys act on: its sequence once it is known, and where it last stood. */
export interface Selection {
  readonly offset: number;
  readonly sequence: number | null;
}

/** The same row where it stands now. A row that is not held keeps its last place. */
export function settled(selection: Selection, window: RowWindow): Selection {
  if (selection.sequence === null)
    return { offset: selection.offset, sequence: rowAt(window, selection.offset)?.sequence ?? null };
  return { ...selection, offset: offsetOf(window, selection.sequence) ?? selection.offset };
}

export function selectedRow(selection: Selection | null, window: RowWindow): Message | undefined {
  const row = selection ? rowAt(window, selection.offset) : undefined;
  return row && row.sequence === selection?.sequence ? row : undefined;
}

/** Where a key moves the selection to, or null for a key that does not move it. `page`: rows that fit the view. */
export function offsetAfterKey(key: string, from: number | null, total: number, page: number): number | null {
  const next = unclamped(key, from, total, page);
  return next === null || total === 0 ? null : Math.max(0, Math.min(next, total - 1));
}

function unclamped(key: string, from: number | null, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return from === null ? 0 : from + 1;
    case 'ArrowUp':
    case 'k':
      return from === null ? 0 : from - 1;
    case 'PageDown':
      return (from ?? 0) + page;
    case 'PageUp':
      return (from ?? 0) - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
