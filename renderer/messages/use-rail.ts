import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { distanceToShow, moved, type Place, type Rail, railHeight, rowsToRail } from './rail.ts';

export interface RailHold {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rail: Rail;
  readonly place: Place;
  readonly scrollTo: (y: number) => void;
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
  onScrolled: (y: number) => void,
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

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      const wanted = rowsToRail(latest.current.rail, latest.current.place.y);
      if (Math.abs(wanted - element.scrollTop) > 1) flushSync(() => scrollTo(latest.current.place.y));
    };
    const onScroll = (): void => {
      const next = moved(latest.current.rail, latest.current.place, element.scrollTop);
      if (next.scrollTop === latest.current.place.scrollTop) return;
      put(next);
      latest.current.onScrolled(next.y);
      clearTimeout(timer);
      if (railHeight(latest.current.rail) < rows * rowHeight) timer = setTimeout(settle, settleAfter);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      clearTimeout(timer);
    };
  }, [put, scrollTo, rows, rowHeight]);

  const show = useCallback(
    (offset: number) => {
      const { rail, place } = latest.current;
      const distance = distanceToShow(rail, place.y, offset);
      if (distance !== 0) scrollTo(place.y + distance);
    },
    [scrollTo],
  );

  return { scroller, rail, place, scrollTo, show };
}
