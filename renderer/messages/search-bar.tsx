import { Download, Layers, Pause, Play } from 'lucide-react';
import type { RefObject } from 'react';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import type { Feed } from './feed.ts';
import { type FeedState, freshCount, isFollowing } from './feed-state.ts';
import { SavedMenu } from './saved-menu.tsx';
import type { SavedSearches } from './saved-searches.ts';
import { SearchField } from './search-field.tsx';
import { useFeedState } from './use-feed.ts';

interface SearchBarProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly feed: Feed;
  readonly accounts: readonly string[];
  readonly query: string;
  readonly notice: string | null;
  /** How many devices the list shows; null: it shows texts. */
  readonly devices: number | null;
  readonly saved: SavedSearches;
  readonly onQuery: (query: string) => void;
  readonly onDone: () => void;
  readonly onGroup: () => void;
  readonly onExport: () => void;
}

/** The search field, what the list holds, and whether it follows the newest texts. */
export function SearchBar(props: SearchBarProps) {
  const { feed, query, notice, saved, devices, onQuery, onExport, onGroup } = props;
  const words = useWords();
  const groups = devices === null ? words.devices.group : words.devices.ungroup;
  const following = useFeedState(feed, isFollowing);
  const isEmpty = useFeedState(feed, ({ latestTotal }) => latestTotal === 0);
  return (
    <div className="search-bar" role="search">
      <SearchField
        field={props.field}
        accounts={props.accounts}
        query={query}
        onQuery={onQuery}
        onDone={props.onDone}
      />
      <SavedMenu query={query.trim()} saved={saved} onQuery={onQuery} />
      <button
        type="button"
        className="icon-button export-button"
        aria-label={words.export.button}
        title={`${words.export.button} (e)`}
        disabled={isEmpty}
        onClick={onExport}
      >
        <Download size={15} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button group-button"
        aria-pressed={devices !== null}
        aria-label={words.devices.group}
        title={`${groups} (g)`}
        onClick={onGroup}
      >
        <Layers size={15} aria-hidden />
      </button>
      <span className="list-count">
        {notice ?? (devices === null ? <TextCount feed={feed} /> : words.devices.groupCount(devices))}
      </span>
      {devices === null ? (
        <button
          type="button"
          className="tail-button"
          aria-pressed={following}
          title={following ? words.list.hold : words.list.follow}
          onClick={feed.toggle}
        >
          {following ? <Pause size={13} aria-hidden /> : <Play size={13} aria-hidden />}
          <span>{following ? words.list.live : words.list.held}</span>
        </button>
      ) : null}
    </div>
  );
}

/** The only word of the bar that changes with each text. */
function TextCount({ feed }: { feed: Feed }) {
  const words = useWords();
  return useFeedState(feed, (state) => countWords(state, words));
}

function countWords(state: FeedState, words: Words): string {
  if (state.phase.kind === 'loading') return '';
  const total = state.total + freshCount(state);
  return state.query === '' ? words.list.total(total) : words.list.found(total);
}
