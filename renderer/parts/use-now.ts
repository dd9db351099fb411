import { useEffect, useState } from 'react';

/** The time in ms, told again every `every` ms: for ages, and for the day's change. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
