import { RefreshCw, Search } from 'lucide-react';
import { memo, useState } from 'react';
import type { DeviceRow } from '../../preload/contract/device.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { age } from '../parts/time.ts';
import { useNow } from '../parts/use-now.ts';
import { useWords } from '../words/words-context.ts';
import { deviceTitle } from './device-title.ts';
import { useDevices } from './use-devices.ts';
import { useRefresh } from './use-refresh.ts';

/** Devices that are shown at first, that come with each "more", and at most: beyond that one finds them by name. */
const [firstShown, moreShown, mostShown] = [30, 100, 500];

interface DeviceRailProps {
  readonly snapshot: Snapshot;
  readonly opened: number | null;
  readonly onOpen: (device: number) => void;
}

/** The devices, the one that texted last first. */
export function DeviceRail({ snapshot, opened, onOpen }: DeviceRailProps) {
  const words = useWords();
  const [find, setFind] = useState('');
  const [limit, setLimit] = useState(firstShown);
  const answer = useDevices(find, limit, snapshot.inbox.revision);
  const now = useNow(30_000);
  const [refreshed, refresh] = useRefresh(snapshot.accounts.map(({ name }) => name));
  const page = answer?.ok ? answer.value : null;
  const rest = page ? page.total - page.devices.length : 0;
  return (
    <section className="devices" aria-label={words.devices.pane}>
      <div className="devices-head">
        <h2>{words.devices.pane}</h2>
        <button
          type="button"
          className="icon-button small"
          aria-label={words.devices.refresh}
          title={words.devices.refresh}
          disabled={refreshed.kind === 'asked' || snapshot.accounts.length === 0}
          onClick={refresh}
        >
          <RefreshCw size={14} aria-hidden />
        </button>
      </div>
      <label className="device-find">
        <Search size={12} aria-hidden />
        <input
          value={find}
          maxLength={256}
          placeholder={words.devices.find}
          aria-label={words.devices.find}
          spellCheck={false}
          onChange={(event) => setFind(event.target.value)}
        />
      </label>
      <div className="outcome device-outcome" aria-live="polite">
        {refreshed.kind === 'asked' ? <p>{words.devices.refreshing}</p> : null}
        {refreshed.kind === 'done' ? <p>{words.devices.refreshed(refreshed.value)}</p> : null}
        {refreshed.kind === 'failed' ? <Failure alert={false} error={refreshed.error} /> : null}
      </div>
      {answer && !answer.ok ? <Failure alert={false} error={answer.error} /> : null}
      {page?.total === 0 ? (
        <p className="hint none">{find === '' ? words.devices.none : words.devices.noneFound}</p>
      ) : null}
      <ul>
        {page?.devices.map((device) => (
          <DeviceItem key={device.id} device={device} now={now} opened={device.id === opened} onOpen={onOpen} />
        ))}
      </ul>
      {page && rest > 0 ? (
        limit < mostShown ? (
          <button
            type="button"
            className="foot-button"
            onClick={() => setLimit(Math.min(limit + moreShown, mostShown))}
          >
            {words.devices.more(page.devices.length, page.total)}
          </button>
        ) : (
          <p className="hint none">{words.devices.all(page.devices.length, page.total)}</p>
        )
      ) : null}
    </section>
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
  const { nickname, serviceName, lastTextAt, unread } = device;
  const isNumber = nickname === null && serviceName === null;
  return (
    <li>
      <button
        type="button"
        className="device-item"
        aria-current={opened ? 'true' : undefined}
        data-unread={unread > 0 || undefined}
        onClick={() => onOpen(device.id)}
      >
        <span className={isNumber ? 'device-title mono' : 'device-title'}>
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
