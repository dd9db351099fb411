import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.ts';

/** Names the columns of the list, and of the list grouped by device; `children` names the last one. */
export function ListHead({ children }: { children: ReactNode }) {
  const words = useWords();
  return (
    <div role="rowgroup" className="list-head">
      <div role="row" aria-rowindex={1} className="row head">
        <span role="columnheader" className="cell-time">
          {words.list.time}
        </span>
        <span role="columnheader" className="cell-device">
          {words.list.device}
        </span>
        <span role="columnheader" className="cell-account">
          {words.list.account}
        </span>
        <span role="columnheader" className="cell-text">
          {words.list.text}
        </span>
        {children}
      </div>
    </div>
  );
}
