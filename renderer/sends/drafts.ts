import type { DeviceId } from '../../preload/contract/message.ts';
import type { BenchDraft } from './bench-draft.ts';
import { type Draft, emptyDraft } from './draft.ts';

/** What is being written to one device: a text, and a script of the bench once one was begun. */
export interface Written {
  readonly draft: Draft;
  readonly bench: BenchDraft | null;
}

/** What is being written, device by device, whatever the window shows. */
export interface Drafts {
  readonly of: (key: string) => Written;
  readonly change: (key: string, change: (now: Written) => Written) => void;
  /** Returns what ends it. How a text is to be sent is forgotten with the text once nobody looks: it would not be seen. */
  readonly subscribe: (key: string, listener: () => void) => () => void;
}

/** To whom one writes. */
export function draftKey(account: string, { kind, id }: DeviceId): string {
  return `${account} ${kind} ${id}`;
}

const nothing: Written = { draft: emptyDraft, bench: null };

export function createDrafts(): Drafts {
  const kept = new Map<string, Written>();
  const listeners = new Map<string, ReadonlySet<() => void>>();
  const of = (key: string): Written => kept.get(key) ?? nothing;

  function forget(key: string): void {
    const { draft, bench } = of(key);
    if (draft.text !== '' || listeners.has(key)) return;
    if (bench === null) kept.delete(key);
    else kept.set(key, { draft: emptyDraft, bench });
  }

  return {
    of,
    change: (key, change) => {
      kept.set(key, change(of(key)));
      forget(key);
      for (const listener of listeners.get(key) ?? []) listener();
    },
    subscribe: (key, listener) => {
      listeners.set(key, new Set([...(listeners.get(key) ?? []), listener]));
      return () => {
        const others = new Set([...(listeners.get(key) ?? [])].filter((one) => one !== listener));
        if (others.size > 0) listeners.set(key, others);
        else listeners.delete(key);
        forget(key);
      };
    },
  };
}
