import { useEffect, useRef } from 'react';

/** ms between two titles: the browser does more for one than the page does for a picture. */
const pause = 250;

/** Keeps the window's title, no fresher than one can read it. */
export function useTitle(title: string): void {
  const latest = useRef(title);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    latest.current = title;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      document.title = latest.current;
    }, pause);
  }, [title]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
