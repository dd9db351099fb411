import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import type { PublicError } from '../preload/contract/errors.ts';
import type { Message } from '../preload/contract/message.ts';
import type { Action, Snapshot } from '../preload/contract/snapshot.ts';
import { AccountRail } from './accounts/account-rail.tsx';
import { Dialogs, type OpenDialog } from './accounts/dialogs.tsx';
import type { Connection, ConnectionState } from './connection.ts';
import { DeviceRail } from './devices/device-rail.tsx';
import { FeedFirst } from './messages/feed-first.tsx';
import { Blank } from './messages/list-states.tsx';
import { MessagesPane } from './messages/messages-pane.tsx';
import { ActionBookContext, createActionBook } from './palette/offered-actions.ts';
import { usePalette } from './palette/use-palette.tsx';
import { useWindowActions } from './palette/window-actions.ts';
import { BridgeContext, useBridge } from './parts/bridge-context.ts';
import { Light } from './parts/light.tsx';
import { LiveRegion } from './parts/live-region.tsx';
import { OpensLinksContext } from './parts/opens-links-context.ts';
import { useAsk } from './parts/use-ask.ts';
import { useKeys } from './parts/use-keys.ts';
import { useMedia } from './parts/use-media.ts';
import { type SettingsHold, useSettings } from './parts/use-settings.ts';
import { useSnapshot } from './parts/use-snapshot.ts';
import { useTitle } from './parts/use-title.ts';
import { createDrafts } from './sends/drafts.ts';
import { DraftsContext } from './sends/use-draft.ts';
import { SetUp } from './setup/set-up.tsx';
import { Problems, StateBar } from './state-bar.tsx';
import { useListOfWorld, useView, type View } from './view.ts';
import { useChosenWords } from './words/use-chosen-words.ts';
import { useWords, WordsContext } from './words/words-context.ts';

/** The window over a connection: while that does not stand, it says so instead of showing what may be stale. */
export function AppWindow({ connection }: { connection: Connection }) {
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  const snapshot = useSnapshot(connection.bridge);
  const settings = useSettings(connection.bridge, state === 'open' ? (snapshot?.demo ?? 'unknown') : null);
  const words = useChosenWords(settings.settings.language);
  return (
    <WordsContext value={words}>
      <Connected connection={connection} state={state} snapshot={snapshot} settings={settings} />
    </WordsContext>
  );
}

interface ConnectedProps {
  readonly connection: Connection;
  readonly state: ConnectionState;
  readonly snapshot: Snapshot | null;
  readonly settings: SettingsHold;
}

function Connected({ connection, state, snapshot, settings }: ConnectedProps) {
  const words = useWords();
  const [book] = useState(createActionBook);
  const [drafts] = useState(createDrafts);
  useListOfWorld(snapshot?.demo);
  if (state !== 'open')
    return (
      <main className="whole-window">
        <Blank title={words.connection[state].title}>
          <p>{words.connection[state].body}</p>
          {state === 'lost' ? (
            <button type="button" className="button primary" onClick={connection.retry}>
              {words.retry}
            </button>
          ) : null}
        </Blank>
      </main>
    );
  if (!snapshot) return <Waiting />;
  return (
    <BridgeContext value={connection.bridge}>
      <OpensLinksContext value={connection.opensLinks}>
        <ActionBookContext value={book}>
          <DraftsContext value={drafts}>
            <FeedFirst world={snapshot.demo} until={<Waiting />}>
              {/* The simulator and the own accounts share nothing that is on screen. */}
              <Panes key={snapshot.demo} snapshot={snapshot} settings={settings} />
            </FeedFirst>
          </DraftsContext>
        </ActionBookContext>
      </OpensLinksContext>
    </BridgeContext>
  );
}

function Waiting() {
  const words = useWords();
  return (
    <main className="whole-window">
      <p className="waiting" role="status">
        <Light light="starting" silent /> {words.loading}
      </p>
    </main>
  );
}

function Panes({ snapshot, settings }: { snapshot: Snapshot; settings: SettingsHold }) {
  const words = useWords();
  const bridge = useBridge();
  const [opened, setOpened] = useState<Message | null>(null);
  const [device, setDevice] = useState<number | null>(null);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [railOpen, setRailOpen] = useState(false);
  const [setUp, setSetUp] = useState<'automatic' | 'open' | 'closed'>('automatic');
  const narrow = useMedia('(max-width: 719px)');
  const [, retry] = useAsk('app.retry');
  const [, resume] = useAsk('app.resume');
  const [, resumeAccount] = useAsk('account.resume');

  const { unread } = snapshot.inbox;
  useTitle(unread > 0 ? `(${unread}) ${words.product}` : words.product);

  const asked = useRef('');
  const go = useCallback(
    (view: View) => {
      setDialog(view.kind === 'settings' ? settingsAt(view.section) : null);
      asked.current = view.kind === 'message' ? view.id : '';
      if (view.kind === 'messages' || view.kind === 'device') {
        setOpened(null);
        setDevice(view.kind === 'device' ? view.device : null);
      }
      if (view.kind !== 'message') return;
      void bridge.call('inbox.message', { id: view.id }).then((found) => {
        // Only the last link counts: an answer may come after the next one was followed.
        if (asked.current !== view.id) return;
        if (found.ok) setOpened(found.value.message);
        else setDialog({ kind: 'link-failed', error: found.error });
      });
    },
    [bridge],
  );
  useView({ device, message: opened?.id ?? null, settings: dialog?.kind === 'settings' }, go);

  useKeys((event) => {
    if (event.key === '?') setDialog({ kind: 'keys' });
    else if (event.key === 'h') setDialog({ kind: 'timeline' });
    else if (event.key === 'Escape' && narrow && railOpen) setRailOpen(false);
    else return false;
    return true;
  });

  const openDevice = useCallback((id: number): void => {
    setOpened(null);
    setDevice(id);
    setRailOpen(false);
  }, []);

  const isEmpty = snapshot.accounts.length === 0 && snapshot.inbox.total === 0 && snapshot.demo !== 'shown';
  const settingUp = setUp === 'open' || (setUp === 'automatic' && isEmpty);

  function addAccount(): void {
    if (snapshot.accounts.length === 0) setSetUp('open');
    else setDialog({ kind: 'add-account' });
  }

  function act(action: Action): void {
    switch (action.kind) {
      case 'take-over':
        setDialog({ kind: 'take-over', account: action.account });
        return;
      case 'sign-in':
        setDialog({ kind: 'credentials' });
        return;
      case 'add-account':
        addAccount();
        return;
      case 'retry':
        void retry({});
        return;
      case 'resume':
        void resume({});
        return;
      case 'resume-account':
        void resumeAccount({ account: action.account });
        return;
      case 'settings':
        setDialog(settingsAt('way-in'));
        return;
    }
  }

  useWindowActions({
    snapshot,
    settings,
    onDialog: setDialog,
    onAction: act,
    onAddAccount: settingUp ? null : addAccount,
  });
  const tellFailed = useCallback((error: PublicError) => setDialog({ kind: 'failed', error }), []);
  const palette = usePalette(tellFailed);

  return (
    <div className="window" data-rail={railOpen || undefined} data-set-up={settingUp || undefined}>
      <StateBar
        snapshot={settingUp ? { ...snapshot, action: null } : snapshot}
        accountsShown={!narrow || railOpen}
        onAccounts={() => setRailOpen(!railOpen)}
        onPalette={palette.open}
        onTimeline={() => setDialog({ kind: 'timeline' })}
        onAction={act}
      />
      <Problems snapshot={snapshot} />
      {settingUp ? (
        <SetUp
          snapshot={snapshot}
          settings={settings}
          onBegun={() => setSetUp('open')}
          onDone={() => setSetUp('closed')}
        />
      ) : (
        <div className="panes">
          {narrow && !railOpen ? null : (
            <AccountRail snapshot={snapshot} onDialog={setDialog} onAddAccount={addAccount}>
              <DeviceRail
                snapshot={snapshot}
                opened={opened ? (opened.device?.id ?? null) : device}
                onOpen={openDevice}
              />
            </AccountRail>
          )}
          <MessagesPane
            snapshot={snapshot}
            density={settings.settings.density}
            opened={opened}
            onOpened={setOpened}
            device={device}
            onDevice={(id) => (id === null ? setDevice(null) : openDevice(id))}
            onAddAccount={addAccount}
            onFailed={tellFailed}
            onExport={(query, total) => setDialog({ kind: 'export', query, total })}
          />
        </div>
      )}
      {dialog ? (
        <Dialogs open={dialog} snapshot={snapshot} settings={settings} onClose={() => setDialog(null)} />
      ) : null}
      {palette.shown}
      <LiveRegion key={words.formats.locale} snapshot={snapshot} />
    </div>
  );
}

function settingsAt(section: 'way-in' | undefined): OpenDialog {
  return section === undefined ? { kind: 'settings' } : { kind: 'settings', section: 'wayIn' };
}
