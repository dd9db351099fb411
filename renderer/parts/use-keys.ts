import { useEffect, useRef } from 'react';

/** True when the key was used. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

/** Hears the keys of the whole window, except those that a field, a dialog or a menu needs itself. */
export function useKeys(handler: KeyHandler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || belongsElsewhere(event)) return;
      if (latest.current(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function isFindKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f';
}

const scrolling = [' ', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return true;
  if (isFindKey(event)) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target?.closest('input, textarea, select')) return event.key !== 'Escape';
  if (target?.closest('[role="region"], pre')) return scrolling.includes(event.key);
  return Boolean(target?.closest('button, a')) && (event.key === ' ' || event.key === 'Enter');
}
