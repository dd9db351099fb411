import { useEffect, useState } from 'react';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { onNextFrame } from './next-frame.ts';

/**
 * The newest snapshot that is known, or null before the first, which is drawn at once. Older numbers that come late are
 * dropped, and of many that come between two pictures only the last is drawn.
 */
export function useSnapshot(bridge: Bridge): Snapshot | null {
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  useEffect(() => {
    let newest: Snapshot | null = null;
    let cancel: (() => void) | null = null;
    const show = (): void => {
      cancel = null;
      setSnapshot(newest);
    };
    const take = (next: Snapshot): void => {
      if (newest && newest.number >= next.number) return;
      const isFirst = newest === null;
      newest = next;
      if (isFirst) setSnapshot(next);
      else cancel ??= onNextFrame(show);
    };
    const end = bridge.onSnapshot(take);
    void bridge.call('snapshot.get', {}).then((now) => {
      if (now.ok) take(now.value);
    });
    return () => {
      cancel?.();
      end();
    };
  }, [bridge]);
  return snapshot;
}
