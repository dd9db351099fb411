import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { onNextFrame } from '../parts/next-frame.ts';
import { contentHeight, distanceToShow, moved, type Place, type Rail, railHeight, rowsToRail } from './rail.ts';

export interface RailHold {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rail: Rail;
  /** Where the rows are to be drawn: the place of the view, or near it where the rows there stand already. */
  readonly place: Place;
  /** How often the view went where no rows stood. */
  readonly jumps: number;
  readonly scrollTo: (y: number) => void;
  /** Moves by so many px of rows from where the reader is, also when that is not drawn yet. */
  readonly scrollBy: (distance: number) => void;
  /** Moves just as far as row `offset` needs to be wholly in view. */
  readonly show: (offset: number) => void;
}

/** ms without a scroll event after which the thumb of a shortened rail is put where the rows are. */
const settleAfter = 150;
const start = { place: { scrollTop: 0, y: 0 }, jumps: 0 };

interface RailUser {
  /** px of the heading that stays at the top of the element */
  readonly headHeight: number;
  readonly onScrolled?: (y: number, rail: Rail) => void;
  /** Whether all rows in view at a place are drawn: then those around it wait until the picture is made. */
  readonly isDrawn?: (place: Place, rail: Rail) => boolean;
}

/** Ties an element's scrolling to the rail. */
export function useRail(rows: number, rowHeight: number, user: RailUser): RailHold {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [{ place, jumps }, setDrawn] = useState(start);
  const rail: Rail = { rows, rowHeight, viewport: Math.max(0, height - user.headHeight) };
  const latest = useRef({ rail, place, user });
  useLayoutEffect(() => {
    latest.current = { rail, place: latest.current.place, user };
  });

  const cancelLater = useRef<(() => void) | null>(null);
  const drawLater = useCallback((): void => {
    cancelLater.current ??= onNextFrame(() => {
      cancelLater.current = null;
      startTransition(() => setDrawn(({ jumps }) => ({ place: latest.current.place, jumps })));
    });
  }, []);
  useEffect(() => () => cancelLater.current?.(), []);
  // Laid out while there is time: the next picture would wait for it.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- rows are drawn anew with the place
  useLayoutEffect(() => void scroller.current?.getBoundingClientRect(), [place]);

  const put = useCallback(
    (next: Place) => {
      const { place, rail, user } = latest.current;
      if (next.scrollTop === place.scrollTop && next.y === place.y) return;
      latest.current.place = next;
      if (user.isDrawn?.(next, rail)) drawLater();
      else setDrawn(({ jumps }) => ({ place: next, jumps: jumps + 1 }));
    },
    [drawLater],
  );

  const scrollTo = useCallback(
    (y: number) => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = rowsToRail(latest.current.rail, y);
      put({ scrollTop: element.scrollTop, y });
    },
    [put],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    setHeight(element.clientHeight);
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // The element moves first and tells of it before the next picture: until then what is known of its place is old, and
  // going by that would take the reader back. So whoever goes by the place asks for what was not told yet.
  const noteScroll = useCallback((): void => {
    const element = scroller.current;
    const { rail, place, user } = latest.current;
    if (!element || element.scrollTop === place.scrollTop) return;
    const next = moved(rail, place, element.scrollTop);
    put(next);
    user.onScrolled?.(next.y, rail);
  }, [put]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      const { rail, place } = latest.current;
      // Scrolled again, though not told yet: it settles after that.
      if (element.scrollTop !== place.scrollTop) return;
      if (Math.abs(rowsToRail(rail, place.y) - place.scrollTop) > 1) flushSync(() => scrollTo(place.y));
    };
    const onScroll = (): void => {
      // In this turn, so that the next picture has the rows.
      flushSync(noteScroll);
      clearTimeout(timer);
      const { rail } = latest.current;
      if (railHeight(rail) < contentHeight(rail)) timer = setTimeout(settle, settleAfter);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      clearTimeout(timer);
    };
  }, [noteScroll, scrollTo]);

  const scrollBy = useCallback(
    (distance: number) => {
      noteScroll();
      scrollTo(latest.current.place.y + distance);
    },
    [noteScroll, scrollTo],
  );

  const show = useCallback(
    (offset: number) => {
      noteScroll();
      const distance = distanceToShow(latest.current.rail, latest.current.place.y, offset);
      if (distance !== 0) scrollBy(distance);
    },
    [noteScroll, scrollBy],
  );

  return { scroller, rail, place, jumps, scrollTo, scrollBy, show };
}
