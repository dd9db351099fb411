import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Message } from '../../preload/contract/message.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { DeviceGroups } from '../devices/device-groups.tsx';
import { DeviceThread } from '../devices/thread.tsx';
import { useBridge } from '../parts/bridge-context.ts';
import { copy } from '../parts/copy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { useKept } from '../parts/use-kept.ts';
import { isFindKey, useKeys } from '../parts/use-keys.ts';
import { useMedia } from '../parts/use-media.ts';
import { useSteady } from '../parts/use-steady.ts';
import { useWords } from '../words/words-context.ts';
import { Composer } from './composer.tsx';
import { asPlainText } from './copies.ts';
import { useFeedHold } from './feed-context.ts';
import { isFollowing } from './feed-state.ts';
import { FreshPill } from './fresh-pill.tsx';
import { HitsContext } from './hits-context.ts';
import { ListState } from './list-states.tsx';
import { MessageDetail } from './message-detail.tsx';
import { MessageList } from './message-list.tsx';
import { usePaneActions } from './pane-actions.ts';
import { hitsOf } from './query-text.ts';
import { useSavedSearches } from './saved-searches.ts';
import { SearchBar } from './search-bar.tsx';
import { useFeedState } from './use-feed.ts';
import { focusList, useFocusKept } from './use-focus-kept.ts';

interface MessagesPaneProps {
  readonly snapshot: Snapshot;
  readonly density: Settings['density'];
  readonly opened: Message | null;
  readonly onOpened: (message: Message | null) => void;
  /** The device whose conversation is shown where no text is opened. */
  readonly device: number | null;
  readonly onDevice: (device: number | null) => void;
  readonly onAddAccount: () => void;
  readonly onFailed: (error: PublicError) => void;
  readonly onExport: (query: string, total: number) => void;
}

/** Search, list, and the opened text or conversation. */
export function MessagesPane(props: MessagesPaneProps) {
  const { snapshot, density, opened, onOpened, device, onDevice, onAddAccount, onFailed } = props;
  const words = useWords();
  const bridge = useBridge();
  const { revision } = snapshot.inbox;
  const { feed, query, search } = useFeedHold();
  const following = useFeedState(feed, isFollowing);
  const isEmpty = useFeedState(feed, ({ total }) => total === 0);
  const failure = useFeedState(feed, ({ phase }) => (phase.kind === 'failed' ? phase.error : null));
  const rowsOf = useFeedState(feed, (state) => state.rowsOf);
  const [notice, tell] = useNotice();
  const accounts = useSteady(snapshot.accounts.map(({ name }) => name));
  const field = useRef<HTMLInputElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const [grouped, setGrouped] = useKept('grouped');
  const [devices, setDevices] = useState<number | null>(null);
  const isGrouped = grouped !== '';
  const besides = opened !== null || device !== null;
  const covered = useMedia('(max-width: 1023px)') && besides;

  useFocusKept({ beside: opened ?? device, closeButton, covered, grouped: isGrouped });

  useEffect(() => {
    if (!opened?.unread) return;
    feed.markRead(opened.id);
    void bridge.call('inbox.markRead', { ids: [opened.id] });
  }, [bridge, feed, opened]);

  const copyRow = useCallback(
    (message: Message) => void copy(asPlainText(message)).then((done) => tell(done ? words.copied : words.copyFailed)),
    [tell, words],
  );

  const star = useCallback(
    async ({ id }: Message, starred: boolean) => {
      feed.markStarred(id, starred);
      const answer = await bridge.call('inbox.star', { ids: [id], starred });
      if (answer.ok) return;
      onFailed(answer.error);
      feed.retry();
    },
    [bridge, feed, onFailed],
  );

  /** A text that was opened from a conversation goes back to it. */
  function close(): void {
    if (opened) onOpened(null);
    else onDevice(null);
  }

  const toggleGroups = (): void => setGrouped(isGrouped ? '' : 'device');
  const saved = useSavedSearches();
  const focusSearch = (): void => {
    field.current?.focus();
    field.current?.select();
  };
  const exportShown = (): void => {
    const { query, latestTotal } = feed.state();
    props.onExport(query, latestTotal);
  };

  /** What Escape ends: what the field with the focus is for comes first. */
  function leave(focused: Element | null): boolean {
    if (focused === field.current && query === '') focusList();
    else if (focused === field.current) search('');
    else if (composer.current?.form?.contains(focused)) closeButton.current?.focus();
    else if (besides) close();
    else if (query !== '') search('');
    else return false;
    return true;
  }

  useKeys((event) => {
    if (event.key === 'e' && feed.state().latestTotal > 0) {
      exportShown();
      return true;
    }
    if (event.key === '/' || isFindKey(event)) {
      focusSearch();
      return true;
    }
    if (event.key === 'g') {
      toggleGroups();
      return true;
    }
    if (event.key === 'c' && opened) {
      copyRow(opened);
      return true;
    }
    if (event.key === 'r' && besides) {
      composer.current?.focus();
      return composer.current !== null;
    }
    return event.key === 'Escape' && leave(document.activeElement);
  });

  function searchDevice(device: string): void {
    setGrouped('');
    search(device);
    if (covered) onDevice(null);
  }

  usePaneActions({
    snapshot,
    opened,
    query: query.trim(),
    following,
    grouped: isGrouped,
    onGroup: toggleGroups,
    onDevice,
    saved,
    onQuery: search,
    onSearch: focusSearch,
    onToggle: feed.toggle,
    onExport: exportShown,
    onReply: () => composer.current?.focus(),
    onClose: close,
  });

  const empty = isGrouped || isEmpty ? <ListState feed={feed} snapshot={snapshot} onAddAccount={onAddAccount} /> : null;
  const hits = useMemo(() => hitsOf(rowsOf), [rowsOf]);
  return (
    <HitsContext value={hits}>
      <main className="messages" data-open={besides || undefined}>
        <section className="list-pane" aria-label={words.list.name} inert={covered}>
          <SearchBar
            field={field}
            feed={feed}
            query={query}
            accounts={accounts}
            notice={notice}
            devices={isGrouped ? devices : null}
            saved={saved}
            onQuery={search}
            onDone={focusList}
            onGroup={toggleGroups}
            onExport={exportShown}
          />
          {failure && !isEmpty ? <Failure error={failure} /> : null}
          {isGrouped ? null : <FreshPill feed={feed} />}
          {isGrouped ? (
            <DeviceGroups
              query={query.trim()}
              revision={revision}
              density={density}
              manyAccounts={snapshot.accounts.length > 1}
              opened={device}
              onOpen={onDevice}
              onTotal={setDevices}
              empty={empty}
            />
          ) : (
            <MessageList
              feed={feed}
              density={density}
              manyAccounts={snapshot.accounts.length > 1}
              openedId={opened?.id ?? null}
              onOpen={onOpened}
              onCopy={copyRow}
              onStar={star}
              empty={empty}
            />
          )}
        </section>
        {opened ? (
          <MessageDetail
            message={opened}
            revision={revision}
            closeButton={closeButton}
            composer={composer}
            onStar={star}
            onDevice={onDevice}
            onClose={close}
          />
        ) : device !== null ? (
          <DeviceThread
            key={device}
            device={device}
            // Both only grow: what is sent changes the conversation as what comes does.
            revision={revision + snapshot.sends}
            closeButton={closeButton}
            composer={Composer}
            field={composer}
            onMessage={onOpened}
            onSearch={searchDevice}
            onClose={close}
          />
        ) : null}
      </main>
    </HitsContext>
  );
}

/** A word that is shown for a moment. */
function useNotice(): readonly [string | null, (notice: string) => void] {
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), 1500);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}
