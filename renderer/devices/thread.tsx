import { Link, ListFilter, Pencil, X } from 'lucide-react';
import { type ComponentType, type RefObject, useEffect, useState } from 'react';
import type { Device } from '../../preload/contract/device.ts';
import type { DeviceId, Message } from '../../preload/contract/message.ts';
import { asDeviceLink } from '../messages/copies.ts';
import { useOfferedActions } from '../palette/offered-actions.ts';
import { useBridge } from '../parts/bridge-context.ts';
import { CopyButton, copy } from '../parts/copy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { MarkedText } from '../parts/marked-text.tsx';
import { useWords } from '../words/words-context.ts';
import { DeviceDialog } from './device-dialog.tsx';
import { addressOf, deviceTitle, isNumbered } from './device-title.ts';
import { ThreadEntries } from './thread-entries.tsx';
import { useThread } from './use-thread.ts';

/** To whom one writes in a conversation, and where. */
export interface ThreadComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly account: string;
  readonly to: DeviceId;
  /** Whether nothing came from the device yet. */
  readonly isFirst: boolean;
  /** Whether an entry says so already. */
  readonly isTold: (sentence: string) => boolean;
}

interface ThreadProps {
  readonly device: number;
  readonly revision: number;
  readonly closeButton: RefObject<HTMLButtonElement | null>;
  /** What one writes with: stands beneath the entries. */
  readonly composer: ComponentType<ThreadComposerProps>;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onMessage: (message: Message) => void;
  /** Shows the device's texts in the list, by this search. */
  readonly onSearch: (query: string) => void;
  readonly onClose: () => void;
}

/** One device: what it is called, and what was sent to it and came from it, in one order of time. */
export function DeviceThread(props: ThreadProps) {
  const { revision, closeButton, composer: Composer, field, onMessage, onSearch, onClose } = props;
  const words = useWords();
  const [watch, state] = useThread(props.device, revision);
  const [editing, setEditing] = useState(false);
  const { device, entries } = state;
  const address = device ? addressOf(device.deviceIds) : undefined;
  useMarkRead(device);
  useLinkAction(device);
  return (
    <aside className="detail thread" aria-label={words.devices.thread}>
      <header className="detail-head">
        <div>
          <h2 className={device && isNumbered(device) ? 'mono' : undefined}>
            <MarkedText text={device ? (deviceTitle(device) ?? words.devices.unknown) : '…'} />
          </h2>
        </div>
        <span className="head-buttons">
          {address ? (
            <button
              type="button"
              className="icon-button"
              aria-label={words.devices.inList}
              title={words.devices.inList}
              onClick={() => onSearch(`device:${address.id}`)}
            >
              <ListFilter size={16} aria-hidden />
            </button>
          ) : null}
          {device ? <CopyButton icon={Link} text={asDeviceLink(device.id)} label={words.devices.copyLink} /> : null}
          <button
            type="button"
            className="icon-button"
            aria-label={words.devices.edit}
            title={words.devices.edit}
            disabled={device === null}
            onClick={() => setEditing(true)}
          >
            <Pencil size={15} aria-hidden />
          </button>
          <button ref={closeButton} type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
            <X size={16} aria-hidden />
          </button>
        </span>
      </header>
      {device ? <Identity device={device} /> : null}
      {state.error ? <Failure error={state.error} /> : null}
      <ThreadEntries state={state} onOlder={watch.older} onMessage={onMessage} />
      {device?.account && address ? (
        <Composer
          field={field}
          account={device.account}
          to={address}
          isFirst={device.lastTextAt === null}
          isTold={(sentence) => entries.some((entry) => entry.kind === 'sent' && entry.sent.reason === sentence)}
        />
      ) : null}
      {device && editing ? <DeviceDialog device={device} onClose={() => setEditing(false)} /> : null}
    </aside>
  );
}

/** Offers the device's link in the palette. */
function useLinkAction(device: Device | null): void {
  const words = useWords();
  useOfferedActions(() =>
    device === null
      ? []
      : [
          {
            id: 'copy-device-link',
            title: words.devices.copyLink,
            run: async () => ((await copy(asDeviceLink(device.id))) ? words.copied : words.copyFailed),
          },
        ],
  );
}

/** What is read here is read. */
function useMarkRead(device: Device | null): void {
  const bridge = useBridge();
  const id = device?.id;
  // One that came while the others were marked: as many are unread as before, but of more.
  const unread = device && device.unread > 0 ? `${device.unread} of ${device.texts}` : null;
  useEffect(() => {
    if (id === undefined || unread === null || document.visibilityState !== 'visible') return;
    void bridge.call('devices.markRead', { device: id });
  }, [bridge, id, unread]);
}

/** Who it is: all its identifiers, those it had before, and what the person noted. */
function Identity({ device }: { device: Device }) {
  const words = useWords();
  const { deviceIds, formerIds, note, nickname, serviceName } = device;
  return (
    <div className="identity">
      <ul>
        {deviceIds.map(({ kind, id }) => (
          <li key={`${kind} ${id}`}>
            <MarkedText text={kind} /> <span className="mono">{<MarkedText text={id} />}</span>
          </li>
        ))}
        {nickname !== null && serviceName !== null ? (
          <li>
            {words.devices.serviceName} <MarkedText text={serviceName} />
          </li>
        ) : null}
        {formerIds.length > 0 ? (
          <li className="former">
            {words.devices.former} <MarkedText text={formerIds.map(({ kind, id }) => `${kind} ${id}`).join(', ')} />
          </li>
        ) : null}
      </ul>
      {note === '' ? null : (
        <p className="note">
          <MarkedText text={note} lines />
        </p>
      )}
    </div>
  );
}
