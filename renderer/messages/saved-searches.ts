import { useMemo } from 'react';
import { useKept } from '../parts/use-kept.ts';

const most = 50;

export interface SavedSearches {
  readonly all: readonly string[];
  readonly has: (query: string) => boolean;
  /** Keeps a search, or forgets one that is kept. */
  readonly toggle: (query: string) => void;
}

/** Searches that are kept on this computer, the last kept first. */
export function useSavedSearches(): SavedSearches {
  const [kept, keep] = useKept('saved-searches');
  return useMemo(() => {
    const all = parseSearches(kept);
    return {
      all,
      has: (query) => all.includes(query),
      toggle: (query) => keep(JSON.stringify(toggled(all, query))),
    };
  }, [kept, keep]);
}

/** What was kept, whatever stands there: another program or version may have written it. */
export function parseSearches(kept: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(kept);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function toggled(all: readonly string[], query: string): readonly string[] {
  if (all.includes(query)) return all.filter((one) => one !== query);
  return [query, ...all].slice(0, most);
}
