import { Pause, Play, Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { words } from '../words.ts';
import { type FeedState, freshCount } from './feed-state.ts';

interface SearchBarProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly state: FeedState;
  readonly query: string;
  readonly notice: string | null;
  readonly onQuery: (query: string) => void;
  readonly onDone: () => void;
  readonly onToggle: () => void;
}

/** The search field, what the list holds, and whether it follows the newest texts. */
export function SearchBar({ field, state, query, notice, onQuery, onDone, onToggle }: SearchBarProps) {
  const following = state.tail.kind === 'live';
  return (
    <div className="search-bar" role="search">
      <label className="search">
        <Search size={14} aria-hidden />
        <input
          ref={field}
          type="text"
          value={query}
          maxLength={1024}
          placeholder={words.list.search}
          aria-label={words.list.search}
          spellCheck={false}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              onDone();
            }
          }}
        />
        {query === '' ? (
          <kbd aria-hidden>/</kbd>
        ) : (
          <button type="button" className="icon-button small" aria-label={words.list.clear} onClick={() => onQuery('')}>
            <X size={14} aria-hidden />
          </button>
        )}
      </label>
      <span className="list-count">{notice ?? countWords(state)}</span>
      <button
        type="button"
        className="tail-button"
        aria-pressed={following}
        title={following ? words.list.hold : words.list.follow}
        onClick={onToggle}
      >
        {following ? <Pause size={13} aria-hidden /> : <Play size={13} aria-hidden />}
        <span>{following ? words.list.live : words.list.held}</span>
      </button>
    </div>
  );
}

function countWords(state: FeedState): string {
  if (state.phase.kind === 'loading') return '';
  const total = state.total + freshCount(state);
  return state.query === '' ? words.list.total(total) : words.list.found(total);
}
