import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import type { GroupState } from './group-state.ts';
import { createGroups, type Groups } from './groups.ts';

/** ms between two looks, while texts come one after the other */
const lookEvery = 250;

/** The devices with texts that a search finds, asked for again whenever stored rows change. */
export function useGroups(query: string, revision: number): readonly [Groups, GroupState, moved: number] {
  const bridge = useBridge();
  const groups = useMemo(
    () => createGroups(bridge, () => new Promise((resolve) => setTimeout(resolve, lookEvery))),
    [bridge],
  );
  useEffect(() => groups.look(query, revision), [groups, query, revision]);
  const state = useSyncExternalStore(groups.subscribe, groups.state);
  const moved = useSyncExternalStore(groups.subscribe, groups.moved);
  return [groups, state, moved];
}
