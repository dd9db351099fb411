import { useEffect, useState } from 'react';

/** Whether the pointer pressed on what has the handler, up to and with the click that may come of it. */
export function usePressed(): readonly [boolean, () => void] {
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    if (!pressed) return;
    // The click follows at once, and must still find what it was meant for.
    const release = (): void => void setTimeout(() => setPressed(false));
    const ends = ['pointerup', 'pointercancel', 'blur'] as const;
    for (const end of ends) addEventListener(end, release);
    return () => {
      for (const end of ends) removeEventListener(end, release);
    };
  }, [pressed]);
  return [pressed, () => setPressed(true)];
}
