import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { contentHeight, distanceToShow, moved, type Place, type Rail, railHeight, rowsToRail } from './rail.ts';

export interface RailHold {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rail: Rail;
  readonly place: Place;
  readonly scrollTo: (y: number) => void;
  /** Moves by so many px of rows from where the reader is, also when that is not drawn yet. */
  readonly scrollBy: (distance: number) => void;
  /** Moves just as far as row `offset` needs to be wholly in view. */
  readonly show: (offset: number) => void;
}

/** ms without a scroll event after which the thumb of a shortened rail is put where the rows are. */
const settleAfter = 150;
const start: Place = { scrollTop: 0, y: 0 };

/** Ties an element's scrolling to the rail. `headHeight`: px of the heading that stays at the top of the element. */
export function useRail(
  rows: number,
  rowHeight: number,
  headHeight: number,
  onScrolled: (y: number, rail: Rail) => void,
): RailHold {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [place, setPlace] = useState(start);
  const rail: Rail = { rows, rowHeight, viewport: Math.max(0, height - headHeight) };
  const latest = useRef({ rail, place, onScrolled });
  useLayoutEffect(() => {
    latest.current = { rail, place: latest.current.place, onScrolled };
  });

  const put = useCallback((next: Place) => {
    const { place } = latest.current;
    if (next.scrollTop === place.scrollTop && next.y === place.y) return;
    latest.current.place = next;
    setPlace(next);
  }, []);

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
    const { rail, place, onScrolled } = latest.current;
    if (!element || element.scrollTop === place.scrollTop) return;
    const next = moved(rail, place, element.scrollTop);
    put(next);
    onScrolled(next.y, rail);
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

  return { scroller, rail, place, scrollTo, scrollBy, show };
}
