import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../core/ports.ts';
import { project, type SnapshotFacts } from '../core/project.ts';
import type { Store } from '../core/store.ts';

export interface Snapshots {
  current(): Snapshot;
  /** Tells a new one though no state changed: what faces make of it has. */
  renew(): void;
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  close(): void;
}

/** Sooner than a person sees, and seldom enough that a flood of texts costs windows little. */
const shortestMs = 16;

/** Makes a numbered snapshot of the state after each turn in which it changed, at most one every 16 ms. */
export function createSnapshots(state: Store, clock: Clock, facts: SnapshotFacts): Snapshots {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let current = project(state.get(), 1, facts);
  let stale = false;
  let cancel: (() => void) | null = null;
  let lastAt = 0;

  function refresh(): void {
    if (!stale) return;
    stale = false;
    current = project(state.get(), current.number + 1, facts);
  }

  function send(): void {
    cancel = null;
    lastAt = clock.now();
    refresh();
    for (const listener of listeners) listener(current);
  }

  function renew(): void {
    stale = true;
    if (cancel || listeners.size === 0) return;
    cancel = clock.after(Math.max(0, Math.min(shortestMs, lastAt + shortestMs - clock.now())), send);
  }

  const end = state.subscribe((_event, before, after) => {
    if (before !== after) renew();
  });

  return {
    renew,
    current() {
      refresh();
      return current;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      end();
      cancel?.();
    },
  };
}
