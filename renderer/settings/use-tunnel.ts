import { useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import { useAsk } from '../parts/use-ask.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import { changeOf, draftOf, type TunnelDraft } from './tunnel-draft.ts';

export interface TunnelHold {
  readonly draft: TunnelDraft;
  readonly setDraft: (draft: TunnelDraft) => void;
  /** How often it was tried to store the draft as it is. */
  readonly tries: number;
  /** Why it could not be stored or opened. */
  readonly problem: PublicError | null;
  readonly isStored: boolean;
  /** Stores the draft and has it opened; false where it could not be. */
  readonly open: () => Promise<boolean>;
}

/** The way in as it is being chosen. */
export function useTunnel({ settings, change }: SettingsHold): TunnelHold {
  const [typed, setTyped] = useState<TunnelDraft | null>(null);
  const [tries, setTries] = useState(0);
  const [problem, setProblem] = useState<PublicError | null>(null);
  const [, tryWayIn] = useAsk('wayIn.try');
  const kept = draftOf(settings);
  const draft = typed ?? kept;
  const wanted = changeOf(draft);
  const stored = changeOf(kept);

  async function open(): Promise<boolean> {
    setTries((before) => before + 1);
    if (wanted === null) return false;
    const refused = await change(wanted);
    const asked = refused === null ? await tryWayIn({}) : null;
    const failed = refused ?? (asked?.kind === 'failed' ? asked.error : null);
    setProblem(failed);
    return failed === null;
  }

  return {
    draft,
    setDraft(next) {
      setTyped(next);
      setTries(0);
      setProblem(null);
    },
    tries,
    problem,
    isStored: wanted !== null && JSON.stringify(wanted) === JSON.stringify(stored),
    open,
  };
}
