import { memo } from 'react';
import type { Message } from '../../preload/contract/message.ts';
import { senderOf } from '../devices/device-title.ts';
import { MarkedText } from '../parts/marked-text.tsx';
import { rowTime } from '../parts/time.ts';
import { useWords } from '../words/words-context.ts';
import { useHits } from './hits-context.ts';

/** More of a text than fits the widest row. */
const shownCharacters = 400;

export function rowId(sequence: number): string {
  return `row-${sequence}`;
}

interface CellsProps {
  readonly message: Message;
  /** Start of today in ms: a row is drawn again when the day changes. */
  readonly today: number;
}

interface RowProps extends CellsProps {
  readonly offset: number;
  /** px below the top of the spacer */
  readonly top: number;
  readonly selected: boolean;
  readonly opened: boolean;
  readonly onOpen: (message: Message, offset: number) => void;
}

export const MessageRow = memo(function MessageRow(props: RowProps) {
  const { message, offset, selected, opened } = props;
  return (
    // The grid has the focus and hears the keys (aria-activedescendant); the row adds the pointer.
    <div
      role="row"
      id={rowId(message.sequence)}
      className="row"
      aria-rowindex={offset + 2}
      aria-selected={selected}
      data-opened={opened || undefined}
      data-unread={message.unread || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onOpen(message, offset)}
    >
      <RowCells message={message} today={props.today} />
    </div>
  );
}, sameRow);

/** A row that moves keeps its cells as they are. */
const RowCells = memo(function RowCells({ message, today }: CellsProps) {
  const words = useWords();
  const hits = useHits();
  const { title, isNamed } = senderOf(message);
  const { date, clock } = rowTime(message.receivedAt, today, words.formats);
  return (
    <>
      <span role="gridcell" className="cell-time">
        <span className="clock">{clock}</span> {date === null ? null : <span className="date">{date}</span>}
      </span>
      <span role="gridcell" className="cell-device" data-named={isNamed || undefined} title={identifiersOf(message)}>
        <MarkedText text={title ?? '—'} find={isNamed ? hits.name : hits.identifier} />
      </span>
      <span role="gridcell" className="cell-account">
        {message.account}
      </span>
      <span role="gridcell" className="cell-text">
        <MarkedText text={message.text.slice(0, shownCharacters)} find={hits.text} />
      </span>
      <RowMarks message={message} />
    </>
  );
}, sameCells);

/** All that the device is known by, for the pointer that rests on its name. */
function identifiersOf({ device, deviceIds }: Message): string | undefined {
  const ids = device?.deviceIds ?? deviceIds;
  return ids.length === 0 ? undefined : ids.map(({ kind, id }) => `${kind} ${id}`).join('\n');
}

/** What is known of a text beside its words: each a sign for the eye, all of them one name for a screen reader. */
function RowMarks({ message: { starred, lanes, unread } }: { message: Message }) {
  const { list } = useWords();
  const marks = [
    ...(starred ? [{ kind: 'starred', name: list.starred }] : []),
    ...lanes.map((lane) => ({ kind: lane, name: list.lanes[lane] })),
  ];
  const names = [...marks.map(({ name }) => name), ...(unread ? [list.unread] : [])];
  return (
    <span role="gridcell" className="cell-marks" aria-label={names.join(', ') || undefined}>
      {marks.map(({ kind, name }) => (
        <span key={kind} className={`lane ${kind}`} title={name} />
      ))}
    </span>
  );
}

/** Rows come anew with each answer: what they show decides, not which object they are. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.top === after.top &&
    before.offset === after.offset &&
    before.selected === after.selected &&
    before.opened === after.opened &&
    before.onOpen === after.onOpen &&
    sameCells(before, after)
  );
}

function sameCells({ message: before, today }: CellsProps, { message: after, today: afterToday }: CellsProps): boolean {
  return (
    today === afterToday &&
    before.id === after.id &&
    before.unread === after.unread &&
    before.starred === after.starred &&
    before.device?.nickname === after.device?.nickname &&
    before.device?.serviceName === after.device?.serviceName &&
    before.lanes.length === after.lanes.length
  );
}
