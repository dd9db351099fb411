import { Download, Layers, Pause, Play } from 'lucide-react';
import type { RefObject } from 'react';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import { type FeedState, freshCount } from './feed-state.ts';
import { SavedMenu } from './saved-menu.tsx';
import type { SavedSearches } from './saved-searches.ts';
import { SearchField } from './search-field.tsx';
import type { SeenDevices } from './seen-devices.ts';

interface SearchBarProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly state: FeedState;
  readonly seen: SeenDevices;
  readonly accounts: readonly string[];
  readonly query: string;
  readonly notice: string | null;
  /** How many devices the list shows; null: it shows texts. */
  readonly devices: number | null;
  readonly saved: SavedSearches;
  readonly onQuery: (query: string) => void;
  readonly onDone: () => void;
  readonly onToggle: () => void;
  readonly onGroup: () => void;
  readonly onExport: () => void;
}

/** The search field, what the list holds, and whether it follows the newest texts. */
export function SearchBar(props: SearchBarProps) {
  const { state, query, notice, saved, devices, onQuery, onToggle, onExport, onGroup } = props;
  const words = useWords();
  const groups = devices === null ? words.devices.group : words.devices.ungroup;
  const following = state.tail.kind === 'live';
  return (
    <div className="search-bar" role="search">
      <SearchField
        field={props.field}
        seen={props.seen}
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
        disabled={state.latestTotal === 0}
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
        {notice ?? (devices === null ? countWords(state, words) : words.devices.groupCount(devices))}
      </span>
      {devices === null ? (
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
      ) : null}
    </div>
  );
}

function countWords(state: FeedState, words: Words): string {
  if (state.phase.kind === 'loading') return '';
  const total = state.total + freshCount(state);
  return state.query === '' ? words.list.total(total) : words.list.found(total);
}
