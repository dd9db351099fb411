import { createContext, useContext } from 'react';
import type { FeedHold } from './use-feed.ts';

/** The rows that the parts beneath show. */
export const FeedContext = createContext<FeedHold | null>(null);

export function useFeedHold(): FeedHold {
  const hold = useContext(FeedContext);
  if (!hold) throw new Error('There is no feed above this part.');
  return hold;
}
