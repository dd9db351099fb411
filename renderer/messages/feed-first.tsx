import { type ReactNode, useLayoutEffect, useState } from 'react';
import { FeedContext } from './feed-context.ts';
import { useFeed } from './use-feed.ts';

/** ms that the rest waits for the rows: an answer takes less, and one that takes longer is waited for where rows will be. */
const longestWait = 50;

interface FeedFirstProps {
  /** Whose rows they are. Another one's are shown without waiting: the window stands already. */
  readonly world: string;
  /** Stands there until then. */
  readonly until: ReactNode;
  readonly children: ReactNode;
}

/** Asks for the rows, and draws all else together with them: they are what one opens the window for. */
export function FeedFirst({ world, until, children }: FeedFirstProps) {
  const hold = useFeed(world);
  const { feed } = hold;
  const [isDue, setDue] = useState(false);
  useLayoutEffect(() => {
    const show = (): void => setDue(true);
    const timer = setTimeout(show, longestWait);
    const end = feed.subscribe(show);
    feed.begin();
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [feed]);
  return isDue ? <FeedContext value={hold}>{children}</FeedContext> : until;
}
