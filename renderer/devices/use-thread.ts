import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import type { ThreadState } from './thread-state.ts';
import { createThreadWatch, type ThreadWatch } from './thread-watch.ts';

/** The conversation with a device, asked again whenever stored rows change. */
export function useThread(device: number, revision: number): readonly [ThreadWatch, ThreadState] {
  const bridge = useBridge();
  const watch = useMemo(() => createThreadWatch(bridge, device), [bridge, device]);
  useEffect(() => watch.changed(revision), [watch, revision]);
  return [watch, useSyncExternalStore(watch.subscribe, watch.state)];
}
