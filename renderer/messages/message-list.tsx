import { memo, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../../preload/contract/message.ts';
import { useDrawn } from '../parts/use-drawn.ts';
import { useKeys } from '../parts/use-keys.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import type { Feed } from './feed.ts';
import { type FeedState, wholeState } from './feed-state.ts';
import { ListHead } from './list-head.tsx';
import { MessageRow, rowId } from './message-row.tsx';
import { railHeight, visibleRows } from './rail.ts';
import { offsetOf, rowAt, windowEnd } from './row-window.ts';
import { hasLeft, offsetAfterKey, type Selection, selectedRow, settled } from './selection.ts';
import { useFeedState } from './use-feed.ts';
import { type RailHold, useRail } from './use-rail.ts';

const headHeight = 26;
const rowHeights = { dense: 30, comfortable: 40 } as const;
/** Rows drawn above and below the view, for what the browser scrolls before the next picture. */
const overscan = 12;

interface ListProps {
  readonly feed: Feed;
  readonly density: keyof typeof rowHeights;
  readonly manyAccounts: boolean;
  readonly openedId: string | null;
  readonly onOpen: (message: Message) => void;
  readonly onCopy: (message: Message) => void;
  readonly onStar: (message: Message, starred: boolean) => void;
  /** Shown in place of the rows when there are none. */
  readonly empty: ReactNode;
}

/** The rows: any number of them, drawn only where they are seen. */
export const MessageList = memo(function MessageList(props: ListProps) {
  const words = useWords();
  const { feed, onOpen, onCopy, onStar, openedId } = props;
  const state = useFeedState(feed, wholeState);
  const { query } = state;
  const rowHeight = rowHeights[props.density];
  const hold = useRail(state.total, rowHeight, {
    headHeight,
    onScrolled: (y, rail) => {
      const seen = visibleRows(rail, y);
      feed.scrolled(y < 1, seen.first, seen.count);
    },
    isDrawn: ({ scrollTop, y }, rail) => {
      const seen = visibleRows(rail, y);
      return scrollTop - y === base && seen.first >= from && seen.first + seen.count <= from + rows.length;
    },
  });
  const { scroller, rail, place, scrollTo, show } = hold;
  const { first, count } = visibleRows(rail, place.y);
  const [chosen, setChosen] = useState<{ readonly query: string; readonly selection: Selection } | null>(null);
  const selection = chosen?.query === state.query ? settled(chosen.selection, state.window) : null;
  const selected = selectedRow(selection, state.window);
  const today = new Date(useNow(30_000)).setHours(0, 0, 0, 0);

  useEffect(() => feed.look(first, count), [feed, first, count]);
  useAnchor(state, first, rowHeight, hold);

  const open = useCallback(
    (message: Message, offset: number) => {
      setChosen({ query, selection: { offset, sequence: message.sequence } });
      feed.move();
      onOpen(message);
    },
    [feed, onOpen, query],
  );

  // With a text open, moving reads on: the pane follows once the row is known.
  const following = useRef(false);
  useEffect(() => {
    if (!following.current || !selected) return;
    following.current = false;
    if (selected.id !== openedId) onOpen(selected);
  }, [selected, openedId, onOpen]);

  // Following again means the top, however it was asked for.
  useLayoutEffect(() => {
    if (state.tail.kind === 'live') scrollTo(0);
  }, [state.tail.kind, scrollTo]);

  useKeys((event) => {
    if (event.key === 'Enter' && selected) {
      onOpen(selected);
      return true;
    }
    if (event.key === 'c' && selected) {
      onCopy(selected);
      return true;
    }
    // With a text open, its own star hears the key.
    if (event.key === 's' && selected && openedId === null) {
      onStar(selected, selected.starred !== true);
      return true;
    }
    if (event.key === ' ') {
      feed.toggle();
      return true;
    }
    const page = Math.max(1, Math.floor(rail.viewport / rowHeight) - 1);
    const from = selection && { offset: selection.offset, left: hasLeft(selection, state.window) };
    const next = offsetAfterKey(event.key, from, state.total, page);
    if (next === null) return false;
    setChosen({ query, selection: { offset: next, sequence: rowAt(state.window, next)?.sequence ?? null } });
    following.current = openedId !== null;
    if (event.key === 'Home' && state.tail.kind === 'away') feed.resume();
    else {
      feed.move();
      show(next);
    }
    return true;
  });

  const { from, rows } = useDrawnRows(state, first, count, hold.jumps);
  const base = place.scrollTop - place.y;

  return (
    <div className="list-area">
      <div
        ref={scroller}
        className="list"
        role="grid"
        tabIndex={0}
        aria-label={words.list.name}
        aria-rowcount={state.total + 1}
        aria-busy={state.phase.kind === 'loading'}
        aria-activedescendant={selected && rows.includes(selected) ? rowId(selected.sequence) : undefined}
        data-density={props.density}
        data-many-accounts={props.manyAccounts || undefined}
      >
        <ListHead>
          <span role="columnheader" className="cell-marks">
            <span className="unseen">{words.list.marks}</span>
          </span>
        </ListHead>
        <div
          role="rowgroup"
          className="spacer"
          style={{ height: railHeight(rail) }}
          // Between press and release the row would move on, and nothing be opened.
          onMouseDown={({ button }) => (button === 0 ? feed.move() : undefined)}
        >
          {rows.map((message, index) => (
            <MessageRow
              key={message.sequence}
              message={message}
              offset={from + index}
              top={base + (from + index) * rowHeight}
              selected={message === selected}
              opened={message.id === openedId}
              today={today}
              onOpen={open}
            />
          ))}
        </div>
      </div>
      {state.total === 0 ? <div className="list-empty">{props.empty}</div> : null}
    </div>
  );
});

/** The rows to draw: after a jump those in view, and those around them when there is time, so that it costs one view of rows. */
function useDrawnRows({ window, rowsOf }: FeedState, first: number, count: number, jumps: number) {
  const jump = `${jumps} ${rowAt(window, first) !== undefined} ${rowsOf}`;
  const around = useDrawn(jump) === jump ? overscan : 0;
  const from = Math.max(window.offset, first - around);
  const to = Math.min(windowEnd(window), first + count + around);
  return { from, rows: to > from ? window.rows.slice(from - window.offset, to - window.offset) : [] };
}

/**
 * Keeps the row at the top of the view where it is when rows above it come or go, or when rows change their height.
 * Another search begins at the top. An answer can meet a reader who is on the way elsewhere: so the rows that came or
 * went move the view from where it is, never back to the row.
 */
function useAnchor(state: FeedState, first: number, rowHeight: number, { scrollTo, scrollBy }: RailHold): void {
  const anchor = useRef({ sequence: 0, offset: 0, rowHeight, query: state.query });
  useLayoutEffect(() => {
    const known = anchor.current;
    if (known.query !== state.query) scrollTo(0);
    const reading = state.tail.kind !== 'live' && known.query === state.query && known.sequence > 0;
    const offset = reading ? offsetOf(state.window, known.sequence) : null;
    const shift = offset === null ? 0 : offset - known.offset;
    if (reading && known.rowHeight !== rowHeight) scrollTo((known.offset + shift) * rowHeight);
    else if (shift !== 0) scrollBy(shift * rowHeight);
    const top = rowAt(state.window, first + shift);
    anchor.current = { sequence: top?.sequence ?? 0, offset: first + shift, rowHeight, query: state.query };
  });
}
