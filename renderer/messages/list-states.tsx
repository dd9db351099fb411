import type { ReactNode } from 'react';
import { shortCode } from '../../preload/contract/short-code.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/words-context.ts';
import type { Feed } from './feed.ts';
import { wholeState } from './feed-state.ts';
import { misreadConditions } from './query-text.ts';
import { useFeedState } from './use-feed.ts';

interface ListStateProps {
  readonly feed: Feed;
  readonly snapshot: Snapshot;
  readonly onAddAccount: () => void;
}

/** What stands in place of rows: still loading, failed, no account, no texts, or nothing found. */
export function ListState({ feed, snapshot, onAddAccount }: ListStateProps) {
  const state = useFeedState(feed, wholeState);
  const words = useWords();
  if (state.phase.kind === 'failed')
    return (
      <Blank title={words.list.failed}>
        <Failure error={state.phase.error} />
        <button type="button" className="button" onClick={feed.retry}>
          {words.retry}
        </button>
      </Blank>
    );
  if (state.phase.kind === 'loading') return <p className="blank-loading">{words.list.loading}</p>;
  if (state.query !== '')
    return (
      <Blank title={words.list.noHit.title}>
        <p className="searched">
          <bdi>{state.query}</bdi>
        </p>
        {misreadConditions(state.query).map((written, place) => (
          <p key={`${place} ${written}`}>{words.list.noHit.misread(written)}</p>
        ))}
        <p>{noHitWords(state.query, snapshot.inbox.unverified, words)}</p>
      </Blank>
    );
  if (snapshot.accounts.length === 0)
    return (
      <Blank title={words.list.noAccount.title}>
        <p>{words.list.noAccount.body}</p>
        <button type="button" className="button primary" onClick={onAddAccount}>
          {words.list.noAccount.action}
        </button>
      </Blank>
    );
  return (
    <Blank title={words.list.empty.title}>
      <p>{snapshot.simulated ? words.list.empty.simulated : words.list.empty.body}</p>
      <p className="short-code">
        <span>{shortCode}</span>
        <CopyButton text={shortCode} label={words.detail.copy(shortCode)} />
      </p>
    </Blank>
  );
}

/** `unverified`: how much is kept that is not trusted. The button that shows it is there only where something is. */
function noHitWords(query: string, unverified: number, { list: { noHit } }: Words): string {
  if (!/(?:^|\s)is:unverified(?:\s|$)/i.test(query)) return noHit.body;
  return unverified > 0 ? noHit.unverified : noHit.noneUnverified;
}

export function Blank({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="blank">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
