import { useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input } from '../../preload/contract/methods.ts';
import type { SettingsHold } from '../parts/use-settings.ts';

export type ApplyOutcome = 'saved' | PublicError | null;

/**
 * Changes settings, and tells how that went: as long as `typed` is what it was then. Resolves to whether they were
 * changed.
 */
export function useApply(
  { change }: SettingsHold,
  typed = '',
): readonly [ApplyOutcome, (wanted: Input<'settings.change'>) => Promise<boolean>] {
  const [outcome, setOutcome] = useState<ApplyOutcome>(null);
  const [since, setSince] = useState(typed);
  if (since !== typed) {
    setSince(typed);
    setOutcome(null);
  }
  async function apply(wanted: Input<'settings.change'>): Promise<boolean> {
    setOutcome(null);
    const refused = await change(wanted);
    setOutcome(refused ?? 'saved');
    return refused === null;
  }
  return [outcome, apply];
}
