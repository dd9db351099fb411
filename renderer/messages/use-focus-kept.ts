import { type RefObject, useEffect } from 'react';

/** Puts the focus into the list, whichever of the two is shown. */
export function focusList(): void {
  document.querySelector<HTMLElement>('.list[role="grid"]')?.focus();
}

/** After a part of the window went away: in the list, where the focus went with it. */
export function focusListWhereLost(): void {
  if (isLost()) focusList();
}

interface Shown {
  /** What stands beside the list, as a value that changes with it. */
  readonly beside: unknown;
  /** The close button of that, where something stands there. */
  readonly closeButton: RefObject<HTMLButtonElement | null>;
  /** Whether it covers the list. */
  readonly covered: boolean;
  readonly grouped: boolean;
}

/** Leaves the focus where one goes on, when what had it is swapped or closed: in the new list, or in what stands beside. */
export function useFocusKept({ beside, closeButton, covered, grouped }: Shown): void {
  // What an effect returns runs when its values have changed, and finds the new parts in the page.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is about the change of the value alone
  useEffect(() => focusListWhereLost, [grouped]);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- as above
  useEffect(() => () => focusBesideWhereLost(closeButton), [beside, closeButton]);
  useEffect(() => {
    if (covered) closeButton.current?.focus();
  }, [covered, closeButton]);
}

function focusBesideWhereLost(closeButton: Shown['closeButton']): void {
  if (!isLost()) return;
  if (closeButton.current) closeButton.current.focus();
  else focusList();
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
