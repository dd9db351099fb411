import { createContext, useContext } from 'react';
import { type Hits, noHits } from './query-text.ts';

/** What the search that is shown marks. */
export const HitsContext = createContext<Hits>(noHits);

export function useHits(): Hits {
  return useContext(HitsContext);
}
