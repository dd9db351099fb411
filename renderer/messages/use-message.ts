import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Result } from '../../preload/contract/result.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { createMessageWatch } from './message-watch.ts';

/** The whole of one text, asked again whenever stored rows change; null until the first answer. */
export function useMessage(id: string, revision: number): Result<Output<'inbox.message'>, PublicError> | null {
  const bridge = useBridge();
  const watch = useMemo(() => createMessageWatch(bridge, id), [bridge, id]);
  useEffect(() => watch.changed(revision), [watch, revision]);
  return useSyncExternalStore(watch.subscribe, watch.answer);
}
