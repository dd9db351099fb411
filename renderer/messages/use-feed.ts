import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useBridge } from '../parts/bridge-context.ts';
import { nextPicture } from '../parts/next-frame.ts';
import { useKept } from '../parts/use-kept.ts';
import { createFeed, type Feed } from './feed.ts';
import type { FeedState } from './feed-state.ts';

export interface FeedHold {
  readonly feed: Feed;
  /** What stands in the search field, kept across restarts. */
  readonly query: string;
  /** Asks for the rows at once: the answer comes while what is typed is drawn. */
  readonly search: (query: string) => void;
}

/**
 * The feed of this window, asked again as soon as a snapshot tells that stored rows changed. `world`: whose rows they are;
 * another one has a feed of its own.
 */
export function useFeed(world: string): FeedHold {
  const bridge = useBridge();
  const [query, keep] = useKept('search');
  const create = () => ({ world, feed: createFeed({ query: query.trim(), bridge, nextPicture }) });
  const [held, setHeld] = useState(create);
  if (held.world !== world) setHeld(create());
  const { feed } = held;
  const search = useCallback(
    (next: string) => {
      feed.search(next.trim());
      keep(next);
    },
    [feed, keep],
  );
  useEffect(() => bridge.onSnapshot(({ inbox }) => feed.changed(inbox.revision)), [bridge, feed]);
  return { feed, query, search };
}

/** What a part of the window shows of the feed: it is drawn again only when that becomes another value. */
export function useFeedState<T>(feed: Feed, select: (state: FeedState) => T): T {
  return useSyncExternalStore(feed.subscribe, () => select(feed.state()));
}
