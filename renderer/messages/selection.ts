import type { Message } from '../../preload/contract/message.ts';
import { placeOf, type RowWindow, rowAt } from './row-window.ts';

/** The row that the keys act on: its sequence once it is known, and where it last stood. */
export interface Selection {
  readonly offset: number;
  readonly sequence: number | null;
}

/** The same row where it stands now, or where it stood when it left. A row that is not held keeps its last place. */
export function settled(selection: Selection, window: RowWindow): Selection {
  if (selection.sequence === null)
    return { offset: selection.offset, sequence: rowAt(window, selection.offset)?.sequence ?? null };
  return { ...selection, offset: placeOf(window, selection.sequence) ?? selection.offset };
}

export function selectedRow(selection: Selection | null, window: RowWindow): Message | undefined {
  const row = selection ? rowAt(window, selection.offset) : undefined;
  return row && row.sequence === selection?.sequence ? row : undefined;
}

/** Whether the chosen row is no longer among the rows, and another one stands in its place. `selection`: as it is settled. */
export function hasLeft({ offset, sequence }: Selection, window: RowWindow): boolean {
  const row = rowAt(window, offset);
  return sequence !== null && row !== undefined && row.sequence !== sequence;
}

/** Where a selection is moved from. `left`: its row has left, so that the next one stands there already. */
export interface From {
  readonly offset: number;
  readonly left?: boolean;
}

/** Where a key moves the selection to, or null for a key that does not move it. `page`: rows that fit the view. */
export function offsetAfterKey(key: string, from: From | null, total: number, page: number): number | null {
  const next = unclamped(key, from, total, page);
  return next === null || total === 0 ? null : Math.max(0, Math.min(next, total - 1));
}

function unclamped(key: string, from: From | null, total: number, page: number): number | null {
  const offset = from?.offset ?? 0;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return from === null || from.left ? offset : offset + 1;
    case 'ArrowUp':
    case 'k':
      return offset - 1;
    case 'PageDown':
      return offset + page;
    case 'PageUp':
      return offset - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
