import { startTransition, useEffect, useState } from 'react';
import { onNextFrame } from './next-frame.ts';

/** The value that the last picture was made with: what follows it is drawn one picture later than the value itself. */
export function useDrawn<T>(value: T): T {
  const [drawn, setDrawn] = useState(value);
  useEffect(() => onNextFrame(() => startTransition(() => setDrawn(value))), [value]);
  return drawn;
}
