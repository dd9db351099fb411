import { useEffect, useState } from 'react';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';

/** The newest snapshot that is known, or null before the first. Older numbers that come late are dropped. */
export function useSnapshot(bridge: Bridge): Snapshot | null {
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  useEffect(() => {
    let ended = false;
    const take = (next: Snapshot): void => {
      if (!ended) setSnapshot((known) => (known && known.number >= next.number ? known : next));
    };
    const end = bridge.onSnapshot(take);
    void bridge.call('snapshot.get', {}).then((now) => {
      if (now.ok) take(now.value);
    });
    return () => {
      ended = true;
      end();
    };
  }, [bridge]);
  return snapshot;
}
