import { RefreshCw, Search } from 'lucide-react';
import { type KeyboardEvent, memo, useState } from 'react';
import type { DeviceCursor, DeviceRow } from '../../preload/contract/device.ts';
import type { Output } from '../../preload/contract/methods.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { age } from '../parts/time.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { deviceTitle, isNumbered } from './device-title.ts';
import { useDevices } from './use-devices.ts';
import { useHeldOrder } from './use-held-order.ts';
import { useRefresh } from './use-refresh.ts';

/** Devices that are shown at first, that come with each "more", and at most: beyond that one goes on to the next. */
const [firstShown, moreShown, mostShown] = [30, 100, 500];

interface DeviceRailProps {
  readonly snapshot: Snapshot;
  readonly opened: number | null;
  readonly onOpen: (device: number) => void;
}

/** The devices, the one that texted last first; they stay where they are while one is about to choose. */
export function DeviceRail({ snapshot, opened, onOpen }: DeviceRailProps) {
  const words = useWords();
  const [find, setFind] = useState('');
  const [limit, setLimit] = useState(firstShown);
  /* Where each page that was gone through ended. */
  const [gone, setGone] = useState<readonly DeviceCursor[]>([]);
  const before = gone.at(-1) ?? null;
  const answer = useDevices({ find, limit, before, revision: snapshot.inbox.revision });
  const now = useNow(30_000);
  const [refreshed, refresh] = useRefresh(snapshot.accounts.map(({ name }) => name));
  const page = answer?.page.ok ? answer.page.value : null;
  const { devices, holds } = useHeldOrder(answer);

  function look(wanted: string): void {
    setFind(wanted);
    setGone([]);
  }

  function clear(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || find === '') return;
    event.preventDefault();
    look('');
  }

  return (
    <section className="devices" aria-label={words.devices.pane}>
      <div className="devices-head">
        <h2>{words.devices.pane}</h2>
        <BusyButton
          type="button"
          className="icon-button small"
          aria-label={words.devices.refresh}
          title={words.devices.refresh}
          busy={refreshed.kind === 'asked'}
          disabled={snapshot.accounts.length === 0}
          onClick={refresh}
        >
          <RefreshCw size={14} aria-hidden />
        </BusyButton>
      </div>
      <label className="device-find">
        <Search size={12} aria-hidden />
        <input
          value={find}
          maxLength={256}
          placeholder={words.devices.find}
          aria-label={words.devices.find}
          spellCheck={false}
          onChange={(event) => look(event.target.value)}
          onKeyDown={clear}
        />
      </label>
      <div className="outcome device-outcome" aria-live="polite">
        {refreshed.kind === 'asked' ? <p>{words.devices.refreshing}</p> : null}
        {refreshed.kind === 'done' ? <p>{words.devices.refreshed(refreshed.value)}</p> : null}
        {refreshed.kind === 'failed' ? <Failure alert={false} error={refreshed.error} /> : null}
      </div>
      {answer && !answer.page.ok ? <Failure alert={false} error={answer.page.error} /> : null}
      {page?.total === 0 ? (
        <p className="hint none">{find === '' ? words.devices.none : words.devices.noneFound}</p>
      ) : null}
      {page && before ? (
        <button type="button" className="foot-button" onClick={() => setGone(gone.slice(0, -1))}>
          {words.devices.back}
        </button>
      ) : null}
      <ul {...holds}>
        {devices.map((device) => (
          <DeviceItem key={device.id} device={device} now={now} opened={device.id === opened} onOpen={onOpen} />
        ))}
      </ul>
      {page ? (
        <Further
          page={page}
          canGrow={limit < mostShown}
          onGrow={() => setLimit(Math.min(limit + moreShown, mostShown))}
          onNext={(next) => setGone([...gone, next])}
        />
      ) : null}
    </section>
  );
}

interface FurtherProps {
  readonly page: Output<'devices.page'>;
  readonly canGrow: boolean;
  readonly onGrow: () => void;
  readonly onNext: (next: DeviceCursor) => void;
}

/** What leads to the devices beneath: more of them here, or the next in place of these. */
function Further({ page: { devices, total, above, next }, canGrow, onGrow, onNext }: FurtherProps) {
  const words = useWords().devices;
  const shown = above + devices.length;
  if (next === null || shown >= total) return null;
  return (
    <button type="button" className="foot-button" onClick={() => (canGrow ? onGrow() : onNext(next))}>
      {canGrow ? words.more(shown, total) : words.next(above + 1, shown, total)}
    </button>
  );
}

interface ItemProps {
  readonly device: DeviceRow;
  readonly now: number;
  readonly opened: boolean;
  readonly onOpen: (device: number) => void;
}

const DeviceItem = memo(function DeviceItem({ device, now, opened, onOpen }: ItemProps) {
  const words = useWords();
  const { lastTextAt, unread } = device;
  return (
    <li>
      <button
        type="button"
        className="device-item"
        aria-current={opened ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
        onClick={() => onOpen(device.id)}
      >
        <span className={isNumbered(device) ? 'device-title mono' : 'device-title'}>
          <MarkedText text={deviceTitle(device) ?? words.devices.unknown} />
        </span>
        <span className="device-heard">
          {lastTextAt === null ? words.devices.neverTexted : age(lastTextAt, now, words)}
        </span>
        {unread > 0 ? (
          <span className="unread-count" title={words.devices.unread(unread)}>
            {words.formats.number(unread)}
            <span className="unseen"> {words.list.unread}</span>
          </span>
        ) : null}
      </button>
    </li>
  );
});
