import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { DeviceId } from '../../preload/contract/message.ts';
import type { BenchDraft } from './bench-draft.ts';
import type { Draft } from './draft.ts';
import { type Drafts, draftKey, type Written } from './drafts.ts';

export const DraftsContext = createContext<Drafts | null>(null);

interface DraftHold {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Takes away a text that was sent, unless another was begun meanwhile. */
  readonly sent: (text: string) => void;
  readonly bench: BenchDraft | null;
  readonly changeBench: (bench: BenchDraft) => void;
}

/** What is being written to a device of an account: it is still there when one comes back to it. */
export function useDraft(account: string, to: DeviceId): DraftHold {
  const drafts = useContext(DraftsContext);
  if (!drafts) throw new Error('There are no drafts above this part.');
  const key = draftKey(account, to);
  const subscribe = useCallback((listener: () => void) => drafts.subscribe(key, listener), [drafts, key]);
  const { draft, bench } = useSyncExternalStore(subscribe, () => drafts.of(key));
  const change = (part: (now: Written) => Partial<Written>): void =>
    drafts.change(key, (now) => ({ ...now, ...part(now) }));
  return {
    draft,
    change: (part) => change((now) => ({ draft: { ...now.draft, ...part } })),
    sent: (text) =>
      change((now) => ({ draft: now.draft.text === text ? { ...now.draft, text: '', values: {} } : now.draft })),
    bench,
    changeBench: (next) => change(() => ({ bench: next })),
  };
}
