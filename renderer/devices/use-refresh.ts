import { useCallback, useState } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import type { Asked } from '../parts/use-ask.ts';

/** Asks ThingSpace for the devices of each account, one after the other: how many it lists, or the first failure. */
export function useRefresh(accounts: readonly string[]): readonly [Asked<number>, () => void] {
  const bridge = useBridge();
  const [asked, setAsked] = useState<Asked<number>>({ kind: 'idle' });
  const key = accounts.join('\n');
  const refresh = useCallback(async (): Promise<void> => {
    setAsked({ kind: 'asked' });
    let listed = 0;
    for (const account of key.split('\n')) {
      const answer = await bridge.call('devices.refresh', { account });
      if (!answer.ok) return setAsked({ kind: 'failed', error: answer.error });
      listed += answer.value.listed;
    }
    setAsked({ kind: 'done', value: listed, at: Date.now() });
  }, [bridge, key]);
  return [asked, () => void refresh()];
}
