import { ArrowUp } from 'lucide-react';
import { useWords } from '../words/words-context.ts';
import type { Feed } from './feed.ts';
import { freshCount } from './feed-state.ts';
import { useFeedState } from './use-feed.ts';

/** How many texts came while the reader was elsewhere, and the way to them. */
export function FreshPill({ feed }: { feed: Feed }) {
  const words = useWords();
  const fresh = useFeedState(feed, freshCount);
  if (fresh === 0) return null;
  return (
    <button type="button" className="fresh-pill" onClick={feed.resume}>
      <ArrowUp size={13} aria-hidden />
      {words.list.fresh(fresh)}
    </button>
  );
}
