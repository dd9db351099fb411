import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { OfferedAction } from './offered-actions.ts';
import { Palette } from './palette.tsx';

/** ms for which the outcome of an action is shown */
const toldFor = 5000;

export interface PaletteHold {
  readonly open: () => void;
  /** The palette when it is open, and what the last action came to. */
  readonly shown: ReactNode;
}

/** The palette, opened by Ctrl or Cmd K wherever the focus is, unless another dialog is open. */
export function usePalette(onFailure: (error: PublicError) => void): PaletteHold {
  /* While it is open: what had the focus before. */
  const [before, setBefore] = useState<Element | null>(null);
  const [told, tell] = useState<string | null>(null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isPaletteKey(event) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      setBefore(document.activeElement);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);

  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => tell(null), toldFor);
    return () => clearTimeout(timer);
  }, [told]);

  async function run(action: OfferedAction): Promise<void> {
    // An action begins where the focus was: a dialog that it opens leads back there.
    flushSync(() => setBefore(null));
    if (before instanceof HTMLElement) before.focus();
    const outcome = await action.run();
    if (typeof outcome === 'string') tell(outcome);
    else if (outcome) onFailure(outcome.failure);
  }

  const shown = (
    <>
      {before ? <Palette onRun={(action) => void run(action)} onClose={() => setBefore(null)} /> : null}
      {told === null ? null : (
        <p className="told" role="status">
          {told}
        </p>
      )}
    </>
  );
  return { open: () => setBefore(document.activeElement), shown };
}

function isPaletteKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
}
