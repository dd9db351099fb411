import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import { createFeed, type Feed } from './feed.ts';
import type { FeedState } from './feed-state.ts';

/** The feed of this window, asked again whenever the stored rows' revision grows. */
export function useFeed(revision: number): readonly [Feed, FeedState] {
  const bridge = useBridge();
  const feed = useMemo(() => createFeed({ bridge, nextFrame }), [bridge]);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  useEffect(() => feed.changed(revision), [feed, revision]);
  return [feed, state];
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}
