import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import { nextFrame } from '../parts/next-frame.ts';
import { createFeed, type Feed } from './feed.ts';
import type { FeedState } from './feed-state.ts';

/** The feed of this window, asked again as soon as a snapshot tells that stored rows changed. */
export function useFeed(): readonly [Feed, FeedState] {
  const bridge = useBridge();
  const feed = useMemo(() => createFeed({ bridge, nextFrame }), [bridge]);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  useEffect(() => bridge.onSnapshot(({ inbox }) => feed.changed(inbox.revision)), [bridge, feed]);
  return [feed, state];
}
