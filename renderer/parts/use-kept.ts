import { useCallback, useState } from 'react';

/** A text that is kept on this computer across restarts. Where the page may not keep anything it lives as long as the page. */
export function useKept(key: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => read(key));
  const keep = useCallback(
    (next: string) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, keep];
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A full or forbidden store: the search is only not kept.
  }
}
