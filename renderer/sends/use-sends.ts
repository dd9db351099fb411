import { useEffect, useState } from 'react';
import type { BenchRun } from '../../preload/contract/bench.ts';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { DeviceId } from '../../preload/contract/message.ts';
import type { Send } from '../../preload/contract/sends.ts';
import { useBridge } from '../parts/bridge-context.ts';

/** Sent texts that are shown under the field. */
const shownAtOnce = 5;

/** Looks now, and whenever a text to a device has changed. Returns what ends it. */
function whenSendsChange(bridge: Bridge, look: () => void): () => void {
  let known: number | null = null;
  look();
  return bridge.onSnapshot(({ sends }) => {
    if (sends === known) return;
    known = sends;
    look();
  });
}

/** The newest texts to a device, as they are now. */
export function useSends(account: string, device: DeviceId): readonly Send[] {
  const bridge = useBridge();
  const [sends, setSends] = useState<readonly Send[]>([]);
  const { id, kind } = device;
  useEffect(() => {
    let ended = false;
    const end = whenSendsChange(bridge, () => {
      void bridge.call('sends.page', { account, device: { id, kind }, limit: shownAtOnce }).then((page) => {
        if (page.ok && !ended) setSends(page.value.sends);
      });
    });
    return () => {
      ended = true;
      end();
    };
  }, [bridge, account, id, kind]);
  return sends;
}

/** The newest run of the bench on a device, as it is now; null where there is none. */
export function useBenchRun(account: string, device: DeviceId): BenchRun | null {
  const bridge = useBridge();
  const [run, setRun] = useState<BenchRun | null>(null);
  const { id, kind } = device;
  useEffect(() => {
    let ended = false;
    const end = whenSendsChange(bridge, () => {
      void bridge.call('bench.runs', { limit: 20 }).then((found) => {
        if (!found.ok || ended) return;
        const own = found.value.runs.find((one) => one.account === account && one.to.id === id && one.to.kind === kind);
        setRun(own ?? null);
      });
    });
    return () => {
      ended = true;
      end();
    };
  }, [bridge, account, id, kind]);
  return run;
}
