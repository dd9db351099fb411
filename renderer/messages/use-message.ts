import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import { createMessageWatch, type MessageWatch } from './message-watch.ts';

/** The whole of one text, asked again whenever stored rows change, and how to ask again now; null until the first answer. */
export function useMessage(
  id: string,
  revision: number,
): readonly [ReturnType<MessageWatch['answer']>, MessageWatch['refresh']] {
  const bridge = useBridge();
  const watch = useMemo(() => createMessageWatch(bridge, id), [bridge, id]);
  useEffect(() => watch.changed(revision), [watch, revision]);
  return [useSyncExternalStore(watch.subscribe, watch.answer), watch.refresh];
}
